import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { couponInput } from '#app/domain/promotions/coupon-input.ts'
import { type Coupon, canonicalCode, couponLabel, lineDiscounts, whyNot } from '#app/domain/promotions/coupon-rules.ts'
import { spread } from '#app/domain/promotions/spread.ts'

const at = new Date('2026-08-03T09:00:00Z')
const coupon = (given: Partial<Coupon> = {}): Coupon => ({
  id: 'c',
  code: 'WELCOME10',
  description: '',
  kind: 'percent',
  value: 1000,
  currency: 'EUR',
  startsAt: null,
  endsAt: null,
  minimumMinor: null,
  limitTotal: null,
  limitPerCustomer: null,
  used: 0,
  active: true,
  version: 1,
  ...given,
})
const occasion = { goodsMinor: 2750, currency: 'EUR', at, usedByCustomer: 0 }
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

describe('what a coupon takes off', () => {
  test('whatever the amount and the lines, the parts are whole, add up to it and exceed no line', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000_000), { maxLength: 40 }), fc.nat(100_000_000), (weights, wish) => {
        const amount = Math.min(wish, sum(weights))
        const parts = spread(amount, weights)
        expect(sum(parts)).toBe(amount)
        for (const [index, part] of parts.entries()) {
          expect(part).toBeGreaterThanOrEqual(0)
          expect(part).toBeLessThanOrEqual(weights[index] ?? 0)
        }
      }),
    )
  })

  test('five euros over three equal lines of ten: the odd cents go to the first lines', () => {
    expect(lineDiscounts({ kind: 'fixed', value: 500 }, [1000, 1000, 1000])).toEqual([167, 167, 166])
    expect(lineDiscounts({ kind: 'fixed', value: 500 }, [100, 200])).toEqual([100, 200])
  })

  test('ten percent is rounded once a line, half a cent up, and never more than the line', () => {
    expect(lineDiscounts({ kind: 'percent', value: 1000 }, [1005, 1004, 0])).toEqual([101, 100, 0])
    expect(lineDiscounts({ kind: 'percent', value: 10_000 }, [999])).toEqual([999])
    expect(lineDiscounts({ kind: 'free_shipping', value: 0 }, [999])).toEqual([0])
  })

  test('it says what it gives', () => {
    expect(couponLabel(coupon())).toBe('10% off')
    expect(couponLabel(coupon({ kind: 'fixed', value: 550 }))).toBe('€5.50 off')
    expect(couponLabel(coupon({ kind: 'free_shipping', value: 0 }))).toBe('Free delivery')
  })
})

describe('why a coupon does not apply', () => {
  test.each([
    [{ minimumMinor: 4000 }, {}, 'WELCOME10 needs goods for €40.00: spend €12.50 more.'],
    [{ startsAt: new Date('2026-09-01T00:00:00Z') }, {}, 'WELCOME10 starts on 1 September 2026.'],
    [{ endsAt: at }, {}, 'WELCOME10 ended on 3 August 2026.'],
    [{ limitTotal: 5, used: 5 }, {}, 'WELCOME10 is used up.'],
    [{ limitPerCustomer: 1 }, { usedByCustomer: 1 }, 'WELCOME10 can be used once per customer, and you have used it.'],
    [{ limitPerCustomer: 3 }, { usedByCustomer: 3 }, 'WELCOME10 can be used 3 times per customer, and you have.'],
    [{ active: false }, {}, 'WELCOME10 is not in use any more.'],
    [{}, { currency: 'JPY' }, 'WELCOME10 is for orders in EUR.'],
  ])('%j is told in words', (given, when, words) => {
    expect(whyNot(coupon(given), { ...occasion, ...when })).toBe(words)
  })

  test('one that fits says nothing', () => {
    const given = { minimumMinor: 2750, startsAt: at, limitTotal: 2, used: 1, limitPerCustomer: 1 }
    expect(whyNot(coupon(given), occasion)).toBeNull()
  })

  test('a code is the same however it is typed', () => {
    expect(canonicalCode(' welcome 10 ')).toBe('WELCOME10')
    expect(canonicalCode('ｗｅｌｃｏｍｅ10')).toBe('WELCOME10')
  })
})

describe('the form of a coupon', () => {
  const typed = { code: 'summer-5', kind: 'fixed', value: '5,00', active: 'on' }

  test('becomes a coupon: code in capitals, amounts in cents, empty fields without a limit', () => {
    expect(couponInput.parse(typed)).toMatchObject({
      code: 'SUMMER-5',
      value: 500,
      minimumMinor: null,
      limitTotal: null,
      startsAt: null,
      active: true,
    })
    expect(couponInput.parse({ ...typed, kind: 'percent', value: '12.5', startsAt: '2026-09-01T08:00' })).toMatchObject(
      {
        value: 1250,
        startsAt: new Date('2026-09-01T08:00:00Z'),
      },
    )
  })

  test.each([
    ['code', { code: 'a' }],
    ['code', { code: 'NO WAY!' }],
    ['kind', { kind: 'half' }],
    ['value', { value: '' }],
    ['value', { value: '0' }],
    ['value', { value: '-5' }],
    ['value', { kind: 'percent', value: '100.01' }],
    ['minimum', { minimum: '0' }],
    ['minimum', { minimum: 'a lot' }],
    ['limitTotal', { limitTotal: '1.5' }],
    ['limitPerCustomer', { limitPerCustomer: '0' }],
    ['startsAt', { startsAt: 'tomorrow' }],
    ['endsAt', { startsAt: '2026-09-02T00:00', endsAt: '2026-09-01T00:00' }],
    ['description', { description: 'x'.repeat(301) }],
  ])('names %s when it is %j', (field, given) => {
    const parsed = couponInput.safeParse({ ...typed, ...given })
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })
})
