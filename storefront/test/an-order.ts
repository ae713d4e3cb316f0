// An order's row and what its moves tell, for tests of the order table: no cart, no payment, no network.
import { insertOrder } from '#app/domain/orders/create.server.ts'
import type { OrderMove } from '#app/domain/orders/order-status.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { newId, newToken } from '#app/lib/ids.ts'
import { address } from './address.ts'

const line = {
  variantId: newId(),
  productId: newId(),
  productSlug: 'mug',
  sku: 'MUG',
  title: 'Mug',
  variantTitle: 'Sage',
  imageSrc: null,
  quantity: 2,
  unitPriceMinor: 1000,
  discountMinor: 0,
  lineTotalMinor: 2000,
  taxName: 'VAT',
  taxBasisPoints: 2300,
  taxMinor: 374,
  taxIncluded: true,
}

/** An order that is being placed: two mugs and their delivery, 24.90 €. Answers its id. */
export async function anOrderRow(by: By): Promise<string> {
  const cartId = newId()
  await db()('carts').insert({ id: cartId, currency: 'EUR' })
  const draft = {
    checkoutKey: newToken(),
    cartId,
    userId: null,
    email: 'alice@example.com',
    phone: null,
    smsOptIn: false,
    currency: 'EUR',
    subtotalMinor: 2000,
    discountMinor: 0,
    shippingMinor: 490,
    taxMinor: 0,
    includedTaxMinor: 374,
    totalMinor: 2490,
    quoteHash: 'hash',
    shippingAddress: address,
    billingAddress: address,
    shippingMethod: { code: 'standard', name: 'Standard', priceMinor: 490, minDays: 2, maxDays: 4 },
    shippingTax: null,
    coupon: null,
    fulfilment: 'delivery' as const,
    pickupStore: null,
    paymentMethod: 'card' as const,
    note: null,
  }
  return (await transaction((trx) => insertOrder(trx, draft, [line], 5, by))).id
}

/** What each move's message says besides the order. */
export const eventOf: Partial<Record<OrderMove, object>> = {
  complete: { cardBrand: 'visa', cardLast4: '4242' },
  ship: {
    parcel: {
      parcelNo: 1,
      carrier: null,
      trackingNumber: null,
      trackingUrl: null,
      lines: [{ sku: 'MUG', title: 'Mug', variantTitle: 'Sage', quantity: 2 }],
    },
  },
  cancel: { reason: 'test', refundMinor: 0 },
  owe_refund: { reason: 'test', refundMinor: 2490 },
  refund: { reason: 'test', refundMinor: 2490 },
}
