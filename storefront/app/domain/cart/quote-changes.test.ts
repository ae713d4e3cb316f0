import { expect, test } from 'vitest'
import { changesSince, seenOf, seenQuote } from '#app/domain/cart/quote-changes.ts'
import { addUp, priceLine, type Quote } from '#app/domain/cart/totals.ts'

const tax = { name: 'VAT', basisPoints: 2300, included: true }
const quote = (wishes: [sku: string, quantity: number, unitPriceMinor: number][], shippingMinor = 490): Quote => {
  const lines = wishes.map(([sku, quantity, unitPriceMinor]) =>
    priceLine({
      variantId: sku,
      productId: sku,
      productSlug: sku,
      sku,
      title: `A ${sku.toLowerCase()}`,
      variantTitle: '',
      imageSrc: null,
      quantity,
      unitPriceMinor,
      discountMinor: 0,
      tax,
    }),
  )
  return {
    cartId: 'c',
    cartVersion: 1,
    currency: 'EUR',
    lines,
    ...addUp(lines, { priceMinor: shippingMinor, tax }),
    shippingMethod: null,
    shippingAddress: null,
    billingAddress: null,
    email: null,
    phone: null,
    hash: '',
  }
}

test('a dearer thing and delivery that is no longer free stand beside what was seen, the total last', () => {
  const seen = seenOf(quote([['MUG', 2, 2600]], 0))
  expect(changesSince(seen, quote([['MUG', 2, 2700]], 490))).toEqual([
    { what: 'A mug', before: '2 × €26.00', after: '2 × €27.00' },
    { what: 'Delivery', before: '€0.00', after: '€4.90' },
    { what: 'Total', before: '€52.00', after: '€58.90' },
  ])
})

test('what came and what went is named', () => {
  const changes = changesSince(seenOf(quote([['MUG', 1, 1000]])), quote([['BOWL', 1, 1000]]))
  expect(changes.slice(0, 2)).toEqual([
    { what: 'A mug', before: '1 × €10.00', after: 'not in the cart' },
    { what: 'A bowl', before: 'not in the cart', after: '1 × €10.00' },
  ])
})

test('what the browser sends back is taken only in its shape', () => {
  expect(seenQuote.safeParse({ totalMinor: -1, shippingMinor: 0, taxMinor: 0, lines: [] }).success).toBe(false)
  expect(seenQuote.safeParse(seenOf(quote([['MUG', 1, 1000]]))).success).toBe(true)
})
