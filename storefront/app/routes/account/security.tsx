// Password and devices: change the one, end the others.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { changePassword, passwordChange } from '#app/domain/identity/change-password.server.ts'
import { endListedSession, endOtherSessions, listSessions } from '#app/domain/identity/sessions.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireUser, sessionTokenOf, signInVisitor } from '#app/http/session.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { ErrorSummary, PostForm } from '#app/ui/form.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { When } from '#app/ui/money.tsx'
import { PageTitle, StatusBadge } from '#app/ui/parts.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'

export const meta: MetaFunction = () => [
  { title: 'Password and devices · Highstreet' },
  { name: 'robots', content: 'noindex' },
]

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args)
  const token = sessionTokenOf(await args.context.visitor())
  const devices = await listSessions(user.id, token ?? '', new Date())
  return {
    email: user.email,
    devices: devices.map(({ userAgent, network, ...device }) => ({
      ...device,
      name: deviceName(userAgent),
      network: networkName(network),
    })),
  }
}

export async function action(args: ActionFunctionArgs) {
  const user = await requireUser(args)
  const to = paths.security()
  return answerPage(args, {
    password: async ({ values, visitor }) => {
      const { currentPassword, newPassword } = values
      const input = parse(passwordChange, { currentPassword, newPassword })
      await changePassword({ ...input, userId: user.id, ip: visitor.ip }, byVisitor(visitor))
      await signInVisitor(args.context, user.id)
      return { to, flash: { kind: 'good', text: 'Your password is changed. You are logged out everywhere else.' } }
    },
    end: async ({ values }) => {
      if (!(await endListedSession(user.id, values.id ?? ''))) throw notFound('This device')
      return { to, flash: { kind: 'good', text: 'That device is logged out.' } }
    },
    'end-others': async ({ visitor }) => {
      await endOtherSessions(user.id, sessionTokenOf(visitor))
      return { to, flash: { kind: 'good', text: 'You are logged out everywhere else.' } }
    },
  })
}

/** `Firefox on Linux` out of what a browser says about itself. */
function deviceName(userAgent: string | null): string {
  const find = (known: [RegExp, string][]) => known.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1]
  const browser = find([
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ])
  const system = find([
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS/, 'macOS'],
    [/Linux/, 'Linux'],
  ])
  return browser && system ? `${browser} on ${system}` : (browser ?? system ?? 'A browser')
}

/** `203.0.113.x` for `203.0.113.0/24`; nothing for this machine itself. */
const networkName = (network: string | null): string | null =>
  network && !/^(::|127\.|unknown)/.test(network) ? network.replace(/\.0\/24$/, '.x').replace(/::\/48$/, ':…') : null

export default function SecurityPage() {
  const { email, devices } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer, 'password')
  const otherProblem = problem ? undefined : problemOf(answer)
  return (
    <>
      <PageTitle title="Password and devices" />
      {otherProblem && <ErrorSummary problem={otherProblem} />}
      <section aria-labelledby="password" className="card max-w-2xl p-6 sm:p-8">
        <h2 id="password" className="mb-5 text-xl">
          Change your password
        </h2>
        <PostForm problem={problem} className="space-y-5">
          {/* tells password managers whose password this is */}
          <input type="email" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
          <PasswordField
            label="Current password"
            name="currentPassword"
            autoComplete="current-password"
            problem={problem}
          />
          <PasswordField
            label="New password"
            name="newPassword"
            autoComplete="new-password"
            minLength={8}
            hint="At least 8 characters. You will be logged out on your other devices."
            problem={problem}
          />
          <Button name="intent" value="password">
            Change password
          </Button>
        </PostForm>
      </section>
      <p className="mt-6 max-w-2xl">
        <Link to={paths.twoFactor()} className="link inline-flex min-h-11 items-center gap-2">
          <Icon name="lock" size={18} /> Two-step log-in: a code from your phone beside the password
        </Link>
      </p>
      <section aria-labelledby="devices" className="card mt-6 max-w-2xl p-6 sm:p-8">
        <h2 id="devices" className="text-xl">
          Where you are logged in
        </h2>
        <ul className="my-5 divide-y divide-line border-y border-line">
          {devices.map((device) => (
            <li key={device.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
              <div className="mr-auto">
                <p className="font-medium">
                  {device.name} {device.current && <StatusBadge tone="good">This device</StatusBadge>}
                </p>
                <p className="text-sm text-muted">
                  Last used <When date={device.lastSeenAt} time />
                  {device.network && ` · from ${device.network}`}
                </p>
              </div>
              {!device.current && (
                <PostForm>
                  <input type="hidden" name="id" value={device.id} />
                  <Button variant="secondary" name="intent" value="end">
                    Log out<span className="sr-only"> {device.name}</span>
                  </Button>
                </PostForm>
              )}
            </li>
          ))}
        </ul>
        {devices.length > 1 && (
          <PostForm>
            <Button variant="danger" name="intent" value="end-others">
              Log out everywhere else
            </Button>
          </PostForm>
        )}
      </section>
    </>
  )
}
