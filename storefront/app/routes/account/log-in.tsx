// Log in. Whether an address has an account is never told, by words nor by time.
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { demoLogins, demoTeam } from '#app/domain/identity/demo-accounts.server.ts'
import { isProduction } from '#app/env.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { authenticate } from '#app/http/authenticator.server.ts'
import { safeRedirect } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, PostForm } from '#app/ui/form.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'
import { enter } from './enter.server.ts'

export const meta: MetaFunction = () => [{ title: 'Log in · Highstreet' }, { name: 'robots', content: 'noindex' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const next = safeRedirect(new URL(request.url).searchParams.get('next'), '')
  if ((await context.visitor()).user) throw redirect(next || paths.account())
  return { next, demoLogins: isProduction() ? [] : demoLogins, demoTeam: isProduction() ? [] : demoTeam }
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    default: async (post) => {
      const person = await authenticate(post)
      return enter(args.context, person, { next: post.values.next, greeting: `Welcome back, ${person.name}.` })
    },
  })
}

export default function LogInPage() {
  const { next, demoLogins, demoTeam } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  return (
    <div className="page max-w-lg py-10 sm:py-16">
      <h1 className="text-2xl">Log in</h1>
      <p className="mt-2 text-muted">Your orders, addresses and cart are waiting for you.</p>
      <PostForm problem={problem} className="card mt-6 space-y-5 p-6 sm:p-8">
        <input type="hidden" name="next" value={next} />
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
        <PasswordField label="Password" name="password" autoComplete="current-password" problem={problem} />
        <Button className="w-full">Log in</Button>
        <p className="text-center text-sm">
          <Link to={paths.forgotPassword()} className="link inline-flex min-h-6 items-center">
            Forgot your password?
          </Link>
        </p>
      </PostForm>
      <p className="mt-6 text-center text-muted">
        New here?{' '}
        <Link to={paths.signup(next || undefined)} className="link">
          Create an account
        </Link>
      </p>
      <p className="mt-3 text-center text-muted">
        Bought without an account?{' '}
        <Link to={paths.orderLookup()} className="link">
          Find your order
        </Link>
      </p>
      {demoLogins.length > 0 && <DemoLogins logins={demoLogins} team={demoTeam} />}
    </div>
  )
}

type Login = { who: string; email: string; password: string }

function DemoLogins({ logins, team }: { logins: Login[]; team: Login[] }) {
  return (
    <aside aria-label="Demo logins" className="mt-10 rounded-card bg-sunk p-5 text-sm">
      <p className="flex items-center gap-2 font-semibold">
        <Icon name="info" size={16} />
        This shop runs on your machine. You can log in as
      </p>
      <LoginList logins={logins} />
      <details className="mt-2">
        <summary className="inline-flex min-h-9 cursor-pointer items-center text-muted hover:text-ink">
          One of each other role
        </summary>
        <LoginList logins={team} />
      </details>
    </aside>
  )
}

const LoginList = ({ logins }: { logins: Login[] }) => (
  <dl className="mt-3 grid gap-x-4 gap-y-2 sm:grid-cols-[auto_1fr]">
    {logins.map(({ who, email, password }) => (
      <div key={email} className="sm:contents">
        <dt className="text-muted">{who}</dt>
        <dd>
          <code>{email}</code> <span className="text-muted">with</span> <code>{password}</code>
        </dd>
      </div>
    ))}
  </dl>
)
