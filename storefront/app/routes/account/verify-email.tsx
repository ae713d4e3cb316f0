// Where the link of a mail leads: one button confirms the address and logs in. Looking changes nothing, so that a mail
// scanner which opens links confirms nothing. The link's secret goes to no other page: see `headers`.
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { confirmEmail, findConfirmation } from '#app/domain/identity/by-mail/confirm-email.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { linkToken, secretLinkHeaders } from '#app/http/mailed-link.server.ts'
import { safeRedirect } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, sessionTokenOf, type Visitor } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'
import { enter, welcomeGuestOrders } from './enter.server.ts'

export const meta: MetaFunction = () => [
  { title: 'Confirm your e-mail address · Highstreet' },
  { name: 'robots', content: 'noindex' },
]
export const headers = secretLinkHeaders

const opener = ({ user, sid }: Visitor) => ({ userId: user?.id ?? null, browser: sid })

export async function loader({ request, context }: LoaderFunctionArgs) {
  const visitor = await context.visitor()
  const link = await findConfirmation(linkToken(request), opener(visitor), new Date())
  return data({ link, loggedIn: visitor.user !== null })
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    confirm: async ({ values, visitor }) => {
      const { person, what } = await confirmEmail(
        {
          ...opener(visitor),
          token: linkToken(args.request),
          password: values.password,
          ip: visitor.ip,
          sessionToken: sessionTokenOf(visitor),
        },
        byVisitor(visitor),
      )
      const greeting =
        what === 'verified'
          ? `Thank you, ${person.name}. Your address is confirmed.`
          : `${person.email} is your address now.`
      const next = new URL(args.request.url).searchParams.get('next') ?? undefined
      if (visitor.user?.id !== person.id) return enter(args.context, person, { next, greeting })
      const notices = await welcomeGuestOrders(person)
      const text = [greeting, ...notices].join(' ')
      return { to: safeRedirect(next, paths.account()), flash: { kind: 'good', text } }
    },
  })
}

export default function VerifyEmailPage() {
  const { link, loggedIn } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  if (!link) return <Over loggedIn={loggedIn} />
  return (
    <div className="page max-w-lg py-10 sm:py-16">
      <h1 className="text-2xl">Is this your address?</h1>
      <p className="mt-2 text-muted">
        {link.newEmail
          ? `From now on you will log in with ${link.newEmail}, and our mails go there.`
          : 'Confirm it, and orders that you made with it as a guest join your account.'}
      </p>
      <PostForm problem={problem} className="card mt-6 space-y-5 p-6 sm:p-8">
        {link.asksPassword && (
          <PasswordField
            label="Password of your account"
            name="password"
            autoComplete="current-password"
            hint="We ask because this is not the browser in which you wrote the address."
            problem={problem}
          />
        )}
        <Button name="intent" value="confirm" className="w-full">
          Yes, confirm my address
        </Button>
      </PostForm>
      {link.asksPassword && (
        <p className="mt-6 text-muted">
          You did not make an account with us, or you do not know its password?{' '}
          <Link to={paths.forgotPassword()} className="link">
            Choose a new password
          </Link>{' '}
          and it is yours alone, or simply close this page.
        </p>
      )}
    </div>
  )
}

function Over({ loggedIn }: { loggedIn: boolean }) {
  return (
    <div className="page max-w-lg py-10 sm:py-16">
      <h1 className="text-2xl">This link is over</h1>
      <p className="mt-2 text-muted">
        It has been used already: then your address is confirmed, and all is well. Or it is too old: then your account
        page sends you a new one.
      </p>
      <ButtonLink to={loggedIn ? paths.account() : paths.login()} className="mt-6">
        {loggedIn ? 'To your account' : 'Log in'}
      </ButtonLink>
    </div>
  )
}
