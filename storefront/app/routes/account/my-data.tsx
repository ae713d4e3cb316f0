// Everything the shop keeps about a person, as a file to take along. No page: a download, for its owner only.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { getReviewData } from '#app/domain/catalog/reviews.server.ts'
import { getAccountData } from '#app/domain/identity/account-data.server.ts'
import { listOrderData } from '#app/domain/orders/order-data.server.ts'
import { listReservationData } from '#app/domain/reservations/queries.server.ts'
import { reviewerOf } from '#app/domain/reviews/reviewer.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { requireUser } from '#app/http/session.server.ts'

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args)
  const account = await answerLoader(() => getAccountData(user.id))
  const { reviews, votes, reports } = await answerLoader(() => getReviewData(reviewerOf(user)))
  const orders = await listOrderData(user.id)
  const reservations = await listReservationData(user.id)
  const data = { shop: 'Highstreet', madeAt: new Date(), ...account, orders, reservations, reviews, votes, reports }
  return new Response(`${JSON.stringify(data, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="highstreet.json"',
      'Cache-Control': 'private, no-store',
      'X-Robots-Tag': 'noindex',
    },
  })
}
