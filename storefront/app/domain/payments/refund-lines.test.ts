import fc from 'fast-check'
import { expect, test } from 'vitest'
import { priceOfPieces } from '#app/domain/payments/refund-lines.ts'

test('pieces given back one by one, or all at once, bring exactly what their line cost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), fc.nat(1_000_000), (quantity, grossMinor) => {
      let given = 0
      for (let refunded = 0; refunded < quantity; refunded++)
        given += priceOfPieces({ quantity, grossMinor, refunded, refundedMinor: given }, 1)
      expect(given).toBe(grossMinor)
      expect(priceOfPieces({ quantity, grossMinor, refunded: 0, refundedMinor: 0 }, quantity)).toBe(grossMinor)
    }),
  )
})

test('… also when the refund of one of them failed: nobody gets a cent more than was paid', () => {
  const line = { quantity: 3, grossMinor: 100 }
  const first = priceOfPieces({ ...line, refunded: 0, refundedMinor: 0 }, 1)
  const second = priceOfPieces({ ...line, refunded: 1, refundedMinor: first }, 1)
  // The first one failed: one piece is given back, for the price of the second.
  const third = priceOfPieces({ ...line, refunded: 1, refundedMinor: second }, 1)
  const last = priceOfPieces({ ...line, refunded: 2, refundedMinor: second + third }, 1)
  expect(second + third + last).toBe(100)
})
