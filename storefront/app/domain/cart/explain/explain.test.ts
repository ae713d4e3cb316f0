import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recompute } from '#app/domain/cart/explain/arithmetic.ts'
import { documentOf } from '#app/domain/cart/explain/document.ts'
import { factsOf, type KeptOrder } from '#app/domain/cart/explain/order-facts.ts'
import { explainRefund } from '#app/domain/cart/explain/refund.ts'
import { explainTotal } from '#app/domain/cart/explain/total.ts'
import { sumOnPaper } from '#app/domain/cart/explain/words.ts'
import { priceGoods, priceShipping } from '#app/domain/cart/price-goods.ts'
import { addUp, type LineInput } from '#app/domain/cart/totals.ts'
import type { Coupon, CouponKind } from '#app/domain/promotions/coupon-rules.ts'
import { offer, type ShippingMethod } from '#app/domain/shipping/shipping-rules.ts'

const at = new Date('2026-08-03T09:00:00Z')
const vat = { name: 'VAT', basisPoints: 2300, included: true }
const coupon = (kind: CouponKind, value: number): Coupon => ({
  id: 'c',
  code: 'CODE',
  description: '',
  kind,
  value,
  currency: 'EUR',
  startsAt: null,
  endsAt: null,
  minimumMinor: null,
  limitTotal: null,
  limitPerCustomer: null,
  used: 0,
  active: true,
  version: 1,
})
const line = (sku: string, quantity: number, unitPriceMinor: number, tax = vat): LineInput => ({
  variantId: sku,
  productId: sku,
  productSlug: sku,
  sku,
  title: `A ${sku}`,
  variantTitle: '',
  imageSrc: null,
  quantity,
  unitPriceMinor,
  discountMinor: 0,
  tax,
})
const post: ShippingMethod = {
  code: 'post',
  name: 'Post',
  description: '',
  countries: ['IE'],
  currency: 'EUR',
  priceMinor: 490,
  includedGrams: 1000,
  pricePerKgMinor: 120,
  maxGrams: null,
  freeFromMinor: 9000,
  minDays: 1,
  maxDays: 2,
}

/** An order as checkout makes one. */
function order(lines: LineInput[], used: Coupon | null, grams = 500, tax = vat, method = post): KeptOrder {
  const wish = used && { coupon: used, usedByCustomer: 0 }
  const goods = priceGoods(lines, { code: used?.code ?? null, wish, currency: 'EUR', at })
  const offered = offer(method, { goodsMinor: goods.goodsMinor, grams })
  const priced = priceShipping(offered, goods.coupon, tax)
  return {
    currency: 'EUR',
    lines: goods.lines,
    ...addUp(goods.lines, priced.shipping),
    coupon: priced.coupon,
    shippingMethod: { name: 'Post', arithmetic: offered.arithmetic },
  }
}

const anyTax = fc.record({
  name: fc.constantFrom('VAT', 'Sales tax'),
  basisPoints: fc.integer({ min: 0, max: 10_000 }),
  included: fc.boolean(),
})
const anyLines = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.nat(1_000_000), anyTax), { minLength: 1, maxLength: 12 })
  .map((wishes) => wishes.map(([quantity, price, tax], index) => line(`S${index}`, quantity, price, tax)))
const anyCoupon = fc.option(
  fc.oneof(
    fc.integer({ min: 1, max: 10_000 }).map((value) => coupon('percent', value)),
    fc.integer({ min: 1, max: 5_000_000 }).map((value) => coupon('fixed', value)),
    fc.constant(coupon('free_shipping', 0)),
  ),
)
const anyMethod = fc
  .record({ priceMinor: fc.nat(5000), pricePerKgMinor: fc.nat(500), freeFromMinor: fc.option(fc.nat(100_000)) })
  .map((given) => ({ ...post, ...given }))
const anyOrder = fc.tuple(anyLines, anyCoupon, fc.nat(40_000), anyTax, anyMethod).map((given) => order(...given))

describe('why this total', () => {
  test('whatever the order, its explanation comes to the stored sums, and done again to the same numbers', () => {
    fc.assert(
      fc.property(anyOrder, (kept) => {
        const told = documentOf('order', kept)
        expect(told.disagreements).toEqual([])
        expect(told.explained).toEqual(told.stored)
        expect(recompute(JSON.parse(JSON.stringify(told.steps)))).toEqual([])
        for (const step of told.steps) expect(sumOnPaper(step, told.steps, 'EUR')).not.toMatch(/NaN|undefined/)
      }),
    )
  })

  test('a price, a coupon, a delivery by weight and the tax inside each have their step', () => {
    const kept = order([line('MUG', 2, 1800), line('BOWL', 1, 2500)], coupon('fixed', 500), 2300)
    const { steps } = explainTotal(factsOf(kept))
    const told = steps.map((step) => `${step.id}: ${sumOnPaper(step, steps, 'EUR')} = ${step.resultMinor}`)
    expect(told).toEqual([
      'line.1.goods: 2 × €18.00 = 3600',
      'line.2.goods: 1 × €25.00 = 2500',
      'subtotal: €36.00 + €25.00 = 6100',
      'coupon: the smaller of €5.00 and €61.00 = 500',
      'line.1.off: €5.00 × €36.00 ÷ €61.00 = 295',
      'line.1.net: €36.00 − €2.95 = 3305',
      'line.2.off: €5.00 × €25.00 ÷ €61.00 = 205',
      'line.2.net: €25.00 − €2.05 = 2295',
      'discount: €2.95 + €2.05 = 500',
      'shipping.weight: 2 × €1.20 = 240',
      'shipping.price: €4.90 + €2.40 = 730',
      'shipping:  = 730',
      'line.1.tax_inside: €33.05 − €33.05 ÷ 1.23, rounded = 618',
      'line.2.tax_inside: €22.95 − €22.95 ÷ 1.23, rounded = 429',
      'delivery.tax_inside: €7.30 − €7.30 ÷ 1.23, rounded = 137',
      'included_tax: €6.18 + €4.29 + €1.37 = 1184',
      'goods_after_discount: €61.00 − €5.00 = 5600',
      'total: €56.00 + €7.30 = 6330',
    ])
  })

  test('an order of before, without the tax of its delivery, is explained all the same', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(2300, 1900, 2000),
        fc.nat(3000),
        fc.nat(100_000),
        (basisPoints, shippingMinor, price) => {
          const tax = { ...vat, basisPoints }
          const kept = order([line('MUG', 1, price, tax)], null, 0, tax, { ...post, priceMinor: shippingMinor })
          const old = { ...kept, shippingTax: null, shippingMethod: { name: 'Post' } }
          expect(documentOf('order', old).disagreements).toEqual([])
        },
      ),
    )
  })

  test('a step that was altered is found', () => {
    const { steps } = explainTotal(factsOf(order([line('MUG', 2, 1800)], coupon('percent', 1000))))
    const forged = steps.map((step) => (step.id === 'line.1.off' ? { ...step, resultMinor: 3000 } : step))
    expect(recompute(forged)).toEqual([{ id: 'line.1.off', written: 3000, found: 360 }])
  })
})

describe('why this refund', () => {
  test('its lines, its delivery and what was agreed on top add up to the amount, with the tax in it', () => {
    const kept = order([line('MUG', 3, 1800), line('BOWL', 1, 2500)], coupon('percent', 1000))
    const amountMinor = 3240
    const paid = {
      ...kept,
      lines: kept.lines.map((each) => ({
        ...each,
        lineTotalMinor: each.quantity * each.unitPriceMinor - each.discountMinor,
      })),
      shippingTax: { included: true, taxMinor: 92 },
    }
    const told = explainRefund(paid, {
      amountMinor: amountMinor + 490 + 100,
      lines: [{ sku: 'MUG', quantity: 2, amountMinor }],
      shippingMinor: 490,
    })
    expect(told).toMatchObject({ amountMinor: 3830, currency: 'EUR' })
    expect(told.steps.map(({ id, resultMinor }) => [id, resultMinor])).toEqual([
      ['part.1.back', 3240],
      ['delivery.back', 490],
      ['rest.back', 100],
      ['total', 3830],
      ['part.1.tax', 606],
      ['delivery.tax', 92],
      ['rest.tax', 19],
      ['tax', 717],
    ])
    expect(recompute(told.steps)).toEqual([])
  })

  test('an amount without lines has its share of the order’s tax; all of it has all', () => {
    const kept = order([line('MUG', 1, 1800)], null)
    const paid = { ...kept, lines: [], shippingTax: null }
    const whole = explainRefund(paid, { amountMinor: kept.totalMinor, lines: null, shippingMinor: 0 })
    expect(whole).toMatchObject({ amountMinor: kept.totalMinor, taxMinor: kept.includedTaxMinor })
  })
})
