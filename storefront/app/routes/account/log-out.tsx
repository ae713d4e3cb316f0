// Log out, by POST only: a link or a picture elsewhere must not be able to end a session.
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { answerPage } from '#app/http/answer.server.ts'
import { signOutVisitor } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { PostForm } from '#app/ui/form.tsx'

export const meta: MetaFunction = () => [{ title: 'Log out · Highstreet' }, { name: 'robots', content: 'noindex' }]

export async function loader({ context }: LoaderFunctionArgs) {
  if (!(await context.visitor()).user) throw redirect(paths.home())
  return null
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    default: async () => {
      await signOutVisitor(args.context)
      return { to: paths.home(), flash: { kind: 'good', text: 'You are logged out. See you soon.' } }
    },
  })
}

export default function LogOutPage() {
  return (
    <div className="page max-w-lg py-16 text-center">
      <h1 className="text-2xl">Log out?</h1>
      <p className="mt-2 text-muted">Your cart stays with your account.</p>
      <PostForm className="mt-6 flex flex-wrap justify-center gap-3">
        <Button>Log out</Button>
        <ButtonLink to={paths.account()} variant="secondary">
          Stay
        </ButtonLink>
      </PostForm>
    </div>
  )
}
