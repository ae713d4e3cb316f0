// Parcels that arrived. The order is delivered when all of it was sent and every parcel arrived.
import type { Knex } from 'knex'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { markDelivered } from '#app/domain/catalog/fulfilment.server.ts'
import { Parcel } from '#app/domain/orders/models.ts'
import { type OrderStatus, orderCan } from '#app/domain/orders/order-status.ts'
import { reviewRequestTime } from '#app/domain/orders/review-request.server.ts'
import { leftToSend } from '#app/domain/orders/ship.server.ts'
import { lockOrder, transition, writeHistory } from '#app/domain/orders/transition.server.ts'
import { getOrderRow } from '#app/domain/orders/work.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'

/**
 * Marks one parcel (absent: all sent ones) as arrived and answers the order's status then. Told twice changes nothing.
 * Throws not_found, illegal_transition (nothing was sent), catalog_unavailable (nothing is marked: send it again).
 */
export async function deliverOrder(
  { orderId, parcelNo }: { orderId: string; parcelNo?: number },
  by: By,
): Promise<{ status: OrderStatus }> {
  const order = await getOrderRow(orderId)
  if (order.status === 'fulfilled') return { status: order.status }
  if (!orderCan.deliver(order)) throw new DomainError('illegal_transition', 'Nothing of this order is on its way.')
  const parcels = await Parcel.query(db())
    .where({ orderId })
    .modify((query) => {
      if (parcelNo !== undefined) query.where({ parcelNo })
    })
  if (parcels.length === 0) throw notFound('The parcel')
  for (const parcel of parcels) {
    if (parcel.status === 'shipped' && parcel.fulfillmentId) await markDelivered(parcel.fulfillmentId)
  }
  const numbers = parcels.filter(({ status }) => status === 'shipped').map((parcel) => parcel.parcelNo)
  return transaction((trx) => markArrived(trx, orderId, numbers, by))
}

/** An order whose last unsent pieces were given back has nothing more to wait for: it is delivered when its parcels are. */
export async function closeDelivered({ id, status }: { id: string; status: OrderStatus }, by: By): Promise<void> {
  if (status === 'fulfilling') await transaction((trx) => markArrived(trx, id, [], by))
}

async function markArrived(trx: Knex.Transaction, orderId: string, numbers: number[], by: By) {
  const order = await lockOrder(trx, orderId)
  const arrived: number[] = []
  for (const parcelNo of numbers) {
    const marked = await Parcel.query(trx)
      .where({ orderId, parcelNo, status: 'shipped' })
      .patch({ status: 'delivered', deliveredAt: by.at })
    // What is collected was written down at the counter.
    if (marked === 0 || order.fulfilment === 'pickup') continue
    arrived.push(parcelNo)
    await writeHistory(trx, orderId, by, {
      kind: 'parcel',
      message: `Parcel ${parcelNo} arrived`,
      details: { parcelNo },
    })
  }
  const act = { action: 'orders:deliver', subject: `order:${order.number}`, after: { parcels: arrived } }
  if (arrived.length > 0) await recordAct(trx, by, act)
  if (!orderCan.deliver(order)) return { status: order.status }
  const parcels = await Parcel.query(trx).where({ orderId })
  const left = await leftToSend(trx, orderId, parcels)
  if (left.length > 0 || parcels.some(({ status }) => status !== 'delivered')) return { status: order.status }
  const words = order.fulfilment === 'pickup' ? { message: 'Collected', isPublic: false } : {}
  const patch = { reviewRequestAt: reviewRequestTime(by.at) }
  const moved = await transition(trx, orderId, 'deliver', by, { ...words, patch, event: {} })
  return { status: moved.order.status }
}
