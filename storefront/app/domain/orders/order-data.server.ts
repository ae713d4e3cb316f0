// All orders of a person as data to take along: what they bought, where it went, what happened. Reads only; no ids, tokens
// or notes of staff.
import { Order, OrderHistory, OrderItem, Parcel } from '#app/domain/orders/models.ts'
import { orderStatusLabel } from '#app/domain/orders/order-status.ts'
import { listPaymentsOfOrders } from '#app/domain/payments/payments.server.ts'
import { db } from '#app/lib/db.server.ts'

/** Oldest first; amounts in minor units of `currency`. Five statements, however many orders. */
export async function listOrderData(userId: string) {
  const orders = await Order.query(db()).where({ userId }).orderBy('placedAt')
  const ids = orders.map(({ id }) => id)
  const [items, history, parcels, payments] = await Promise.all([
    OrderItem.query(db()).whereIn('orderId', ids).orderBy('position'),
    OrderHistory.query(db()).whereIn('orderId', ids).where({ isPublic: true }).orderBy('seq'),
    Parcel.query(db()).whereIn('orderId', ids).orderBy('parcelNo'),
    listPaymentsOfOrders(ids),
  ])
  const of = <Row extends { orderId: string }>(rows: readonly Row[], id: string) =>
    rows.filter(({ orderId }) => orderId === id)
  return orders.map((order) => ({
    number: order.number,
    status: orderStatusLabel[order.status],
    placedAt: order.placedAt,
    email: order.email,
    phone: order.phone,
    currency: order.currency.trim(),
    subtotalMinor: order.subtotalMinor,
    discountMinor: order.discountMinor,
    shippingMinor: order.shippingMinor,
    taxMinor: order.taxMinor,
    includedTaxMinor: order.includedTaxMinor,
    totalMinor: order.totalMinor,
    delivery: order.shippingMethod.name,
    shippingAddress: order.shippingAddress,
    billingAddress: order.billingAddress,
    note: order.note,
    lines: of(items, order.id).map(({ sku, title, variantTitle, quantity, unitPriceMinor, lineTotalMinor }) => ({
      sku,
      title,
      variantTitle,
      quantity,
      unitPriceMinor,
      lineTotalMinor,
    })),
    payments: of(payments, order.id).map(({ createdAt, status, amountMinor, refundedMinor, cardBrand, cardLast4 }) => ({
      at: createdAt,
      status,
      amountMinor,
      refundedMinor,
      cardBrand,
      cardLast4,
    })),
    parcels: of(parcels, order.id).map(({ carrier, trackingNumber, shippedAt, deliveredAt }) => ({
      carrier,
      trackingNumber,
      shippedAt,
      deliveredAt,
    })),
    history: of(history, order.id).map(({ createdAt, message }) => ({ at: createdAt, message })),
  }))
}
