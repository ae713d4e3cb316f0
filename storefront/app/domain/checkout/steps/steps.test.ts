import '../../../../test/settings.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backoffSeconds, graceSeconds, holdSeconds, sessionSeconds } from '#app/domain/checkout/steps/constants.ts'
import { holdCoversPage, pageLines } from '#app/domain/checkout/steps/open-payment.server.ts'
import type { OrderItemRow, OrderRow } from '#app/domain/orders/work.server.ts'
import { addSeconds } from '#app/lib/clock.ts'

describe('the numbers that hold together', () => {
  test('goods are held longer than any page to pay for them lives; a page lives as long as Stripe asks at least', () => {
    expect(sessionSeconds).toBeGreaterThan(30 * 60)
    expect(holdSeconds).toBeGreaterThan(sessionSeconds + graceSeconds)
  })

  test('a page is opened only while the hold outlives it', () => {
    const at = new Date('2026-08-03T09:00:00Z')
    const by = { actor: 'system', at }
    const held = (seconds: number) => ({ holdUntil: addSeconds(at, seconds) }) as OrderRow
    expect(holdCoversPage(held(sessionSeconds + graceSeconds), by)).toBe(true)
    expect(holdCoversPage(held(sessionSeconds + graceSeconds - 1), by)).toBe(false)
    expect(holdCoversPage({ holdUntil: null } as OrderRow, by)).toBe(false)
  })

  test('tries come later and later, from two seconds to ten minutes, never all at once', () => {
    expect(backoffSeconds(0, () => 0)).toBe(2)
    expect(backoffSeconds(99, () => 0)).toBe(600)
    expect(backoffSeconds(99, () => 1)).toBe(300)
    fc.assert(
      fc.property(fc.nat(200), (attempts) => {
        const seconds = backoffSeconds(attempts)
        expect(seconds).toBeGreaterThanOrEqual(1)
        expect(seconds).toBeLessThanOrEqual(600)
      }),
    )
  })
})

describe('the lines of the payment page', () => {
  const line = fc
    .record({ quantity: fc.integer({ min: 1, max: 99 }), unitPriceMinor: fc.nat(1_000_000), off: fc.nat(100) })
    .map(({ quantity, unitPriceMinor, off }) => {
      const discountMinor = Math.floor((quantity * unitPriceMinor * off) / 100)
      const lineTotalMinor = quantity * unitPriceMinor - discountMinor
      return {
        title: 'Mug',
        variantTitle: 'Sage',
        imageSrc: null,
        quantity,
        unitPriceMinor,
        discountMinor,
        lineTotalMinor,
      }
    })

  test('add up to the order’s total to the cent, whatever was taken off', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 9 }),
        fc.nat(5000),
        fc.nat(5000),
        (items, shippingMinor, taxMinor) => {
          const order = { shippingMinor, taxMinor, shippingMethod: { name: 'Standard' } } as OrderRow
          const lines = pageLines(order, items as unknown as OrderItemRow[])
          const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
          const total = sum(items.map(({ lineTotalMinor }) => lineTotalMinor)) + shippingMinor + taxMinor
          expect(sum(lines.map(({ quantity, unitAmountMinor }) => quantity * unitAmountMinor))).toBe(total)
        },
      ),
    )
  })
})
