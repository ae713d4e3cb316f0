// The order behind its secret link, for guests and from mails: whoever has the token may see it, nobody else learns that
// it exists. The token must not travel to other sites: same-origin referrers only.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { getAfterSale } from '#app/domain/checkout/after-sale.server.ts'
import { isLive } from '#app/domain/orders/order-status.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { OrderPage } from '#app/ui/order-page.tsx'
import { answerOrderPage } from './order-answers.server.ts'
import { findOrderOfPage, privateHeaders, requireOrderOfPage, tokenOf } from './whose-order.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded ? `Order ${loaded.order.number}` : 'Order'} · Highstreet` },
  { name: 'robots', content: 'noindex' },
]

export const headers = ({ loaderHeaders }: { loaderHeaders: Headers }) => loaderHeaders

export async function loader(args: LoaderFunctionArgs) {
  const order = await answerLoader(() => requireOrderOfPage(args))
  const afterSale = await answerLoader(() => getAfterSale(order, new Date()))
  const thanks = new URL(args.request.url).searchParams.has('thanks')
  const { user } = await args.context.visitor()
  const headers: Record<string, string> = { ...privateHeaders }
  // Back from paying before the bank has told us: look again by itself, also without scripts.
  if (thanks && isLive(order.status) && order.paymentMethod === 'card') headers.Refresh = '5'
  return data({ order, afterSale, thanks, isGuest: user === null }, { headers })
}

export async function action(args: ActionFunctionArgs) {
  return answerOrderPage(args, paths.order(args.params.number ?? '', { token: tokenOf(args) }), () =>
    findOrderOfPage(args),
  )
}

export default function GuestOrderPage() {
  const { order, afterSale, thanks, isGuest } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData())
  return (
    <div className="page py-8 lg:py-12">
      <OrderPage order={order} afterSale={afterSale} token={order.token} problem={problem} thanks={thanks} />
      {isGuest && (
        <p className="mt-10 border-t border-line pt-6 text-sm text-muted">
          Keep the link to this page (it is also in our mail): it is the key to your order.{' '}
          <Link to={paths.signup()} className="link">
            Make an account
          </Link>{' '}
          to keep later orders in one place.
        </p>
      )}
    </div>
  )
}
