// Two-step log-in: set it up with an app, get recovery codes, turn it off. Works without JavaScript; the secret is shown
// while it is being set up and never again.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { describeSecondFactor } from '#app/domain/identity/second-factor/factor.server.ts'
import { drawQr } from '#app/domain/identity/second-factor/qr.server.ts'
import { isRequiredOf } from '#app/domain/identity/second-factor/required.server.ts'
import {
  beginSecondFactor,
  confirmation,
  confirmSecondFactor,
  findPendingFactor,
} from '#app/domain/identity/second-factor/set-up.server.ts'
import { proof, renewRecoveryCodes, turnOffSecondFactor } from '#app/domain/identity/second-factor/turn-off.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireUser, signInVisitor } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Notice, PageTitle, StatusBadge } from '#app/ui/parts.tsx'
import { BeginSecondFactor, ConfirmSecondFactor, ManageSecondFactor, RecoveryCodes } from '#app/ui/second-factor.tsx'

export const meta: MetaFunction = () => [
  { title: 'Two-step log-in · Highstreet' },
  { name: 'robots', content: 'noindex' },
]

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args)
  const [state, pending] = await Promise.all([describeSecondFactor(user.id), findPendingFactor(user)])
  const picture = pending && (await drawQr(pending.uri))
  return { ...state, isRequired: isRequiredOf(user.role), pending: pending && { ...pending, picture } }
}

export async function action(args: ActionFunctionArgs) {
  const user = await requireUser(args)
  const to = paths.twoFactor()
  return answerPage(args, {
    begin: async ({ visitor }) => {
      await beginSecondFactor(user.id, byVisitor(visitor))
      return { to }
    },
    confirm: async ({ values, visitor }) => {
      const input = parse(confirmation, { code: values.code, password: values.password })
      const codes = await confirmSecondFactor({ ...input, userId: user.id, ip: visitor.ip }, byVisitor(visitor))
      await signInVisitor(args.context, user.id, { bySecondFactor: true })
      return { show: { codes } }
    },
    renew: async ({ values, visitor }) => {
      const input = parse(proof, { code: values.code, password: values.password })
      const codes = await renewRecoveryCodes({ ...input, userId: user.id, ip: visitor.ip }, byVisitor(visitor))
      return { show: { codes } }
    },
    off: async ({ values, visitor }) => {
      const input = parse(proof, { code: values.code, password: values.password })
      const who = { userId: user.id, role: user.role, ip: visitor.ip }
      await turnOffSecondFactor({ ...input, ...who }, byVisitor(visitor))
      return { to, flash: { kind: 'good', text: 'Two-step log-in is off.' } }
    },
  })
}

export default function TwoFactorPage() {
  const { since, recoveryCodesLeft, isRequired, pending } = useLoaderData<typeof loader>()
  const answer = useActionData()
  const problem = problemOf(answer)
  const codes = recoveryCodesIn(answer)
  return (
    <>
      <PageTitle title="Two-step log-in">
        <StatusBadge tone={since ? 'good' : 'info'}>{since ? 'On' : 'Off'}</StatusBadge>
      </PageTitle>
      <div className="grid max-w-2xl gap-6">
        {codes && <RecoveryCodes codes={codes} />}
        {isRequired && !since && (
          <Notice kind="warn">This shop asks everybody who works here for it: the admin pages open after this.</Notice>
        )}
        {since ? (
          <ManageSecondFactor since={since} left={recoveryCodesLeft} isRequired={isRequired} problem={problem} />
        ) : pending ? (
          <ConfirmSecondFactor pending={pending} problem={problem} />
        ) : (
          <BeginSecondFactor problem={problem} />
        )}
        <p>
          <Link to={paths.security()} className="link">
            Password and devices
          </Link>
        </p>
      </div>
    </>
  )
}

/** Codes that were just made: the only time that they are there to be shown. */
const recoveryCodesIn = (answer: unknown): string[] | null =>
  typeof answer === 'object' && answer !== null && 'codes' in answer ? (answer.codes as string[]) : null
