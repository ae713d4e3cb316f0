// What Alice and Bob think of things they bought and got: verified, approved, counted in the product's rating.
import type { Knex } from 'knex'
import { idOf } from '../ids.ts'
import type { PlannedOrder } from '../orders/plan.ts'
import { alice, bob } from './people.ts'

const words = [
  {
    who: alice,
    rating: 5,
    title: 'Just what I hoped for',
    body: 'It came well packed and two days early. I use it every day and would buy it again.',
  },
  {
    who: bob,
    rating: 4,
    title: 'Good, with one wish',
    body: 'Solid and nicely made. A slightly larger size would be perfect for us, but I am keeping it.',
  },
]

export async function seedDemoReviews(catalog: Knex, orders: readonly PlannedOrder[]): Promise<void> {
  for (const { who, rating, title, body } of words) {
    const order = orders.find(({ buyer, status }) => buyer.id === who.id && status === 'fulfilled')
    const line = order?.lines[0]
    if (!order || !line) continue
    await catalog.transaction(async (trx) => {
      const written = await trx('reviews')
        .insert({
          id: idOf(`review:${who.email}`),
          productId: line.productId,
          authorRef: who.id,
          authorName: who.name,
          rating,
          title,
          body,
          verifiedBuyer: true,
          status: 'approved',
          createdAt: order.steps.at(-1)?.at,
        })
        .onConflict()
        .ignore()
        .returning('id')
      if (written.length > 0)
        await trx('products').where({ id: line.productId }).increment({ ratingCount: 1, ratingSum: rating })
    })
  }
}
