// The arithmetic of an order as a file, for whoever may see the order: by its secret link, or its signed-in owner.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { documentOf } from '#app/domain/cart/explain/document.ts'
import { findOrderByToken, findOrderOf } from '#app/domain/orders/queries.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { answerDownload } from '#app/http/download.server.ts'
import { notFound } from '#app/lib/errors.ts'

export async function loader({ request, context, params: { number = '' } }: LoaderFunctionArgs) {
  const order = await answerLoader(async () => {
    const token = new URL(request.url).searchParams.get('token')
    const { user } = await context.visitor()
    const byToken = token ? await findOrderByToken(number, token) : null
    const found = byToken ?? (user ? await findOrderOf(user.id, number) : null)
    if (!found) throw notFound('The order')
    return found
  })
  return answerDownload(`highstreet-${order.number}-total.json`, documentOf(`order ${order.number}`, order))
}
