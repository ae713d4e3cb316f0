// Sign up: an account in three fields. Whether the address has an account is never told: the answer is the same page, and
// the mail knows. What is in the guest's cart stays there and comes along when the mail's link is opened.
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { register, registration } from '#app/domain/identity/register.server.ts'
import { env } from '#app/env.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse, safeRedirect } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Field, PostForm } from '#app/ui/form.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { LocalInbox } from '#app/ui/local-inbox.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'

export const meta: MetaFunction = () => [
  { title: 'Create an account · Highstreet' },
  { name: 'robots', content: 'noindex' },
]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const next = safeRedirect(searchParams.get('next'), '')
  if ((await context.visitor()).user) throw redirect(next || paths.account())
  return { next, sent: searchParams.has('sent'), inbox: env().INBOX_URL ?? null }
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    default: async ({ values, visitor }) => {
      const { next: wanted, intent, ...typed } = values
      const next = safeRedirect(wanted, '')
      const input = parse(registration, typed)
      await register({ ...input, ip: visitor.ip, browser: visitor.sid, next }, byVisitor(visitor))
      const flash = { kind: 'good' as const, text: `A mail is on its way to ${input.email}.` }
      return { to: paths.signupSent(next || undefined), flash }
    },
  })
}

export default function SignUpPage() {
  const { next, sent, inbox } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  if (sent && !problem) return <Sent next={next} inbox={inbox} />
  return (
    <div className="page max-w-lg py-10 sm:py-16">
      <h1 className="text-2xl">Create an account</h1>
      <p className="mt-2 text-muted">Check out faster, follow your orders, keep your addresses.</p>
      <PostForm problem={problem} className="card mt-6 space-y-5 p-6 sm:p-8">
        <input type="hidden" name="next" value={next} />
        <Field label="Your name" name="name" autoComplete="name" maxLength={120} required problem={problem} />
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
        <PasswordField
          label="Password"
          name="password"
          autoComplete="new-password"
          minLength={8}
          hint="At least 8 characters. Three or four words in a row are easy to remember and hard to guess."
          problem={problem}
        />
        <Button className="w-full">Create account</Button>
      </PostForm>
      <p className="mt-6 text-center text-muted">
        You have an account?{' '}
        <Link to={paths.login(next || undefined)} className="link">
          Log in
        </Link>
      </p>
    </div>
  )
}

function Sent({ next, inbox }: { next: string; inbox: string | null }) {
  return (
    <div className="page max-w-lg py-10 sm:py-16">
      <Icon name="mail" size={40} className="text-accent" />
      <h1 className="mt-4 text-2xl">Look into your mail</h1>
      <p className="mt-4">
        We have sent you a mail. Open its link in this browser and you are logged in; what is in your cart stays there.
      </p>
      <p className="mt-3 text-muted">
        Nothing there after a minute? Look among the spam, or check that the address had no slip. If you had an account
        with us already, the mail tells you how to get in.
      </p>
      <div className="mt-6 flex flex-wrap gap-3">
        <ButtonLink to={next || paths.home()}>Go on as a guest</ButtonLink>
        <ButtonLink to={paths.login(next || undefined)} variant="secondary">
          Log in
        </ButtonLink>
        <ButtonLink to={paths.signup(next || undefined)} variant="quiet">
          Another address
        </ButtonLink>
      </div>
      <LocalInbox url={inbox} />
    </div>
  )
}
