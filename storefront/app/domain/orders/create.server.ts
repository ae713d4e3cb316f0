// Writes a new order with its frozen lines, inside the checkout's transaction. Amounts come from the caller and are
// checked by the database (orders_total_is_its_parts); nothing here computes money.
import type { Knex } from 'knex'
import type { PartialModelObject } from 'objection'
import { orderTokenHash } from '#app/domain/orders/access.server.ts'
import { type Order, OrderItem } from '#app/domain/orders/models.ts'
import type { OrderCoupon, OrderTax, ShippingChoice } from '#app/domain/orders/order-money.ts'
import { writeHistory } from '#app/domain/orders/transition.server.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { Fulfilment, PaymentMethod } from '#app/domain/pickup/pickup-rules.ts'
import type { PickupStore } from '#app/domain/pickup/pickup-store.ts'
import type { By } from '#app/lib/clock.ts'
import { newId, newOrderNumber } from '#app/lib/ids.ts'

type OrderLine = {
  variantId: string
  productId: string
  productSlug: string
  sku: string
  title: string
  variantTitle: string
  imageSrc: string | null
  quantity: number
  unitPriceMinor: number
  discountMinor: number
  lineTotalMinor: number
  taxName: string
  taxBasisPoints: number
  taxMinor: number
  taxIncluded: boolean
}

export type OrderDraft = {
  checkoutKey: string
  cartId: string
  userId: string | null
  email: string
  phone: string | null
  smsOptIn: boolean
  currency: string
  subtotalMinor: number
  discountMinor: number
  shippingMinor: number
  taxMinor: number
  includedTaxMinor: number
  totalMinor: number
  quoteHash: string
  shippingAddress: PostalAddress
  billingAddress: PostalAddress
  shippingMethod: ShippingChoice
  fulfilment: Fulfilment
  pickupStore: PickupStore | null
  paymentMethod: PaymentMethod
  shippingTax: OrderTax | null
  coupon: OrderCoupon | null
  note: string | null
}

/**
 * Inserts the order in `placing` and answers its id and number. The completer looks at it `headStartSeconds` from now:
 * until then the web request that placed it has the road to itself.
 */
export async function insertOrder(
  trx: Knex.Transaction,
  draft: OrderDraft,
  lines: readonly OrderLine[],
  headStartSeconds: number,
  by: By,
): Promise<{ id: string; number: string }> {
  const id = newId(by.at.getTime())
  const number = await insertWithNumber(trx, {
    ...draft,
    id,
    accessTokenHash: orderTokenHash(id),
    placedAt: by.at,
    updatedAt: by.at,
    nextAttemptAt: trx.raw('now() + make_interval(secs => ?)', [headStartSeconds]),
  })
  await OrderItem.query(trx).insert(
    lines.map((line, position) => ({ ...frozen(line), id: newId(by.at.getTime()), orderId: id, position })),
  )
  await writeHistory(trx, id, by, { kind: 'status', toStatus: 'placing', message: 'Order placed' })
  return { id, number }
}

const frozen = (line: OrderLine): OrderLine => ({
  variantId: line.variantId,
  productId: line.productId,
  productSlug: line.productSlug,
  sku: line.sku,
  title: line.title,
  variantTitle: line.variantTitle,
  imageSrc: line.imageSrc,
  quantity: line.quantity,
  unitPriceMinor: line.unitPriceMinor,
  discountMinor: line.discountMinor,
  lineTotalMinor: line.lineTotalMinor,
  taxName: line.taxName,
  taxBasisPoints: line.taxBasisPoints,
  taxMinor: line.taxMinor,
  taxIncluded: line.taxIncluded,
})

async function insertWithNumber(trx: Knex.Transaction, row: PartialModelObject<Order>): Promise<string> {
  for (;;) {
    const number = newOrderNumber()
    // Numbers are random: a taken one is ignored and drawn again, without breaking the transaction.
    const inserted = await trx('orders')
      .insert({
        ...row,
        number,
        shippingAddress: JSON.stringify(row.shippingAddress),
        billingAddress: JSON.stringify(row.billingAddress),
        shippingMethod: JSON.stringify(row.shippingMethod),
        shippingTax: row.shippingTax && JSON.stringify(row.shippingTax),
        coupon: row.coupon && JSON.stringify(row.coupon),
        pickupStore: row.pickupStore && JSON.stringify(row.pickupStore),
      })
      .onConflict('number')
      .ignore()
      .returning('number')
    if (inserted.length > 0) return number
  }
}
