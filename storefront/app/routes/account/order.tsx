// One order of the signed-in shopper. Somebody else's is not there.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { getAfterSale } from '#app/domain/checkout/after-sale.server.ts'
import { isLive } from '#app/domain/orders/order-status.ts'
import { findOrderOf } from '#app/domain/orders/queries.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { requireUser } from '#app/http/session.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { answerOrderPage } from '#app/routes/checkout/order-answers.server.ts'
import { OrderPage } from '#app/ui/order-page.tsx'
import { Breadcrumb } from '#app/ui/parts.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded ? `Order ${loaded.order.number}` : 'Order'} · Highstreet` },
  { name: 'robots', content: 'noindex' },
]

export const headers = ({ loaderHeaders }: { loaderHeaders: Headers }) => loaderHeaders

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args)
  const order = await answerLoader(async () => {
    const found = await findOrderOf(user.id, args.params.number ?? '')
    if (!found) throw notFound('The order')
    return found
  })
  const afterSale = await answerLoader(() => getAfterSale(order, new Date()))
  const thanks = new URL(args.request.url).searchParams.has('thanks')
  const headers: Record<string, string> = { 'Cache-Control': 'private, no-store' }
  if (thanks && isLive(order.status) && order.paymentMethod === 'card') headers.Refresh = '5'
  return data({ order, afterSale, thanks }, { headers })
}

export async function action(args: ActionFunctionArgs) {
  const user = await requireUser(args)
  const number = args.params.number ?? ''
  return answerOrderPage(args, paths.accountOrder(number), () => findOrderOf(user.id, number))
}

export default function AccountOrderPage() {
  const { order, afterSale, thanks } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData())
  return (
    <>
      <Breadcrumb items={[{ name: 'Orders', to: paths.accountOrders() }, { name: order.number }]} />
      <OrderPage order={order} afterSale={afterSale} problem={problem} thanks={thanks} />
    </>
  )
}
