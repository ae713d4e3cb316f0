// The second step of logging in: a code of the app, or a recovery code. Nothing is open before it is right.
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findPerson } from '#app/domain/identity/people.server.ts'
import { typedCode } from '#app/domain/identity/second-factor/codes.ts'
import { proveSecondFactor } from '#app/domain/identity/second-factor/factor.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse, safeRedirect } from '#app/http/parse.server.ts'
import { clearPendingLogIn, findPendingLogIn } from '#app/http/pending-log-in.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, PostForm } from '#app/ui/form.tsx'
import { enter } from './enter.server.ts'

export const meta: MetaFunction = () => [{ title: 'Your code · Highstreet' }, { name: 'robots', content: 'noindex' }]

const entry = z.strictObject({ code: typedCode })

export async function loader({ request, context }: LoaderFunctionArgs) {
  const next = safeRedirect(new URL(request.url).searchParams.get('next'), '')
  if ((await context.visitor()).user) throw redirect(next || paths.account())
  if (!findPendingLogIn(request)) throw redirect(paths.login(next || undefined))
  return { next }
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    default: async ({ values, visitor }) => {
      const pending = findPendingLogIn(args.request)
      const startAgain = {
        to: paths.login(safeRedirect(values.next, '') || undefined),
        flash: {
          kind: 'warn' as const,
          text: 'Please log in again: the code was asked for some time ago.',
        },
      }
      if (!pending) return startAgain
      const { userId, passwordMark } = pending
      const { code } = parse(entry, { code: values.code })
      const how = await proveSecondFactor({ userId, code, ip: visitor.ip }, byVisitor(visitor))
      // Null: disabled, or given a new password, since the old one was asked.
      const person = await findPerson(userId, { passwordMark })
      clearPendingLogIn(args)
      if (!person) return startAgain
      const spent = how === 'recovery' ? ' That recovery code is used up now.' : ''
      const greeting = `Welcome back, ${person.name}.${spent}`
      return enter(args.context, person, { next: values.next, greeting, bySecondFactor: true })
    },
  })
}

export default function LogInCodePage() {
  const { next } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  return (
    <div className="page max-w-lg py-10 sm:py-16">
      <h1 className="text-2xl">Your code</h1>
      <p className="mt-2 text-muted">The password was right. Now the six digits that your authenticator app shows.</p>
      <PostForm problem={problem} className="card mt-6 space-y-5 p-6 sm:p-8">
        <input type="hidden" name="next" value={next} />
        <Field
          label="Code"
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          required
          hint="No phone at hand? One of your recovery codes does too, once."
          problem={problem}
        />
        <Button className="w-full">Log in</Button>
      </PostForm>
      <p className="mt-6 text-center text-muted">
        Not you?{' '}
        <Link to={paths.login(next || undefined)} className="link">
          Start again
        </Link>
      </p>
    </div>
  )
}
