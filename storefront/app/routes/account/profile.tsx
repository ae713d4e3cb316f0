// Your details: what the shop calls you and how it reaches you. A new e-mail address counts when its mailbox has answered.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { emailChange, requestEmailChange } from '#app/domain/identity/by-mail/change-email.server.ts'
import { sendVerification } from '#app/domain/identity/by-mail/send-verification.server.ts'
import { findPerson } from '#app/domain/identity/people.server.ts'
import { profile, updateProfile } from '#app/domain/identity/profile.server.ts'
import { countHeldFor } from '#app/domain/reservations/queries.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { type FormProblem, problemOf } from '#app/http/problem.ts'
import { byVisitor, requireUser } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, PostForm } from '#app/ui/form.tsx'
import { Notice, PageTitle } from '#app/ui/parts.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'

export const meta: MetaFunction = () => [{ title: 'Your details · Highstreet' }, { name: 'robots', content: 'noindex' }]

export async function loader(args: LoaderFunctionArgs) {
  const { id, name, email, emailVerified } = await requireUser(args)
  const [person, reserved] = await Promise.all([findPerson(id), countHeldFor(id)])
  return { name, email, emailVerified, phone: person?.phone ?? null, reserved }
}

export async function action(args: ActionFunctionArgs) {
  const user = await requireUser(args)
  const to = paths.account()
  return answerPage(args, {
    save: async ({ values, visitor }) => {
      const { intent, ...typed } = values
      await updateProfile({ ...parse(profile, typed), userId: user.id }, byVisitor(visitor))
      return { to, flash: { kind: 'good', text: 'Your details are saved.' } }
    },
    email: async ({ values, visitor }) => {
      const input = parse(emailChange, { newEmail: values.newEmail, password: values.password })
      await requestEmailChange({ ...input, userId: user.id, ip: visitor.ip }, byVisitor(visitor))
      const text = `A mail is on its way to ${input.newEmail}. Open its link, and the new address counts.`
      return { to, flash: { kind: 'good', text } }
    },
    verify: async ({ visitor }) => {
      await sendVerification({ userId: user.id }, byVisitor(visitor))
      return { to, flash: { kind: 'good', text: `A mail is on its way to ${user.email}.` } }
    },
  })
}

export default function ProfilePage() {
  const person = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer, 'save')
  return (
    <>
      <PageTitle title="Your details" />
      {person.reserved > 0 && (
        <Notice>
          {person.reserved === 1 ? 'One thing is' : `${person.reserved} things are`} kept for you in a store.{' '}
          <Link to={`${paths.accountOrders()}#reservations`} className="link">
            What you reserved
          </Link>
        </Notice>
      )}
      {!person.emailVerified && <Unconfirmed email={person.email} problem={problemOf(answer, 'verify')} />}
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
        <Button name="intent" value="save">
          Save
        </Button>
      </PostForm>
      <EmailForm email={person.email} problem={problemOf(answer, 'email')} />
    </>
  )
}

function Unconfirmed({ email, problem }: { email: string; problem?: FormProblem }) {
  return (
    <div className="mb-6 max-w-2xl">
      <Notice kind="warn">
        <p>
          <strong>Please confirm your e-mail address.</strong> We have sent a link to {email}. Then orders that you made
          as a guest join your account.
        </p>
        <PostForm problem={problem} className="mt-3">
          <Button variant="secondary" name="intent" value="verify">
            Send the mail again
          </Button>
        </PostForm>
      </Notice>
    </div>
  )
}

function EmailForm({ email, problem }: { email: string; problem?: FormProblem }) {
  return (
    <section aria-labelledby="email" className="card mt-6 max-w-2xl p-6 sm:p-8">
      <h2 id="email" className="text-xl">
        E-mail address
      </h2>
      <p className="mt-2 mb-5">
        <strong className="break-words">{email}</strong>
        <span className="block text-muted">You log in with it, and your order mails go there.</span>
      </p>
      <details open={problem !== undefined}>
        <summary className="link inline-flex min-h-11 items-center">Change it</summary>
        <PostForm problem={problem} className="mt-3 space-y-5">
          <Field
            label="New e-mail address"
            name="newEmail"
            type="email"
            inputMode="email"
            autoComplete="email"
            maxLength={254}
            required
            hint="We send a link there. Until you open it, nothing changes."
            problem={problem}
          />
          <PasswordField label="Your password" name="password" autoComplete="current-password" problem={problem} />
          <Button name="intent" value="email">
            Send the link
          </Button>
        </PostForm>
      </details>
    </section>
  )
}
