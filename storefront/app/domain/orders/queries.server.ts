// Orders as people see them. Whose an order is stands in every WHERE: missing and foreign are the same not_found; guests
// come with the secret link's token.
import type { Knex } from 'knex'
import { isOrderToken, orderTokenFor } from '#app/domain/orders/access.server.ts'
import { collectionCodeFor } from '#app/domain/orders/collection-code.server.ts'
import { Order, OrderHistory, OrderItem, Parcel } from '#app/domain/orders/models.ts'
import { labelOf, orderCan } from '#app/domain/orders/order-status.ts'
import type { OrderSummary, OrderView, ParcelView, PickupView } from '#app/domain/orders/order-view.ts'
import { lineOf, refundOf, timelineOf } from '#app/domain/orders/view-parts.ts'
import type { OrderRow } from '#app/domain/orders/work.server.ts'
import { listMessagesOf } from '#app/domain/outbox/history.server.ts'
import { listPayments } from '#app/domain/payments/payments.server.ts'
import { refundedPieces } from '#app/domain/payments/refund-pieces.server.ts'
import { listRefundRows } from '#app/domain/payments/refunds.server.ts'
import { db } from '#app/lib/db.server.ts'

/** The user's own order, or null: also when it is somebody else's. */
export async function findOrderOf(userId: string, number: string): Promise<OrderView | null> {
  const order = await Order.query(db()).findOne({ userId, number })
  return order ? viewOf(order) : null
}

/** The order of a secret link, or null when number and token do not belong together. */
export async function findOrderByToken(number: string, token: string): Promise<OrderView | null> {
  const order = await Order.query(db()).findOne({ number })
  return order && isOrderToken(order, token) ? viewOf(order) : null
}

const pageSize = 10

/** A page (from 1) of the user's orders, newest first, ten each; carts that never came to a payment page are left out. */
export async function listOrdersOf(
  userId: string,
  page: number,
): Promise<{ items: OrderSummary[]; total: number; page: number; pages: number }> {
  const shown = Order.query(db())
    .where({ userId })
    // Refused before anybody was asked to pay: to the shopper that was no order.
    .whereNot((query) => query.where({ status: 'cancelled', cancelReason: 'out_of_stock' }))
    .orderBy('placedAt', 'desc')
  const { results, total } = await shown.page(Math.max(0, page - 1), pageSize)
  const items = await OrderItem.query(db())
    .whereIn(
      'orderId',
      results.map(({ id }) => id),
    )
    .orderBy('position')
  const summaries = results.map((order) =>
    summaryOf(
      order,
      items.filter(({ orderId }) => orderId === order.id),
    ),
  )
  return { items: summaries, total, page, pages: Math.max(1, Math.ceil(total / pageSize)) }
}

const summaryOf = (order: OrderRow, items: OrderItem[]): OrderSummary => ({
  number: order.number,
  status: order.status,
  statusLabel: labelOf(order),
  placedAt: order.placedAt,
  currency: order.currency,
  totalMinor: order.totalMinor,
  itemCount: items.reduce((sum, { quantity }) => sum + quantity, 0),
  images: items.flatMap(({ imageSrc, title }) => (imageSrc ? [{ src: imageSrc, title }] : [])),
})

/** The order of a cart that still waits to be paid, or null. */
export async function findLiveOrderOfCart(cartId: string): Promise<{ id: string; number: string } | null> {
  const order = await Order.query(db())
    .where({ cartId })
    .whereIn('status', ['placing', 'reserved', 'awaiting_payment'])
    .first()
  return order ? { id: order.id, number: order.number } : null
}

/** What was short when the order was refused for want of stock; null for any other order. */
export async function findRefusal(orderId: string): Promise<unknown[] | null> {
  const row = await OrderHistory.query(db()).where({ orderId, toStatus: 'cancelled' }).first()
  const shortages = row?.details.shortages
  return Array.isArray(shortages) ? shortages : null
}

async function viewOf(order: OrderRow): Promise<OrderView> {
  const [lines, history, parcels, payments, refunds, messages, pieces] = await Promise.all([
    OrderItem.query(db()).where({ orderId: order.id }).orderBy('position'),
    OrderHistory.query(db()).where({ orderId: order.id, isPublic: true }).orderBy('seq'),
    listParcels(order.id),
    listPayments(order.id),
    listRefundRows(order.id),
    listMessagesOf(order.id),
    refundedPieces(order.id),
  ])
  const payment = payments.find(({ status }) => status === 'succeeded') ?? payments.at(-1)
  return {
    id: order.id,
    number: order.number,
    token: orderTokenFor(order.id),
    status: order.status,
    statusLabel: labelOf(order),
    placedAt: order.placedAt,
    email: order.email,
    phone: order.phone,
    currency: order.currency,
    lines: lines.map(lineOf),
    coupon: order.coupon,
    shippingTax: order.shippingTax,
    subtotalMinor: order.subtotalMinor,
    discountMinor: order.discountMinor,
    shippingMinor: order.shippingMinor,
    taxMinor: order.taxMinor,
    includedTaxMinor: order.includedTaxMinor,
    totalMinor: order.totalMinor,
    refundedMinor: payments
      .filter(({ status }) => status === 'succeeded')
      .reduce((sum, { refundedMinor }) => sum + refundedMinor, 0),
    refunds: refunds.filter(({ status }) => status === 'succeeded').map(refundOf),
    shippingAddress: order.shippingAddress,
    billingAddress: order.billingAddress,
    shippingMethod: order.shippingMethod,
    note: order.note,
    fulfilment: order.fulfilment,
    paymentMethod: order.paymentMethod,
    pickup: ownPickup(order),
    timeline: timelineOf(history, messages),
    parcels: order.fulfilment === 'pickup' ? [] : parcels.filter(({ status }) => status !== 'packing'),
    cancelledPieces: lines.reduce((sum, { sku }) => sum + pieces(sku).unsent, 0),
    payment: payment
      ? {
          cardBrand: payment.cardBrand,
          cardLast4: payment.cardLast4,
          tender: payment.tender,
          declined: payment.failureMessage,
          payableUntil: payment.sessionExpiresAt,
        }
      : null,
    cancelRequested: order.cancelRequestedAt !== null,
    can: {
      pay: orderCan.pay(order) && order.cancelRequestedAt === null,
      cancel:
        orderCan.cancel(order) &&
        order.cancelRequestedAt === null &&
        order.collectedAt === null &&
        parcels.length === 0,
    },
  }
}

/** Where and how far an order is collected; null for a delivery. */
export const pickupOf = (order: OrderRow): PickupView | null =>
  order.pickupStore && {
    store: order.pickupStore,
    isPaidThere: order.paymentMethod === 'in_store',
    readyAt: order.readyAt,
    collectBy: order.collectBy,
    collectedAt: order.collectedAt,
  }

/** With the code, while it opens something. */
function ownPickup(order: OrderRow): OrderView['pickup'] {
  const pickup = pickupOf(order)
  return pickup && { ...pickup, code: orderCan.handOver(order) ? collectionCodeFor(order.id) : null }
}

export type { ParcelView }

/** The parcels of an order, first to last. */
export async function listParcels(orderId: string, knex: Knex = db()): Promise<ParcelView[]> {
  const parcels = await Parcel.query(knex).where({ orderId }).orderBy('parcelNo')
  return parcels.map((parcel) => ({
    parcelNo: parcel.parcelNo,
    status: parcel.status,
    carrier: parcel.carrier,
    trackingNumber: parcel.trackingNumber,
    trackingUrl: parcel.trackingUrl,
    lines: parcel.lines,
    shippedAt: parcel.shippedAt,
    deliveredAt: parcel.deliveredAt,
  }))
}
