import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addUp, type LineInput, priceLine, taxOf } from '#app/domain/cart/totals.ts'

const line = (given: Partial<LineInput> = {}): LineInput => ({
  variantId: 'v',
  productId: 'p',
  productSlug: 'mug',
  sku: 'MUG-SAGE',
  title: 'Mug',
  variantTitle: 'Sage',
  imageSrc: null,
  quantity: 1,
  unitPriceMinor: 1000,
  discountMinor: 0,
  tax: { name: 'VAT', basisPoints: 2300, included: true },
  ...given,
})
const shipping = { priceMinor: 490, tax: { name: 'VAT', basisPoints: 2300, included: true } }

const anyTax = fc.record({
  name: fc.constantFrom('VAT', 'Sales tax'),
  basisPoints: fc.integer({ min: 0, max: 10_000 }),
  included: fc.boolean(),
})
const anyLine = fc
  .record({
    quantity: fc.integer({ min: 1, max: 99 }),
    unitPriceMinor: fc.integer({ min: 0, max: 10_000_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    tax: anyTax,
  })
  .map(({ share, ...given }) =>
    line({ ...given, discountMinor: Math.floor(share * given.quantity * given.unitPriceMinor) }),
  )
const anyShipping = fc.option(fc.record({ priceMinor: fc.integer({ min: 0, max: 100_000 }), tax: anyTax }))

test('two mugs at €10 with €4.90 delivery cost €24.90 and contain their VAT', () => {
  const totals = addUp([priceLine(line({ quantity: 2 }))], shipping)
  expect(totals).toMatchObject({ subtotalMinor: 2000, shippingMinor: 490, totalMinor: 2490, taxMinor: 0 })
  expect(totals.includedTaxMinor).toBe(374 + 92)
  expect(totals.taxRows).toEqual([{ name: 'VAT', basisPoints: 2300, included: true, taxMinor: 466 }])
})

test('where prices are without tax it comes on top, of the delivery too', () => {
  const tax = { name: 'Sales tax', basisPoints: 825, included: false }
  const totals = addUp([priceLine(line({ quantity: 3, unitPriceMinor: 1999, tax }))], { priceMinor: 900, tax })
  expect(totals).toMatchObject({ subtotalMinor: 5997, taxMinor: 495 + 74, includedTaxMinor: 0 })
  expect(totals.totalMinor).toBe(5997 + 900 + 569)
})

test('half a cent of tax is rounded up, once for the whole line', () => {
  expect(taxOf(50, { name: 'VAT', basisPoints: 100, included: false })).toBe(1)
  expect(
    priceLine(line({ quantity: 3, unitPriceMinor: 50, tax: { name: 'VAT', basisPoints: 100, included: false } }))
      .taxMinor,
  ).toBe(2)
})

test('whatever the lines and rates, the printed lines add up to the printed total', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 30 }), anyShipping, (inputs, delivery) => {
      const lines = inputs.map(priceLine)
      const totals = addUp(lines, delivery)
      const printed = lines.reduce((sum, each) => sum + each.lineTotalMinor, 0)
      expect(printed + totals.shippingMinor + totals.taxMinor).toBe(totals.totalMinor)
      expect(totals.subtotalMinor - totals.discountMinor + totals.shippingMinor + totals.taxMinor).toBe(
        totals.totalMinor,
      )
      for (const each of lines)
        expect(each.quantity * each.unitPriceMinor - each.discountMinor).toBe(each.lineTotalMinor)
    }),
  )
})

test('whatever the lines and rates, the printed tax rows are the tax of the lines and the delivery', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 30 }), anyShipping, (inputs, delivery) => {
      const lines = inputs.map(priceLine)
      const totals = addUp(lines, delivery)
      const ofShipping = delivery ? taxOf(delivery.priceMinor, delivery.tax) : 0
      const perLine = lines.reduce((sum, each) => sum + each.taxMinor, 0)
      expect(totals.taxRows.reduce((sum, row) => sum + row.taxMinor, 0)).toBe(perLine + ofShipping)
      expect(totals.taxMinor + totals.includedTaxMinor).toBe(perLine + ofShipping)
      for (const each of lines) expect(each.taxMinor).toBeGreaterThanOrEqual(0)
      for (const each of lines.filter(({ taxIncluded }) => taxIncluded))
        expect(each.taxMinor).toBeLessThanOrEqual(each.lineTotalMinor)
    }),
  )
})

test.each([
  ['no pieces', { quantity: 0 }],
  ['a hundred pieces', { quantity: 100 }],
  ['half a piece', { quantity: 1.5 }],
  ['not a number of pieces', { quantity: Number.NaN }],
  ['a negative price', { unitPriceMinor: -1 }],
  ['a price of half a cent', { unitPriceMinor: 0.5 }],
  ['more discount than goods', { discountMinor: 1001 }],
  ['a discount below zero', { discountMinor: -1 }],
])('a line of %s is refused', (_what, given) => {
  expect(() => priceLine(line(given))).toThrow(RangeError)
})
