// What is left to do with goods when an order itself rests: parcels that were booked before the order was over are told,
// and goods that staff chose to put back return to the shelf, by line. Each is one call under a reference of its own (the
// refund's or the return's id), so that a crash in between loses nothing and repeats nothing.
import { restock, type SkuQuantity } from '#app/domain/catalog/inventory.server.ts'
import type { Step } from '#app/domain/checkout/steps/step.ts'
import { tellParcels } from '#app/domain/orders/ship.server.ts'
import { writeHistory } from '#app/domain/orders/transition.server.ts'
import { listOrderItems, type OrderRow } from '#app/domain/orders/work.server.ts'
import { listRefundsToRestock, refundedPieces, refundIsRestocked } from '#app/domain/payments/refund-pieces.server.ts'
import { listReturnsToRestock, returnIsRestocked } from '#app/domain/returns/decide.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { failpoint } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'

/** The same step; once it rests, parcels and goods that wait are seen to. Money never waits for goods. */
export const thenPutBack =
  (step: Step): Step =>
  async (order, lease, by) => {
    const next = await step(order, lease, by)
    if (next === 'on') return next
    await tellParcels(order.id, by)
    await putGoodsBack(order, by)
    return next
  }

async function putGoodsBack(order: OrderRow, by: By): Promise<void> {
  for (const refund of await listRefundsToRestock(order.id)) {
    const lines = (refund.lines ?? []).filter((line) => line.restock).map(({ sku, quantity }) => ({ sku, quantity }))
    await putBack(order, { ref: refund.id, lines, reason: `Refund of order ${order.number}` }, by)
    await transaction((trx) => refundIsRestocked(trx, refund.id))
  }
  for (const { id, number, lines } of await listReturnsToRestock(order.id)) {
    await putBack(order, { ref: id, lines, reason: `Return ${number}` }, by)
    await transaction((trx) => returnIsRestocked(trx, { orderId: order.id, id }))
  }
}

type Goods = { ref: string; lines: SkuQuantity[]; reason: string }

async function putBack(order: OrderRow, { ref, lines, reason }: Goods, by: By): Promise<void> {
  if (lines.length === 0) return
  failpoint('before_restock')
  try {
    await restock({ ref: order.id, adjustmentRef: ref, lines, reason, actor: 'storefront' })
    failpoint('after_restock')
  } catch (error) {
    // A definite no (more than was sold): repeating it helps nobody, a person counts the shelf.
    if (!isDomainError(error, 'conflict')) throw error
    log.error({ orderId: order.id, ref }, 'goods could not be put back: a person must look')
    const message = `The warehouse refused to put goods back (${reason}): ${error.message}`
    await transaction((trx) => writeHistory(trx, order.id, by, { kind: 'note', isPublic: false, message }))
  }
}

/** All goods of a cancelled order go back, but those that went back or were written off by line before. */
export async function restockRest(order: OrderRow): Promise<void> {
  const [items, pieces] = [await listOrderItems(order.id), await refundedPieces(order.id)]
  const lines = items
    .map(({ sku, quantity }) => ({ sku, quantity: quantity - pieces(sku).refunded }))
    .filter(({ quantity }) => quantity > 0)
  if (lines.length === 0) return
  await restock({
    ref: order.id,
    adjustmentRef: `cancel:${order.id}`,
    lines,
    reason: `Order ${order.number} was cancelled`,
    actor: 'storefront',
  })
}
