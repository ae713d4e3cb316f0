// What the shoppers and workers of a season use of the shop: its own verbs, called as pages and workers call them. Imported
// only by the stage, after its settings are made.
import { quoteCart } from '../../storefront/app/domain/cart/quote.server.ts'
import { sealQuote } from '../../storefront/app/domain/cart/quote-seal.server.ts'
import { adminCreateProduct } from '../../storefront/app/domain/catalog/admin.server.ts'
import { listVariants } from '../../storefront/app/domain/catalog/catalog.server.ts'
import { adjustStock } from '../../storefront/app/domain/catalog/inventory.server.ts'
import { placeOrder } from '../../storefront/app/domain/checkout/place-order.server.ts'
import type { By } from '../../storefront/app/lib/clock.ts'
import { db } from '../../storefront/app/lib/db.server.ts'
import { newId, newToken } from '../../storefront/app/lib/ids.ts'
import { address } from '../../storefront/test/address.ts'

export { webhooks } from '../../storefront/app/api/webhooks.ts'
export { cancelOrder } from '../../storefront/app/domain/checkout/cancel.server.ts'
export { completeDueOrders } from '../../storefront/app/domain/checkout/complete.server.ts'
export { reconcile } from '../../storefront/app/domain/checkout/reconcile/rounds.server.ts'
export { refundOrder } from '../../storefront/app/domain/checkout/refund.server.ts'
export { resumePayment } from '../../storefront/app/domain/checkout/resume-payment.server.ts'
export { settleOnReturn } from '../../storefront/app/domain/checkout/settle-on-return.server.ts'
export { refundDue, sweep } from '../../storefront/app/domain/checkout/sweep.server.ts'
export { workInbox } from '../../storefront/app/domain/checkout/webhook-inbox.server.ts'
export { startWorkers } from '../../storefront/app/domain/checkout/workers.server.ts'
export { closeDatabases, db } from '../../storefront/app/lib/db.server.ts'

export const by = (actor = 'guest'): By => ({ actor, at: new Date() })

export type Goods = Awaited<ReturnType<typeof listVariants>>[number]

/** One thing to sell, so many of it, and what delivery and taxes need. */
export async function stockUp(units: number): Promise<Goods> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: process.env.CATALOG_DATABASE_URL })
  await client.connect()
  const one = async (sql: string): Promise<string> => (await client.query(sql)).rows[0].id
  const storeId = await one(
    `INSERT INTO stores (id, slug, kind, name, line1, city, country, latitude, longitude, timezone, ships_orders)
     VALUES (gen_random_uuid(), 'central', 'warehouse', 'Central', '1 Dock Road', 'Dublin', 'IE', 53.3, -6.2, 'Europe/Dublin', true) RETURNING id`,
  )
  const categoryId = await one(
    `INSERT INTO categories (id, slug, name) VALUES (gen_random_uuid(), 'kitchen', 'Kitchen') RETURNING id`,
  )
  await client.end()
  const sku = 'MUG-SAGE'
  await adminCreateProduct({
    title: 'Stoneware mug',
    subtitle: '',
    description: '',
    brand: 'Highstreet',
    categoryId,
    taxCategory: 'standard',
    status: 'published',
    featured: false,
    options: [],
    variants: [{ sku, priceMinor: 1800, optionValues: {}, weightGrams: 300 }],
  })
  await adjustStock({ ref: newId(), sku, storeId, delta: units, kind: 'receive', reason: 'trial', actor: 'trial' })
  await db()('shipping_methods').insert({
    id: newId(),
    code: 'standard',
    name: 'Standard delivery',
    countries: ['IE'],
    currency: 'EUR',
    priceMinor: 490,
    minDays: 2,
    maxDays: 4,
  })
  await db().raw(
    `INSERT INTO tax_rates (id, country, name, rate_basis_points, included_in_price) VALUES (?, 'IE', 'VAT', 2300, true)`,
    [newId()],
  )
  const [variant] = await listVariants([sku])
  if (!variant) throw new Error('the product is not for sale')
  return variant
}

/** Fills a cart and presses the button of its review page as often as asked, all at once. Answers the cart. */
export async function order(goods: Goods, quantity: number, presses: number): Promise<string> {
  const cartId = newId()
  await db()('carts').insert({
    id: cartId,
    currency: 'EUR',
    email: 'alice@example.com',
    shippingAddress: JSON.stringify(address),
    shippingMethodCode: 'standard',
  })
  const seenPriceMinor = goods.priceMinor
  await db()('cart_items').insert({
    id: newId(),
    cartId,
    variantId: goods.id,
    sku: goods.sku,
    quantity,
    seenPriceMinor,
  })
  const quote = await quoteCart(cartId)
  const form = { cartId, userId: null, checkoutKey: newToken(), seal: sealQuote(quote.hash) }
  await Promise.allSettled(Array.from({ length: presses }, () => placeOrder(form, by())))
  return cartId
}

/** The newest order of the cart. */
export const orderOf = (cartId: string): Promise<{ id: string; number: string; status: string } | undefined> =>
  db()('orders').where({ cartId }).orderBy('id', 'desc').first('id', 'number', 'status')
