// Your details: what the shop calls you and how it reaches you.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { findPerson } from '#app/domain/identity/people.server.ts'
import { profile, updateProfile } from '#app/domain/identity/profile.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireUser } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, PostForm } from '#app/ui/form.tsx'
import { PageTitle } from '#app/ui/parts.tsx'

export const meta: MetaFunction = () => [{ title: 'Your details · Highstreet' }, { name: 'robots', content: 'noindex' }]

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args)
  const person = await findPerson(user.id)
  return { name: user.name, email: user.email, phone: person?.phone ?? null }
}

export async function action(args: ActionFunctionArgs) {
  const user = await requireUser(args)
  return answerPage(args, {
    save: async ({ values, visitor }) => {
      const { intent, ...typed } = values
      await updateProfile({ ...parse(profile, typed), userId: user.id }, byVisitor(visitor))
      return { to: paths.account(), flash: { kind: 'good', text: 'Your details are saved.' } }
    },
  })
}

export default function ProfilePage() {
  const person = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  return (
    <>
      <PageTitle title="Your details" />
      <PostForm problem={problem} className="card max-w-2xl space-y-5 p-6 sm:p-8">
        <Field
          label="Your name"
          name="name"
          autoComplete="name"
          maxLength={120}
          required
          defaultValue={person.name}
          problem={problem}
        />
        <Field
          label="Phone"
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          maxLength={40}
          optional
          hint="Only for questions about a delivery."
          defaultValue={person.phone ?? ''}
          problem={problem}
        />
        <div>
          <p className="text-sm font-semibold">E-mail address</p>
          <p className="mt-1.5">{person.email}</p>
          <p className="mt-1.5 text-sm text-muted">You log in with it, and your order mails go there.</p>
        </div>
        <Button name="intent" value="save">
          Save
        </Button>
      </PostForm>
    </>
  )
}
