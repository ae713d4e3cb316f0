// What we may tell you, and how: text messages about orders, mails about reviews, news. Mails that an order or an account
// needs are listed and always on.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { findPerson } from '#app/domain/identity/people.server.ts'
import { type OptionalKind, optionalKinds } from '#app/domain/outbox/kinds.ts'
import { findPreferences, savePreferences } from '#app/domain/outbox/preferences.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireUser } from '#app/http/session.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CheckboxField, PostForm } from '#app/ui/form.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { PageTitle } from '#app/ui/parts.tsx'

export const meta: MetaFunction = () => [{ title: 'Messages · Highstreet' }, { name: 'robots', content: 'noindex' }]

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args)
  const [person, preferences] = await Promise.all([findPerson(user.id), findPreferences(user.id)])
  return { email: user.email, phone: person?.phone ?? null, preferences }
}

export async function action(args: ActionFunctionArgs) {
  const user = await requireUser(args)
  return answerPage(args, {
    save: async ({ values, visitor }) => {
      const smsUpdates = values.sms === 'yes'
      if (smsUpdates && !(await findPerson(user.id))?.phone)
        throw new DomainError('validation_failed', 'Please check what you entered.', {
          fields: { sms: ['Add your telephone number to your details first.'] },
        })
      const mails = { reviews: values.reviews === 'yes', news: values.news === 'yes' }
      await savePreferences({ userId: user.id, smsUpdates, ...mails }, byVisitor(visitor))
      return { to: paths.accountMessages(), flash: { kind: 'good', text: 'Your wishes are saved.' } }
    },
  })
}

const kinds = Object.entries(optionalKinds) as [OptionalKind, { label: string; hint: string }][]

export default function MessagesPage() {
  const { email, phone, preferences } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  return (
    <>
      <PageTitle title="Messages" />
      <PostForm problem={problem} className="card max-w-2xl space-y-8 p-6 sm:p-8">
        <fieldset className="space-y-4">
          <legend className="mb-3 text-lg font-semibold">Text messages</legend>
          <CheckboxField
            label="Text me when a parcel leaves or an order is ready to collect"
            name="sms"
            value="yes"
            hint={phone ? `To ${phone}, between 8 and 21 o’clock. You are asked again with each order.` : undefined}
            defaultChecked={preferences.smsUpdates}
            problem={problem}
          />
          {!phone && (
            <p className="text-sm text-muted">
              We have no number of yours yet:{' '}
              <Link to={paths.account()} className="link">
                add one to your details
              </Link>
              .
            </p>
          )}
        </fieldset>
        <fieldset className="space-y-4">
          <legend className="mb-3 text-lg font-semibold">Mails to {email}</legend>
          {kinds.map(([kind, { label, hint }]) => (
            <CheckboxField
              key={kind}
              label={label}
              name={kind}
              value="yes"
              hint={hint}
              defaultChecked={preferences[kind]}
              problem={problem}
            />
          ))}
          <p className="flex gap-3 text-muted">
            <Icon name="check" className="mt-0.5 shrink-0 text-good" />
            <span>
              <span className="text-ink">Your orders and your account</span>
              <span className="block text-sm">
                Confirmations, parcels, refunds, and whatever concerns the safety of your account. Always on.
              </span>
            </span>
          </p>
        </fieldset>
        <Button name="intent" value="save">
          Save
        </Button>
      </PostForm>
    </>
  )
}
