// The new password for a forgotten one, behind the mailed link. Looking changes nothing; the link is good once. Nobody is
// logged in by it: log-in (with its second step for those who have one) comes after.
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { isResetLink, passwordReset, resetPassword } from '#app/domain/identity/by-mail/reset-password.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { linkToken, secretLinkHeaders } from '#app/http/mailed-link.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, signOutVisitor } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'

export const meta: MetaFunction = () => [
  { title: 'Choose a new password · Highstreet' },
  { name: 'robots', content: 'noindex' },
]
export const headers = secretLinkHeaders

export async function loader({ request }: LoaderFunctionArgs) {
  return data({ good: await isResetLink(linkToken(request), new Date()) })
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    reset: async ({ values, visitor }) => {
      const { newPassword } = parse(passwordReset, { newPassword: values.newPassword })
      await resetPassword({ token: linkToken(args.request), newPassword, ip: visitor.ip }, byVisitor(visitor))
      if (visitor.user) await signOutVisitor(args.context)
      const text = 'Your new password is set, and you are logged out everywhere. Log in with it.'
      return { to: paths.login(), flash: { kind: 'good', text } }
    },
  })
}

export default function ResetPasswordPage() {
  const { good } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  return (
    <div className="page max-w-lg py-10 sm:py-16">
      <h1 className="text-2xl">{good ? 'Choose a new password' : 'This link is over'}</h1>
      {good ? (
        <PostForm problem={problem} className="card mt-6 space-y-5 p-6 sm:p-8">
          <PasswordField
            label="New password"
            name="newPassword"
            autoComplete="new-password"
            minLength={8}
            hint="At least 8 characters. Three or four words in a row are easy to remember and hard to guess. You will be logged out everywhere."
            problem={problem}
          />
          <Button name="intent" value="reset" className="w-full">
            Set new password
          </Button>
        </PostForm>
      ) : (
        <>
          <p className="mt-2 text-muted">It has been used already, or it is older than half an hour.</p>
          <ButtonLink to={paths.forgotPassword()} className="mt-6">
            Send me a new link
          </ButtonLink>
        </>
      )}
    </div>
  )
}
