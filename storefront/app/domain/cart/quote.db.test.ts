import '../../../test/database.ts'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { setContact, setShippingAddress, setShippingMethod } from '#app/domain/cart/delivery.server.ts'
import { addItem, setQuantity } from '#app/domain/cart/items.server.ts'
import { quoteCart } from '#app/domain/cart/quote.server.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { aVariant, startCatalogue } from '../../../test/catalogue.ts'
import { startClock } from '../../../test/clock.ts'
import { statementsOf } from '../../../test/statements.ts'

const catalogue = startCatalogue()
const now = startClock()

beforeAll(async () => {
  const method = { currency: 'EUR', description: '', minDays: 2, maxDays: 4 }
  await db()('shipping_methods').insert([
    {
      ...method,
      id: newId(),
      code: 'standard',
      name: 'Standard',
      countries: ['IE', 'DE'],
      priceMinor: 490,
      freeFromMinor: 5000,
    },
    {
      ...method,
      id: newId(),
      code: 'express',
      name: 'Express',
      countries: ['IE'],
      priceMinor: 990,
      freeFromMinor: null,
    },
    {
      ...method,
      id: newId(),
      code: 'overseas',
      name: 'Air mail',
      countries: ['US'],
      priceMinor: 1900,
      freeFromMinor: null,
    },
  ])
  const rate = { region: null, includedInPrice: true, name: 'VAT', category: 'standard' }
  await db()('tax_rates').insert([
    { ...rate, id: newId(), country: 'IE', rateBasisPoints: 2300 },
    { ...rate, id: newId(), country: 'DE', rateBasisPoints: 1900 },
    { ...rate, id: newId(), country: 'DE', category: 'books', rateBasisPoints: 700 },
    { ...rate, id: newId(), country: 'US', name: 'Sales tax', rateBasisPoints: 800, includedInPrice: false },
  ])
})

const mug = aVariant({ sku: 'MUG' })
const book = aVariant({ sku: 'BOOK', taxCategory: 'books', priceMinor: 2140 })
beforeEach(() => {
  catalogue.variants = [mug, book]
})

const address = (given: Partial<PostalAddress> = {}): PostalAddress => ({
  fullName: 'Alice Moore',
  company: null,
  line1: '1 Main Street',
  line2: null,
  city: 'Berlin',
  region: null,
  postcode: '10115',
  country: 'DE',
  phone: null,
  ...given,
})
const aCart = async () => {
  const { cartId } = await addItem({ userId: null, cartId: null, sku: 'MUG', quantity: 2 }, now())
  await addItem({ userId: null, cartId, sku: 'BOOK', quantity: 1 }, now())
  return { userId: null, cartId }
}
const deliverTo = (owner: { userId: null; cartId: string }, given: Partial<PostalAddress> = {}) =>
  setShippingAddress({ ...owner, address: address(given), billingAddress: null }, now())

test('the destination decides tax and delivery', async () => {
  const owner = await aCart()
  await setContact({ ...owner, email: ' Alice@Example.com ', phone: null }, now())
  await deliverTo(owner)
  await setShippingMethod({ ...owner, code: 'standard' }, now())
  const quote = await quoteCart(owner.cartId)
  expect(quote).toMatchObject({
    email: 'alice@example.com',
    subtotalMinor: 4540,
    shippingMinor: 490,
    taxMinor: 0,
    totalMinor: 5030,
    shippingMethod: { code: 'standard', priceMinor: 490, minDays: 2, maxDays: 4 },
  })
  expect(quote.lines.map(({ taxBasisPoints, taxMinor }) => [taxBasisPoints, taxMinor])).toEqual([
    [1900, 383],
    [700, 140],
  ])
  expect(quote.includedTaxMinor).toBe(383 + 140 + 78)
})

test('where tax comes on top it is added, of the delivery too', async () => {
  const owner = await aCart()
  await deliverTo(owner, { country: 'US', region: 'OH' })
  await setShippingMethod({ ...owner, code: 'overseas' }, now())
  const quote = await quoteCart(owner.cartId)
  expect(quote).toMatchObject({ subtotalMinor: 4540, shippingMinor: 1900, includedTaxMinor: 0 })
  expect(quote.taxMinor).toBe(192 + 171 + 152)
  expect(quote.totalMinor).toBe(4540 + 1900 + 515)
})

test('delivery becomes free from its mark on', async () => {
  const owner = await aCart()
  await deliverTo(owner)
  await setShippingMethod({ ...owner, code: 'standard' }, now())
  await setQuantity({ ...owner, sku: 'MUG', quantity: 3 }, now())
  expect(await quoteCart(owner.cartId)).toMatchObject({ subtotalMinor: 5740, shippingMinor: 0, totalMinor: 5740 })
})

test('before there is an address the quote is for the home country, without delivery', async () => {
  const owner = await aCart()
  const quote = await quoteCart(owner.cartId)
  expect(quote).toMatchObject({ shippingMethod: null, shippingAddress: null, shippingMinor: 0, totalMinor: 4540 })
  expect(quote.lines[0]?.taxBasisPoints).toBe(2300)
})

test('a way of delivery that is not offered at the new address is taken off', async () => {
  const owner = await aCart()
  await deliverTo(owner, { country: 'IE' })
  await setShippingMethod({ ...owner, code: 'express' }, now())
  await deliverTo(owner, { country: 'DE' })
  expect((await quoteCart(owner.cartId)).shippingMethod).toBeNull()
})

test('nothing is delivered to a country without a way of delivery', async () => {
  const owner = await aCart()
  await expect(deliverTo(owner, { country: 'BR' })).rejects.toMatchObject({ code: 'shipping_unavailable' })
  await deliverTo(owner)
  await expect(setShippingMethod({ ...owner, code: 'overseas' }, now())).rejects.toMatchObject({
    code: 'shipping_unavailable',
  })
})

test('the seal stays the same while nothing changes, and breaks with price, quantity, address or e-mail', async () => {
  const owner = await aCart()
  await deliverTo(owner)
  const seals = [(await quoteCart(owner.cartId)).hash]
  expect((await quoteCart(owner.cartId)).hash).toBe(seals[0])
  catalogue.variants = [{ ...mug, priceMinor: 1201 }, book]
  seals.push((await quoteCart(owner.cartId)).hash)
  await setQuantity({ ...owner, sku: 'MUG', quantity: 1 }, now())
  seals.push((await quoteCart(owner.cartId)).hash)
  await deliverTo(owner, { line1: '2 Main Street' })
  seals.push((await quoteCart(owner.cartId)).hash)
  await setContact({ ...owner, email: 'bob@example.com', phone: null }, now())
  seals.push((await quoteCart(owner.cartId)).hash)
  expect(new Set(seals).size).toBe(5)
  for (const seal of seals) expect(seal).toMatch(/^[0-9a-f]{64}$/)
})

test('more than there is cannot be quoted: each short line is named', async () => {
  const owner = await aCart()
  catalogue.variants = [{ ...mug, available: 1 }]
  await expect(quoteCart(owner.cartId)).rejects.toMatchObject({
    code: 'out_of_stock',
    message: 'Your cart asks for more than there is: only 1 left of Mug MUG, BOOK is sold out.',
    extra: {
      details: {
        shortages: [
          { sku: 'MUG', title: 'Mug MUG', requested: 2, available: 1 },
          { sku: 'BOOK', title: 'BOOK', requested: 1, available: 0 },
        ],
      },
    },
  })
})

test('a quote is never made from a copy: without the catalogue there is none', async () => {
  const owner = await aCart()
  await quoteCart(owner.cartId)
  catalogue.mode = 'down'
  await expect(quoteCart(owner.cartId)).rejects.toMatchObject({ code: 'catalog_unavailable' })
})

test('a quote costs four statements and one call, whatever it holds', async () => {
  const owner = await aCart()
  await deliverTo(owner)
  await setShippingMethod({ ...owner, code: 'standard' }, now())
  catalogue.calls = []
  expect(await statementsOf(() => quoteCart(owner.cartId))).toHaveLength(4)
  expect(catalogue.calls).toHaveLength(1)
})
