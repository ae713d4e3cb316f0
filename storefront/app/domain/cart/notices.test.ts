import { expect, test } from 'vitest'
import { noticesOf, sellable } from '#app/domain/cart/notices.ts'
import { aVariant } from '../../../test/catalogue.ts'

const seen = { quantity: 3, seenPriceMinor: 1200 }
const kinds = (...args: Parameters<typeof noticesOf>) => noticesOf(...args).map(({ kind }) => kind)

test('nothing is said while price and stock are as they were', () => {
  expect(noticesOf(seen, aVariant({ sku: 'A' }))).toEqual([])
})

test('a higher price is told with the old one beside it', () => {
  const [notice] = noticesOf(seen, aVariant({ sku: 'A', priceMinor: 1350 }))
  expect(notice).toEqual({ kind: 'price_up', text: 'The price went up from €12.00 to €13.50 since you added it.' })
})

test('a lower price is good news', () => {
  expect(kinds(seen, aVariant({ sku: 'A', priceMinor: 900 }))).toEqual(['price_down'])
})

test('less stock than wanted lowers the quantity and says so', () => {
  const variant = aVariant({ sku: 'A', available: 2 })
  expect(noticesOf(seen, variant)[0]?.text).toBe('Only 2 left: quantity lowered from 3.')
  expect(sellable(3, variant)).toBe(2)
})

test('what is sold out, archived or unknown will not be part of the order', () => {
  expect(kinds(seen, aVariant({ sku: 'A', available: 0 }))).toEqual(['sold_out'])
  expect(kinds(seen, aVariant({ sku: 'A', status: 'archived' }))).toEqual(['gone'])
  expect(kinds(seen, aVariant({ sku: 'A', productStatus: 'draft' }))).toEqual(['gone'])
  expect(kinds(seen, undefined)).toEqual(['gone'])
  expect(sellable(3, undefined)).toBe(0)
})
