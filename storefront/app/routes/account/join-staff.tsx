// Accepting an invitation to work here: a new account, or the one that has the invited address. The link is the secret: it
// is not handed on to other pages' addresses nor to other sites.
import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { roleWords } from '#app/domain/identity/roles.ts'
import { joinAsNewAccount, joinWithAccount, newColleague } from '#app/domain/identity/staff/accept-invitation.server.ts'
import { findInvitation } from '#app/domain/identity/staff/invitations.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { type FormProblem, problemOf } from '#app/http/problem.ts'
import { byVisitor, requireUser } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { ErrorSummary, Field, PostForm } from '#app/ui/form.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'
import { enter } from './enter.server.ts'

export const meta: MetaFunction = () => [{ title: 'Work here · Highstreet' }, { name: 'robots', content: 'noindex' }]

const secret = { 'Referrer-Policy': 'same-origin', 'Cache-Control': 'private, no-store' }
export const headers: HeadersFunction = () => secret

const tokenIn = (request: Request) => new URL(request.url).searchParams.get('token') ?? ''

export async function loader({ request, context }: LoaderFunctionArgs) {
  const invitation = await findInvitation(tokenIn(request), new Date())
  const { user } = await context.visitor()
  const next = paths.joinStaff(tokenIn(request))
  return data(
    { invitation, isInvited: user !== null && user.email === invitation?.email, logInTo: paths.login(next) },
    { status: invitation ? 200 : 404, headers: secret },
  )
}

export async function action(args: ActionFunctionArgs) {
  const token = tokenIn(args.request)
  return answerPage(args, {
    join: async ({ values, visitor }) => {
      const input = parse(newColleague, { name: values.name, password: values.password })
      const person = await joinAsNewAccount({ ...input, token, ip: visitor.ip }, byVisitor(visitor))
      return enter(args.context, person, { next: undefined, greeting: `Welcome, ${person.name}.` })
    },
    accept: async ({ visitor }) => {
      const user = await requireUser(args)
      const person = await joinWithAccount({ token, userId: user.id }, byVisitor(visitor))
      const { bySecondFactor } = user
      return enter(args.context, person, { next: undefined, greeting: `Welcome, ${person.name}.`, bySecondFactor })
    },
  })
}

export default function JoinStaffPage() {
  const { invitation, isInvited, logInTo } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData())
  return (
    <div className="page max-w-lg py-10 sm:py-16">
      <h1 className="text-2xl">{invitation ? 'Work here' : 'This invitation is over'}</h1>
      {!invitation && (
        <p className="mt-2 text-muted">It was used, taken back or is too old. Please ask for a new one.</p>
      )}
      {invitation && (
        <>
          <p className="mt-2 mb-6 text-muted">
            You are invited as {roleWords[invitation.role].name}: {roleWords[invitation.role].does}
          </p>
          {isInvited ? (
            <PostForm problem={problem} className="card p-6 sm:p-8">
              <p className="mb-5 break-words">You are logged in as {invitation.email}.</p>
              <Button name="intent" value="accept" className="w-full">
                Accept
              </Button>
            </PostForm>
          ) : invitation.hasAccount ? (
            <div className="card p-6 sm:p-8">
              {problem && <ErrorSummary problem={problem} />}
              <p className="mb-5 break-words">{invitation.email} has an account. Log in with it, then accept.</p>
              <ButtonLink to={logInTo} className="w-full">
                Log in
              </ButtonLink>
            </div>
          ) : (
            <NewAccount invitation={invitation} problem={problem} />
          )}
        </>
      )}
      <p className="mt-6 text-center">
        <Link to={paths.home()} className="link">
          To the shop
        </Link>
      </p>
    </div>
  )
}

function NewAccount({ invitation, problem }: { invitation: { email: string; name: string }; problem?: FormProblem }) {
  return (
    <PostForm problem={problem} className="card space-y-5 p-6 sm:p-8">
      <Field
        label="Your name"
        name="name"
        autoComplete="name"
        maxLength={120}
        required
        defaultValue={invitation.name}
        problem={problem}
      />
      <Field
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="username"
        readOnly
        defaultValue={invitation.email}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="new-password"
        minLength={8}
        hint="At least 8 characters; 15 or more are better."
        problem={problem}
      />
      <Button name="intent" value="join" className="w-full">
        Create my account
      </Button>
    </PostForm>
  )
}
