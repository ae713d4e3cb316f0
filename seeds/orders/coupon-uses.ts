// Which seeded orders used which discount code: claimed by those that live, given back by those that died.
import type { Knex } from 'knex'
import { mailboxHash } from '../../storefront/app/domain/promotions/mailbox.ts'
import { insertRows, type Row } from '../database.ts'
import { idOf } from '../ids.ts'
import type { PlannedOrder } from './plan.ts'

/** Given back in the move that ended the order. */
const deaths = ['cancel', 'expire', 'owe_refund']
const deathOf = ({ steps }: PlannedOrder) => steps.find(({ move }) => deaths.includes(move))

/** Books the uses of orders that are inserted in this transaction. */
export async function seedCouponUses(trx: Knex.Transaction, fresh: readonly PlannedOrder[]): Promise<void> {
  const uses = fresh.flatMap((order) => (order.coupon ? [{ order, coupon: order.coupon }] : []))
  const rows = uses.map(({ order, coupon }): Row => {
    const death = deathOf(order)
    return {
      id: idOf(`coupon-use:${order.id}`),
      couponId: idOf(`coupon:${coupon.code}`),
      orderId: order.id,
      userId: order.buyer.id,
      emailHash: mailboxHash(order.buyer.email),
      discountMinor: coupon.discountMinor + coupon.shippingOffMinor,
      status: death ? 'given_back' : 'claimed',
      claimedAt: order.steps[0]?.at,
      givenBackAt: death?.at ?? null,
    }
  })
  await insertRows(trx, 'coupon_uses', rows)
  for (const { order, coupon } of uses)
    if (!deathOf(order)) await trx('coupons').where({ code: coupon.code }).increment('used', 1)
}
