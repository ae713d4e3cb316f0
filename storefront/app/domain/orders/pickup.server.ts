// An order that is collected: laid ready, handed over, and the parcel that stands for it. The conductor
// (checkout/hand-over.server.ts) takes the money; nothing here asks the payment provider.
import type { Knex } from 'knex'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { collectionCodeFor } from '#app/domain/orders/collection-code.server.ts'
import { deliverOrder } from '#app/domain/orders/deliver.server.ts'
import { Order, Parcel } from '#app/domain/orders/models.ts'
import { orderCan } from '#app/domain/orders/order-status.ts'
import { leftToSend, tellParcels } from '#app/domain/orders/ship.server.ts'
import { snapshot, storeOf } from '#app/domain/orders/snapshot.server.ts'
import { lockOrder, writeHistory } from '#app/domain/orders/transition.server.ts'
import type { OrderRow } from '#app/domain/orders/work.server.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import { paidCollectSeconds } from '#app/domain/pickup/pickup-rules.ts'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { failpoint } from '#app/lib/failpoints.ts'
import { newId } from '#app/lib/ids.ts'

/**
 * The things lie at the counter: the shopper gets the collection code. A paid order is kept for a week, an unpaid one until
 * its hold ends. Told twice changes nothing. Throws not_found, illegal_transition.
 */
export async function readyForPickup({ orderId }: { orderId: string }, by: By): Promise<{ collectBy: Date }> {
  return transaction(async (trx) => {
    const order = await lockOrder(trx, orderId)
    if (order.readyAt && order.collectBy) return { collectBy: order.collectBy }
    if (!orderCan.makeReady(order) || !order.pickupStore)
      throw new DomainError('illegal_transition', 'This order cannot be made ready for pickup now.')
    const collectBy = order.status === 'paid' ? addSeconds(by.at, paidCollectSeconds) : order.collectBy
    if (!collectBy) throw new DomainError('illegal_transition', 'This order is still being placed.')
    const ready = await order.$query(trx).patchAndFetch({ readyAt: by.at, collectBy, updatedAt: by.at })
    await writeHistory(trx, orderId, by, { kind: 'note', message: `Ready for pickup at ${order.pickupStore.name}` })
    await append(trx, 'order.ready_for_pickup', `order.ready_for_pickup:${orderId}`, {
      order: await snapshot(trx, ready),
      store: storeOf(order.pickupStore),
      code: collectionCodeFor(orderId),
      collectBy: collectBy.toISOString(),
    })
    await recordAct(trx, by, { action: 'orders:ship', subject: `order:${order.number}`, after: { readyAt: by.at } })
    return { collectBy }
  })
}

/** Writes that the goods change hands now; the caller holds the order's lock and has checked that they may. */
export async function markCollected(trx: Knex.Transaction, orderId: string, by: By): Promise<void> {
  await Order.query(trx).findById(orderId).patch({ collectedAt: by.at, updatedAt: by.at })
  await writeHistory(trx, orderId, by, { kind: 'note', message: 'Handed over in the store' })
}

/** The parcel of a collected order: booked once, told to catalog-api, arrived. Repeating goes on where it stopped. */
export async function finishHandOver(order: OrderRow, by: By): Promise<void> {
  if (order.status === 'paid') {
    await transaction((trx) => bookAll(trx, order.id, by))
    failpoint('after_parcel_row')
    await tellParcels(order.id, by)
  }
  await deliverOrder({ orderId: order.id }, by)
}

async function bookAll(trx: Knex.Transaction, orderId: string, by: By): Promise<void> {
  await lockOrder(trx, orderId)
  const parcels = await Parcel.query(trx).where({ orderId })
  const lines = await leftToSend(trx, orderId, parcels)
  if (lines.length === 0) return
  await Parcel.query(trx).insert({
    id: newId(by.at.getTime()),
    orderId,
    parcelNo: Math.max(0, ...parcels.map(({ parcelNo }) => parcelNo)) + 1,
    carrier: 'pickup',
    trackingNumber: null,
    trackingUrl: null,
    lines,
    requestedBy: by.actor,
    createdAt: by.at,
  })
}

/** Orders of this person that hold goods nobody has paid for; counted under a lock, so that two at once count right. */
export async function countUnpaidHolds(
  trx: Knex.Transaction,
  { userId, email }: { userId: string | null; email: string },
): Promise<number> {
  for (const whose of [email, userId ?? email].sort())
    await trx.raw("SELECT pg_advisory_xact_lock(hashtextextended('unpaid-in-store:' || ?, 0))", [whose])
  return Order.query(trx)
    .where({ paymentMethod: 'in_store' })
    .whereIn('status', ['placing', 'reserved', 'awaiting_payment'])
    .where((person) => {
      person.where({ email })
      if (userId) person.orWhere({ userId })
    })
    .resultSize()
}
