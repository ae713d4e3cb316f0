// What is bought together, counted from orders as they are.
import '../../../../test/database.ts'
import { expect, test } from 'vitest'
import { db } from '#app/lib/db.server.ts'
import { newId, newToken } from '#app/lib/ids.ts'
import { boughtTogether, countBoughtTogether } from './bought-together.server.ts'

const [mug, pot, spoon, lamp, rug] = [newId(), newId(), newId(), newId(), newId()] as const
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

/** An order of these products as it stands now. */
async function anOrder(products: string[], { status = 'paid', paidAt = daysAgo(3) as Date | null } = {}) {
  const [cartId, orderId] = [newId(), newId()]
  await db()('carts').insert({ id: cartId, currency: 'EUR', status: 'ordered' })
  const amounts = { subtotalMinor: 0, shippingMinor: 0, taxMinor: 0, includedTaxMinor: 0, totalMinor: 0 }
  const words = {
    number: `HS-${newToken().slice(0, 8)}`,
    checkoutKey: newToken(),
    email: 'a@example.com',
    quoteHash: 'h',
  }
  await db()('orders').insert({
    ...amounts,
    ...words,
    id: orderId,
    cartId,
    currency: 'EUR',
    status,
    paidAt,
    shippingAddress: '{}',
    billingAddress: '{}',
    shippingMethod: '{}',
    accessTokenHash: Buffer.alloc(32),
  })
  for (const [position, productId] of products.entries())
    await db()('order_items').insert({
      id: newId(),
      orderId,
      position,
      variantId: newId(),
      productId,
      productSlug: 'x',
      sku: `X-${position}`,
      title: 'X',
      variantTitle: '',
      quantity: 1,
      unitPriceMinor: 0,
      lineTotalMinor: 0,
      taxBasisPoints: 0,
      taxMinor: 0,
      taxIncluded: true,
    })
}
const age = () => db().raw(`UPDATE bought_together SET computed_at = computed_at - interval '2 hours'`)

test('products that several paid orders hold are shown with each other, most often first; once is not enough', async () => {
  for (let n = 0; n < 3; n++) await anOrder([mug, pot])
  await anOrder([mug, pot, spoon])
  await anOrder([mug, mug, spoon], { status: 'fulfilled' })
  await anOrder([mug, lamp])
  for (let n = 0; n < 2; n++) await anOrder([mug, rug], { status: 'refunded' })
  for (let n = 0; n < 2; n++) await anOrder([mug, rug], { status: 'awaiting_payment', paidAt: null })
  for (let n = 0; n < 2; n++) await anOrder([mug, rug], { paidAt: daysAgo(400) })
  await countBoughtTogether()
  expect(await boughtTogether(mug, 4)).toEqual([pot, spoon])
  expect(await boughtTogether(mug, 1)).toEqual([pot])
  expect(await boughtTogether(pot, 4)).toEqual([mug])
  expect(await boughtTogether(lamp, 4)).toEqual([])
  expect(await db()('bought_together').where({ productId: mug, otherProductId: pot }).first('orders')).toEqual({
    orders: 4,
  })
})

test('it is counted once an hour whoever asks, two at a time count once, and what no longer holds goes', async () => {
  await anOrder([lamp, rug])
  await anOrder([lamp, rug])
  await countBoughtTogether()
  expect(await boughtTogether(lamp, 4)).toEqual([])
  await age()
  await Promise.all([countBoughtTogether(), countBoughtTogether()])
  expect(await boughtTogether(lamp, 4)).toEqual([rug])
  await db()('orders').update({ paidAt: daysAgo(500) })
  await age()
  await countBoughtTogether()
  expect(await db()('bought_together').select()).toEqual([])
})

test('an order of very many things tells nothing', async () => {
  const many = Array.from({ length: 31 }, newId)
  await anOrder(many)
  await anOrder(many)
  await countBoughtTogether()
  expect(await boughtTogether(many[0] ?? '', 4)).toEqual([])
})
