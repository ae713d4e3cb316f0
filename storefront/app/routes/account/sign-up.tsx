// Sign up: an account in three fields. What is in the guest's cart comes along.
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { register, registration } from '#app/domain/identity/register.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse, safeRedirect } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, PostForm } from '#app/ui/form.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'
import { enter } from './enter.server.ts'

export const meta: MetaFunction = () => [
  { title: 'Create an account · Highstreet' },
  { name: 'robots', content: 'noindex' },
]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const next = safeRedirect(new URL(request.url).searchParams.get('next'), '')
  if ((await context.visitor()).user) throw redirect(next || paths.account())
  return { next }
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    default: async ({ values, visitor }) => {
      const { next, intent, ...typed } = values
      const person = await register({ ...parse(registration, typed), ip: visitor.ip }, byVisitor(visitor))
      return enter(args.context, person, { next, greeting: `Welcome, ${person.name}. Your account is ready.` })
    },
  })
}

export default function SignUpPage() {
  const { next } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
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
