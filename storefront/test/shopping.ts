// Shoppers for tests of checkout: a full cart, an order, a paid order.
import { quoteCart } from '#app/domain/cart/quote.server.ts'
import { sealQuote } from '#app/domain/cart/quote-seal.server.ts'
import type { ListedVariant } from '#app/domain/catalog/answers.ts'
import { settle } from '#app/domain/checkout/complete.server.ts'
import { type Placed, placeOrder } from '#app/domain/checkout/place-order.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { newId, newToken } from '#app/lib/ids.ts'
import { address } from './address.ts'
import { payOn, warehouse } from './stage.ts'

export const guest = (at: Date = new Date()): By => ({ actor: 'guest', at })

export function aMug(given: Partial<ListedVariant> = {}): ListedVariant {
  return {
    id: newId(),
    sku: 'MUG-SAGE',
    barcode: null,
    title: 'Sage',
    optionValues: { Colour: 'Sage' },
    priceMinor: 1800,
    compareAtMinor: null,
    lowestBeforeMinor: null,
    currency: 'EUR',
    weightGrams: 300,
    status: 'active',
    available: 20,
    stock: 'in_stock',
    productId: newId(),
    productSlug: 'stoneware-mug',
    productTitle: 'Stoneware mug',
    productStatus: 'published',
    taxCategory: 'standard',
    image: null,
    ...given,
  }
}

/** Delivery for 4.90 € and 23 % tax inside the prices, for Ireland. */
export async function openForBusiness(): Promise<void> {
  await db()('shipping_methods')
    .insert({
      id: newId(),
      code: 'standard',
      name: 'Standard delivery',
      countries: ['IE'],
      currency: 'EUR',
      priceMinor: 490,
      minDays: 2,
      maxDays: 4,
    })
    .onConflict('code')
    .ignore()
  await db().raw(
    `INSERT INTO tax_rates (id, country, name, rate_basis_points, included_in_price) VALUES (?, 'IE', 'VAT', 2300, true)
     ON CONFLICT DO NOTHING`,
    [newId()],
  )
}

/** A cart that is ready to be ordered; its things are for sale at the warehouse. */
export async function aFullCart(things: { variant?: ListedVariant; quantity?: number; userId?: string | null } = {}) {
  const variant = things.variant ?? warehouse.variants.get('MUG-SAGE') ?? aMug()
  if (!warehouse.variants.has(variant.sku)) warehouse.sell(variant)
  const id = newId()
  await db()('carts').insert({
    id,
    userId: things.userId ?? null,
    currency: 'EUR',
    email: 'alice@example.com',
    shippingAddress: JSON.stringify(address),
    shippingMethodCode: 'standard',
  })
  await db()('cart_items').insert({
    id: newId(),
    cartId: id,
    variantId: variant.id,
    sku: variant.sku,
    quantity: things.quantity ?? 2,
    seenPriceMinor: variant.priceMinor,
  })
  return { id, variant }
}

/** What the review page's form holds. */
export async function aCheckout(cartId: string, userId: string | null = null) {
  const quote = await quoteCart(cartId)
  return { cartId, userId, checkoutKey: newToken(), seal: sealQuote(quote.hash) }
}

/** An order that waits on its payment page. */
export async function aPlacedOrder(
  things: Parameters<typeof aFullCart>[0] = {},
): Promise<Placed & { id: string; cartId: string; paymentUrl: string }> {
  const cart = await aFullCart(things)
  const placed = await placeOrder(await aCheckout(cart.id, things.userId ?? null), guest())
  const row = await db()('orders').where({ number: placed.number }).first('id')
  if (!placed.paymentUrl) throw new Error('the order has no payment page')
  return { ...placed, paymentUrl: placed.paymentUrl, id: row.id, cartId: cart.id }
}

/** An order that was paid by card and whose goods are sold. */
export async function aPaidOrder(things: Parameters<typeof aFullCart>[0] = {}, card?: string) {
  const order = await aPlacedOrder(things)
  await payOn(order.paymentUrl, card)
  await settle({ orderId: order.id }, guest())
  return order
}

export const statusOf = async (orderId: string): Promise<string> =>
  (await db()('orders').where({ id: orderId }).first('status')).status

export const topicsOf = async (orderId: string): Promise<string[]> =>
  (await db()('outbox').where('dedupe_key', 'like', `%:${orderId}%`).orderBy('id').select('topic')).map(
    ({ topic }: { topic: string }) => topic,
  )

/** As after kill -9 and a minute: leases have ended, everything unfinished is due. */
export async function aMinuteLater(): Promise<void> {
  await db().raw(`UPDATE orders SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`)
  await db().raw(`UPDATE orders SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL`)
  await db().raw(`UPDATE refunds SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL`)
  await db().raw(`UPDATE stripe_events SET lease_until = NULL, next_attempt_at = now() WHERE processed_at IS NULL`)
}
