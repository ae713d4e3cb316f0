// What the shop knows about you: take it along, or leave. Leaving needs the password, and says before what it does.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { forgetReviewer } from '#app/domain/catalog/reviews.server.ts'
import { forgetShopper } from '#app/domain/checkout/forget-shopper.server.ts'
import { deleteAccount, leaving, proveLeaving } from '#app/domain/identity/delete-account.server.ts'
import { isStaff } from '#app/domain/identity/roles.ts'
import { reviewerOf } from '#app/domain/reviews/reviewer.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireUser, signOutVisitor } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice, PageTitle } from '#app/ui/parts.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'

export const meta: MetaFunction = () => [{ title: 'Your data · Highstreet' }, { name: 'robots', content: 'noindex' }]

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args)
  return { email: user.email, worksHere: isStaff(user.role) }
}

export async function action(args: ActionFunctionArgs) {
  const user = await requireUser(args)
  return answerPage(args, {
    delete: async ({ values, visitor }) => {
      const { password } = parse(leaving, { password: values.password })
      const self = byVisitor(visitor)
      await proveLeaving({ userId: user.id, password, ip: visitor.ip })
      await forgetShopper({ userId: user.id, email: user.email }, self)
      await forgetReviewer(reviewerOf(user))
      await deleteAccount({ userId: user.id }, self)
      await signOutVisitor(args.context)
      return { to: paths.home(), flash: { kind: 'good', text: 'Your account is deleted. Farewell, and thank you.' } }
    },
  })
}

export default function PrivacyPage() {
  const { email, worksHere } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  return (
    <>
      <PageTitle title="Your data" />
      <section aria-labelledby="take" className="card max-w-2xl p-6 sm:p-8">
        <h2 id="take" className="text-xl">
          Take it along
        </h2>
        <p className="mt-2 mb-5 text-muted">
          Your details, addresses, devices, orders and reviews in one file (JSON), as the shop keeps them. Passwords are
          not kept as you typed them, so they are not in it.
        </p>
        <a
          href={paths.myData()}
          download="highstreet.json"
          className="inline-flex min-h-11 items-center gap-2 rounded-full border border-edge bg-surface px-6 py-2.5 font-semibold hover:border-ink"
        >
          <Icon name="package" />
          Download my data
        </a>
      </section>
      <section aria-labelledby="leave" className="card mt-6 max-w-2xl p-6 sm:p-8">
        <h2 id="leave" className="text-xl">
          Delete your account
        </h2>
        <ul className="my-4 list-disc space-y-1 pl-5 text-muted">
          <li>Your details, addresses, cart and log-ins are deleted at once. This cannot be undone.</li>
          <li>Past orders stay in our books without your name, address, e-mail and phone.</li>
          <li>Invoices stay as they were written: the law asks us to keep them.</li>
          <li>Reviews stay without your name; those that were not published go.</li>
          <li>Orders that are still open come first: you can delete the account when they have arrived.</li>
        </ul>
        {worksHere ? (
          <Notice kind="info">You work here. Ask an owner to end your access first.</Notice>
        ) : (
          <PostForm problem={problem} className="space-y-5">
            <input type="email" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
            <PasswordField label="Your password" name="password" autoComplete="current-password" problem={problem} />
            <Button variant="danger" name="intent" value="delete">
              Delete my account
            </Button>
          </PostForm>
        )}
      </section>
    </>
  )
}
