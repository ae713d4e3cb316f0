// Where the payment page sends the shopper: the provider is asked at once, so that the next page already says "paid".
// Whoever went back without paying comes this way too. Arriving here proves nothing; neither does the session's id in the
// address. Always answers with a redirect.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { settleOnReturn } from '#app/domain/checkout/settle-on-return.server.ts'
import { findOrderByToken, findOrderOf } from '#app/domain/orders/queries.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { paths, withQuery } from '#app/paths.ts'

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const number = params.number ?? ''
  const query = new URL(request.url).searchParams
  const token = query.get('token') ?? ''
  const visitor = await context.visitor()
  const order = await answerLoader(async () => {
    const own = visitor.user ? await findOrderOf(visitor.user.id, number) : null
    const found = own ?? (token ? await findOrderByToken(number, token) : null)
    if (!found) throw notFound('The order')
    return found
  })
  const hasGivenUp = query.get('cancelled') === '1'
  await settleOnReturn({ orderId: order.id, sessionId: query.get('session_id'), hasGivenUp }, byVisitor(visitor))
  const mine = visitor.user ? await findOrderOf(visitor.user.id, number) : null
  const thanks = hasGivenUp ? {} : { thanks: '1' }
  const toAccount = mine !== null && !(hasGivenUp && token)
  const to = toAccount ? withQuery(paths.accountOrder(number), thanks) : paths.order(number, { token, ...thanks })
  return redirect(to, { status: 303, headers: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'same-origin' } })
}
