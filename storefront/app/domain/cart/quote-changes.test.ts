import { expect, test } from 'vitest'
import { changesSince, partsOf, quotePart } from '#app/domain/cart/quote-changes.ts'
import { addUp, priceLine, type Quote } from '#app/domain/cart/totals.ts'

const tax = { name: 'VAT', basisPoints: 2300, included: true }
const address = { fullName: 'Ann', company: null, line1: '1 Quay', line2: null, city: 'Cork', region: null }
type Wish = [sku: string, quantity: number, unitPriceMinor: number, discountMinor?: number]

const quote = (wishes: Wish[], shippingMinor = 490, given: Partial<Quote> = {}): Quote => {
  const lines = wishes.map(([sku, quantity, unitPriceMinor, discountMinor = 0]) =>
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
      discountMinor,
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
    shippingAddress: { ...address, postcode: null, country: 'IE', phone: null },
    billingAddress: null,
    email: 'ann@example.com',
    phone: null,
    coupon: null,
    couponProblem: null,
    couponClaim: null,
    grams: 0,
    fulfilment: 'delivery',
    pickupStore: null,
    pickupProblem: null,
    paymentMethod: 'card',
    inStoreProblem: null,
    hash: '',
    ...given,
  }
}

test('a dearer thing and delivery that is no longer free stand beside what was seen, the total last', () => {
  const seen = partsOf(quote([['MUG', 2, 2600]], 0))
  expect(changesSince(seen, quote([['MUG', 2, 2700]], 490))).toEqual([
    { what: 'A mug', before: '2 × €26.00', after: '2 × €27.00' },
    { what: 'Delivery', before: '€0.00', after: '€4.90' },
    { what: 'VAT 23%, included', before: '€9.72', after: '€11.02' },
    { what: 'Total', before: '€52.00', after: '€58.90' },
  ])
})

test('what came and what went is named', () => {
  const changes = changesSince(partsOf(quote([['MUG', 1, 1000]])), quote([['BOWL', 1, 1000]]))
  expect(changes.slice(0, 2)).toEqual([
    { what: 'A mug', before: '1 × €10.00', after: 'not in the cart' },
    { what: 'A bowl', before: 'not in the cart', after: '1 × €10.00' },
  ])
})

test('a coupon that is gone, another tax, address and way of delivery each have a row', () => {
  const coupon = { kind: 'percent', value: 1000, discountMinor: 100, freeShipping: false, shippingOffMinor: 0 } as const
  const before = quote([['MUG', 1, 1000, 100]], 490, { coupon: { ...coupon, code: 'TEN', label: '10% off' } })
  const after = quote([['MUG', 1, 1000]], 490, {
    shippingAddress: { ...address, line1: '2 Quay', postcode: null, country: 'IE', phone: null },
    taxRows: [{ name: 'VAT', basisPoints: 900, included: true, taxMinor: 123 }],
    email: 'bob@example.com',
  })
  const told = new Map(changesSince(partsOf(before), after).map(({ what, ...words }) => [what, words]))
  expect([...told.keys()]).toEqual([
    'A mug',
    'Coupon',
    'Discount',
    'VAT 23%, included',
    'Delivery address',
    'Contact',
    'VAT 9%, included',
    'Total',
  ])
  expect(told.get('Coupon')).toEqual({ before: 'TEN: 10% off', after: 'none' })
  expect(told.get('VAT 23%, included')?.after).toBe('–')
  expect(told.get('Delivery address')).toEqual({ before: 'Ann, 1 Quay, Cork, IE', after: 'Ann, 2 Quay, Cork, IE' })
})

test('when nobody can say what was seen, only today’s total is told', () => {
  expect(changesSince(null, quote([['MUG', 1, 1000]]))).toEqual([
    { what: 'Total', before: 'not known', after: '€14.90' },
  ])
})

test('a hundred long lines fit into one field of a form', () => {
  const wishes = Array.from({ length: 100 }, (_, index): Wish => [`LONG-SKU-NUMBER-${index}`, 99, 123_456, 1000])
  const long = quote(wishes, 490)
  const parts = partsOf({ ...long, lines: long.lines.map((line) => ({ ...line, title: 'x'.repeat(200) })) })
  expect(JSON.stringify(parts).length).toBeLessThan(16 * 1024)
  for (const part of parts) expect(quotePart.safeParse(part).success).toBe(true)
})
