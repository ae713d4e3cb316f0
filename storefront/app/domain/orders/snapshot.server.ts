// An order as its messages show it: everything the notifier needs, taken from the frozen rows inside the transaction.
import type { Knex } from 'knex'
import { orderTokenFor } from '#app/domain/orders/access.server.ts'
import { OrderItem } from '#app/domain/orders/models.ts'
import type { OrderRow } from '#app/domain/orders/work.server.ts'
import type { OrderSnapshot, PickupStore as ToldStore } from '#app/domain/outbox/events.ts'
import type { PickupStore } from '#app/domain/pickup/pickup-store.ts'
import { env } from '#app/env.server.ts'

/** The order's secret link as an absolute URL. */
export const orderUrl = (order: { id: string; number: string }): string =>
  `${env().STOREFRONT_ORIGIN}/orders/${order.number}?token=${orderTokenFor(order.id)}`

/** A page of the order's documents (`invoice`, `credit-notes/<number>`) as an absolute URL, good for whoever has it. */
export const documentUrl = (order: { id: string; number: string }, document: string): string =>
  `${env().STOREFRONT_ORIGIN}/orders/${order.number}/${document}?token=${orderTokenFor(order.id)}`

/** A store as events tell it. */
export const storeOf = ({ name, address, phone, hoursText, timezone }: PickupStore): ToldStore => ({
  name,
  line1: address.line1,
  city: address.city,
  phone,
  hoursText,
  timezone,
})

/** The order as an event carries it; amounts in minor units. */
export async function snapshot(trx: Knex, order: OrderRow): Promise<OrderSnapshot> {
  const items = await OrderItem.query(trx).where({ orderId: order.id }).orderBy('position')
  return {
    number: order.number,
    url: orderUrl(order),
    placedAt: order.placedAt.toISOString(),
    email: order.email,
    phone: order.phone,
    currency: order.currency,
    lines: items.map(({ title, variantTitle, sku, quantity, unitPriceMinor, lineTotalMinor, imageSrc }) => ({
      title,
      variantTitle,
      sku,
      quantity,
      unitPriceMinor,
      lineTotalMinor,
      imageSrc,
    })),
    subtotalMinor: order.subtotalMinor,
    discountMinor: order.discountMinor,
    shippingMinor: order.shippingMinor,
    taxMinor: order.taxMinor,
    includedTaxMinor: order.includedTaxMinor,
    totalMinor: order.totalMinor,
    shippingAddress: order.shippingAddress,
    shippingMethodName: order.shippingMethod.name,
    fulfilment: order.fulfilment,
    invoiceUrl: order.paidAt ? documentUrl(order, 'invoice') : null,
    paymentMethod: order.paymentMethod,
    pickupStore: order.pickupStore && storeOf(order.pickupStore),
    holdUntil: order.paymentMethod === 'in_store' ? (order.collectBy?.toISOString() ?? null) : null,
  }
}
