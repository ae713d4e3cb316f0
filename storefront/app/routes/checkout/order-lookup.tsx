// Finding an order without an account: its number and the e-mail address it was placed with lead to its secret link. What
// was wrong is never said, and how often one may ask is limited by network and by number.
import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData } from '@remix-run/react'
import { z } from 'zod'
import { emailAddress } from '#app/domain/identity/email.ts'
import { limitByAccount, limitByNetwork } from '#app/domain/identity/rate-limit.server.ts'
import { lookUpOrder, orderNumberInput } from '#app/domain/orders/look-up.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, PostForm } from '#app/ui/form.tsx'
import { PageTitle } from '#app/ui/parts.tsx'

export const meta: MetaFunction = () => [
  { title: 'Find your order · Highstreet' },
  { name: 'robots', content: 'noindex' },
]

/** The answer leads to a secret address, which must not travel on. */
// Not no-referrer: browsers would then post the form with `Origin: null`, which we refuse.
export const headers = () => ({ 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'strict-origin' })

const form = z.object({ number: orderNumberInput, email: emailAddress })

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    find: async ({ values, visitor }) => {
      const wanted = parse(form, values)
      await limitByNetwork('order_lookup', visitor.ip)
      await limitByAccount('order_lookup', wanted.number)
      const { number, token } = await lookUpOrder(wanted)
      return { to: paths.order(number, { token }) }
    },
  })
}

export default function OrderLookupPage() {
  const problem = problemOf(useActionData())
  return (
    <div className="page max-w-xl py-8 lg:py-12">
      <PageTitle title="Find your order" />
      <p className="mb-6 text-muted">
        The number stands in each of our mails, and so does a link that opens the order at once. With an account you
        find it in{' '}
        <Link to={paths.accountOrders()} className="link">
          your orders
        </Link>
        .
      </p>
      <PostForm problem={problem} className="card grid gap-5 p-6">
        <Field
          label="Order number"
          name="number"
          required
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="HS-7KQ4-M2XD"
          problem={problem}
        />
        <Field label="E-mail" name="email" type="email" required autoComplete="email" problem={problem} />
        <div>
          <Button name="intent" value="find">
            Show my order
          </Button>
        </div>
      </PostForm>
    </div>
  )
}
