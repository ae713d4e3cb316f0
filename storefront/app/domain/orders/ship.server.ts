// Sending parcels. The parcel's row comes first, under the order's lock and with quantities checked; catalog-api is told
// after, by the parcel's number, so that telling it twice is telling it once; then the order moves.
import type { Knex } from 'knex'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { createFulfillment } from '#app/domain/catalog/fulfilment.server.ts'
import { OrderItem, Parcel, type ParcelLine } from '#app/domain/orders/models.ts'
import { canMove, orderCan } from '#app/domain/orders/order-status.ts'
import { snapshot } from '#app/domain/orders/snapshot.server.ts'
import { lockOrder, transition, writeHistory } from '#app/domain/orders/transition.server.ts'
import { getOrderRow, wakeOrder } from '#app/domain/orders/work.server.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import { refundedPieces } from '#app/domain/payments/refund-pieces.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError, isDomainError } from '#app/lib/errors.ts'
import { failpoint } from '#app/lib/failpoints.ts'
import { newId } from '#app/lib/ids.ts'

type ShipOrder = {
  orderId: string
  /** The number the form was made for: sent twice it is the same parcel. Absent: the next one. */
  parcelNo?: number
  carrier: string | null
  trackingNumber: string | null
  /** https only. */
  trackingUrl: string | null
  /** Absent: everything not sent yet. */
  lines?: { sku: string; quantity: number }[]
}

/**
 * Sends one parcel and answers its number. `told: false`: catalog-api could not be reached; the parcel is kept and told by
 * the completer. Throws not_found, illegal_transition, conflict (another parcel has that number), validation_failed.
 */
export async function shipOrder(input: ShipOrder, by: By): Promise<{ parcelNo: number; told: boolean }> {
  const parcelNo = await transaction((trx) => bookParcel(trx, input, by))
  failpoint('after_parcel_row')
  try {
    await tellParcels(input.orderId, by)
    return { parcelNo, told: true }
  } catch (error) {
    if (!isDomainError(error) || isRefusal(error)) throw error
    return { parcelNo, told: false }
  }
}

async function bookParcel(trx: Knex.Transaction, input: ShipOrder, by: By): Promise<number> {
  const order = await lockOrder(trx, input.orderId)
  const parcels = await Parcel.query(trx).where({ orderId: order.id }).orderBy('parcelNo')
  // A parcel the warehouse refused is gone again and leaves a gap: numbers are never used twice.
  const next = Math.max(0, ...parcels.map((parcel) => parcel.parcelNo)) + 1
  const parcelNo = input.parcelNo ?? next
  const twin = parcels.find((parcel) => parcel.parcelNo === parcelNo)
  if (twin && isSame(twin, input)) return parcelNo
  if (twin || parcelNo !== next)
    throw new DomainError('conflict', 'Somebody else sent a parcel of this order meanwhile. Please look again.')
  if (!orderCan.ship(order)) throw new DomainError('illegal_transition', 'This order cannot be sent now.')
  if (input.trackingUrl && !/^https:\/\/\S+$/.test(input.trackingUrl))
    throw wrong('trackingUrl', 'The link has to start with https://')
  const lines = pick(await leftToSend(trx, order.id, parcels), input.lines)
  const { carrier, trackingNumber, trackingUrl } = input
  await Parcel.query(trx).insert({
    id: newId(by.at.getTime()),
    orderId: order.id,
    parcelNo,
    carrier,
    trackingNumber,
    trackingUrl,
    lines,
    requestedBy: by.actor,
    createdAt: by.at,
  })
  // The completer tells it should we not get to it.
  await wakeOrder(trx, order.id)
  const sent = lines.map(({ sku, quantity }) => ({ sku, quantity }))
  const after = { parcelNo, carrier, trackingNumber, lines: sent }
  await recordAct(trx, by, { action: 'orders:ship', subject: `order:${order.number}`, after })
  return parcelNo
}

const isSame = (parcel: Parcel, input: ShipOrder): boolean =>
  parcel.carrier === input.carrier &&
  parcel.trackingNumber === input.trackingNumber &&
  parcel.trackingUrl === input.trackingUrl &&
  (input.lines === undefined ||
    JSON.stringify(parcel.lines.map(({ sku, quantity }) => ({ sku, quantity }))) ===
      JSON.stringify(input.lines.filter(({ quantity }) => quantity > 0)))

/** What of the order is in no parcel yet and is still to be sent: pieces given back before they left are not. */
export async function leftToSend(
  trx: Knex,
  orderId: string,
  parcels: readonly Pick<Parcel, 'lines'>[],
): Promise<ParcelLine[]> {
  const items = await OrderItem.query(trx).where({ orderId }).orderBy('position')
  const sent = (sku: string) =>
    parcels.flatMap(({ lines }) => lines).reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0)
  const pieces = await refundedPieces(orderId, trx)
  const left = (sku: string, quantity: number) => quantity - sent(sku) - pieces(sku).unsent
  return items
    .map(({ sku, title, variantTitle, quantity }) => ({ sku, title, variantTitle, quantity: left(sku, quantity) }))
    .filter(({ quantity }) => quantity > 0)
}

function pick(left: ParcelLine[], wanted: ShipOrder['lines']): ParcelLine[] {
  if (left.length === 0) throw new DomainError('illegal_transition', 'Everything of this order has been sent.')
  if (!wanted) return left
  const lines = wanted
    .filter(({ quantity }) => quantity > 0)
    .map(({ sku, quantity }) => {
      const line = left.find((one) => one.sku === sku)
      if (!line || !Number.isInteger(quantity) || quantity > line.quantity)
        throw wrong(`quantity.${sku}`, `At most ${line?.quantity ?? 0} are left to send.`)
      return { ...line, quantity }
    })
  if (lines.length === 0) throw wrong('form', 'Choose at least one thing to send.')
  return lines
}

const wrong = (field: string, message: string) =>
  new DomainError('validation_failed', message, { fields: { [field]: [message] } })

/**
 * Tells catalog-api about parcels it has not heard of, and moves the order. Repeating is safe. Throws catalog_unavailable;
 * a definite no (conflict …) takes the parcel back and is passed on.
 */
export async function tellParcels(orderId: string, by: By): Promise<void> {
  const waiting = await Parcel.query(db()).where({ orderId, status: 'packing' }).orderBy('parcelNo')
  if (waiting.length === 0) return
  const order = await getOrderRow(orderId)
  for (const parcel of waiting) {
    const told = await tell(parcel, order.number).catch(async (error: unknown) => {
      if (isRefusal(error)) await takeBack(parcel, error.message, by)
      throw error
    })
    failpoint('after_parcel_told')
    await transaction((trx) => markShipped(trx, parcel, told.id, { actor: parcel.requestedBy, at: by.at }))
  }
}

function tell(parcel: Parcel, orderNumber: string) {
  const { orderId, parcelNo, carrier, trackingNumber, trackingUrl } = parcel
  const lines = parcel.lines.map(({ sku, quantity }) => ({ sku, quantity }))
  return createFulfillment({ orderRef: orderId, orderNumber, parcelNo, carrier, trackingNumber, trackingUrl, lines })
}

const isRefusal = (error: unknown): error is DomainError =>
  isDomainError(error) && error.code !== 'catalog_unavailable' && error.code !== 'overloaded'

async function takeBack(parcel: Parcel, reason: string, by: By): Promise<void> {
  await transaction(async (trx) => {
    const { number } = await lockOrder(trx, parcel.orderId)
    const gone = await Parcel.query(trx).findById(parcel.id).where({ status: 'packing' }).delete()
    if (gone === 0) return
    const message = `Parcel ${parcel.parcelNo} was refused by the warehouse: ${reason}`
    await writeHistory(trx, parcel.orderId, by, { kind: 'parcel', isPublic: false, message })
    // The line that says the parcel was sent is no longer true.
    const after = { parcelNo: parcel.parcelNo, refusedByTheWarehouse: reason }
    await recordAct(trx, by, { action: 'orders:ship', subject: `order:${number}`, after })
  })
}

async function markShipped(trx: Knex.Transaction, parcel: Parcel, fulfillmentId: string, by: By): Promise<void> {
  const order = await lockOrder(trx, parcel.orderId)
  const marked = await Parcel.query(trx)
    .findById(parcel.id)
    .where({ status: 'packing' })
    .patch({ status: 'shipped', fulfillmentId, shippedAt: by.at })
  if (marked === 0) return
  if (order.fulfilment === 'pickup') {
    // The hand-over has told the shopper already.
    await transition(trx, order.id, 'hand_over', by, { isPublic: false, message: 'Handed over' })
    return
  }
  const { parcelNo, carrier, trackingNumber, trackingUrl, lines } = parcel
  const words = { parcelNo, carrier, trackingNumber, trackingUrl, lines }
  await writeHistory(trx, order.id, by, {
    kind: 'parcel',
    message: `Parcel ${parcelNo} sent${carrier ? ` with ${carrier}` : ''}`,
    details: words,
  })
  if (canMove('ship', order.status))
    await transition(trx, order.id, 'ship', by, { event: { parcel: words }, isPublic: false })
  else
    await append(trx, 'order.shipped', `order.shipped:${order.id}:${parcelNo}`, {
      order: await snapshot(trx, order),
      parcel: words,
    })
}
