import fc from 'fast-check'
import { expect, test } from 'vitest'
import { priceOfPieces } from '#app/domain/payments/refund-lines.ts'

test('pieces given back one by one, or all at once, bring exactly what their line cost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), fc.nat(1_000_000), (quantity, grossMinor) => {
      let given = 0
      for (let refunded = 0; refunded < quantity; refunded++)
        given += priceOfPieces({ quantity, grossMinor, refunded }, 1)
      expect(given).toBe(grossMinor)
      expect(priceOfPieces({ quantity, grossMinor, refunded: 0 }, quantity)).toBe(grossMinor)
    }),
  )
})
