// What an order's messages say beside the order itself, read from today's rows: for a preview with a real order, and for
// sending again what was sent before its event was kept whole. Reads only.
import type { Knex } from 'knex'
import { listParcels } from '#app/domain/orders/queries.server.ts'
import { snapshot, storeOf } from '#app/domain/orders/snapshot.server.ts'
import type { OrderRow } from '#app/domain/orders/work.server.ts'
import { type EventTopic, eventSchemas } from '#app/domain/outbox/events.ts'
import { listPayments } from '#app/domain/payments/payments.server.ts'
import { listRefundRows } from '#app/domain/payments/refunds.server.ts'

type Facts = Record<string, unknown>
type Read = (order: OrderRow, knex: Knex) => Promise<Facts>

const paid: Read = async (order, knex) => {
  const payment = (await listPayments(order.id, knex)).find(({ status }) => status === 'succeeded')
  return { cardBrand: payment?.cardBrand ?? null, cardLast4: payment?.cardLast4 ?? null }
}

const shipped: Read = async (order, knex) => {
  const parcel = (await listParcels(order.id, knex)).at(-1)
  if (!parcel) return {}
  const { parcelNo, carrier, trackingNumber, trackingUrl, lines } = parcel
  return { parcel: { parcelNo, carrier, trackingNumber, trackingUrl, lines } }
}

const cancelled: Read = async (order, knex) => {
  const payment = (await listPayments(order.id, knex)).find(({ status }) => status === 'succeeded')
  return { reason: order.cancelReason ?? '', refundMinor: payment?.capturedMinor ?? 0 }
}

const refunded: Read = async (order, knex) => {
  const refund = (await listRefundRows(order.id, knex)).filter(({ status }) => status === 'succeeded').at(-1)
  return refund ? { refundMinor: refund.amountMinor, reason: refund.reason } : {}
}

// The code is between the shop and the shopper: previews show the sample's.
const ready: Read = async ({ pickupStore, collectBy }) =>
  pickupStore ? { store: storeOf(pickupStore), collectBy: collectBy?.toISOString() ?? null } : {}

const readers: Partial<Record<EventTopic, Read>> = {
  'order.paid': paid,
  'order.shipped': shipped,
  'order.cancelled': cancelled,
  'order.refunded': refunded,
  'order.ready_for_pickup': ready,
}

/** What is known of `topic` for the order; not everything its schema wants when that has not happened yet. */
export const factsOf = async (knex: Knex, topic: EventTopic, order: OrderRow): Promise<Facts> => ({
  order: await snapshot(knex, order),
  ...(await readers[topic]?.(order, knex)),
})

/** The payload an event was written with, when it is whole: those of seeded orders, say, are not. */
export function wholePayload(topic: EventTopic, payload: unknown): Facts | null {
  const parsed = eventSchemas[topic].safeParse(payload)
  return parsed.success ? (parsed.data as Facts) : null
}
