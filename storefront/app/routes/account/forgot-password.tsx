// Forgot the password: a link goes to the account's address. Whether the address has an account is never told.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { requestReset, resetRequest } from '#app/domain/identity/by-mail/reset-password.server.ts'
import { env } from '#app/env.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Field, PostForm } from '#app/ui/form.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { LocalInbox } from '#app/ui/local-inbox.tsx'

export const meta: MetaFunction = () => [
  { title: 'Forgot your password · Highstreet' },
  { name: 'robots', content: 'noindex' },
]

export async function loader({ request }: LoaderFunctionArgs) {
  return { sent: new URL(request.url).searchParams.has('sent'), inbox: env().INBOX_URL ?? null }
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    default: async ({ values, visitor }) => {
      const { intent, ...typed } = values
      const { email } = parse(resetRequest, typed)
      await requestReset({ email, ip: visitor.ip }, byVisitor(visitor))
      return { to: paths.forgotPassword({ sent: 'yes' }) }
    },
  })
}

export default function ForgotPasswordPage() {
  const { sent, inbox } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  if (sent && !problem) return <Sent inbox={inbox} />
  return (
    <div className="page max-w-lg py-10 sm:py-16">
      <h1 className="text-2xl">Forgot your password?</h1>
      <p className="mt-2 text-muted">Tell us your e-mail address. We send you a link to choose a new one.</p>
      <PostForm problem={problem} className="card mt-6 space-y-5 p-6 sm:p-8">
        <Field
          label="E-mail address"
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          maxLength={254}
          required
          problem={problem}
        />
        <Button className="w-full">Send me the link</Button>
      </PostForm>
      <p className="mt-6 text-center text-muted">
        It came back to you?{' '}
        <Link to={paths.login()} className="link">
          Log in
        </Link>
      </p>
    </div>
  )
}

function Sent({ inbox }: { inbox: string | null }) {
  return (
    <div className="page max-w-lg py-10 sm:py-16">
      <Icon name="mail" size={40} className="text-accent" />
      <h1 className="mt-4 text-2xl">Look into your mail</h1>
      <p className="mt-4">
        If there is an account with that address, a link to choose a new password is on its way. It is good for half an
        hour, once.
      </p>
      <p className="mt-3 text-muted">
        Nothing there after a minute? Look among the spam, or try the address of another of your mailboxes. We send at
        most three such mails an hour.
      </p>
      <div className="mt-6 flex flex-wrap gap-3">
        <ButtonLink to={paths.forgotPassword()} variant="secondary">
          Try another address
        </ButtonLink>
      </div>
      <LocalInbox url={inbox} />
    </div>
  )
}
