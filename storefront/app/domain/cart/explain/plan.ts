// Which steps a total takes, in which order: lines, discount, delivery, tax, total. Pure: facts in, planned steps out; the
// doing is arithmetic.ts.
import type { Planned } from '#app/domain/cart/explain/arithmetic.ts'
import { type AppliedCoupon, percentWords } from '#app/domain/promotions/coupon-rules.ts'
import type { ShippingArithmetic } from '#app/domain/shipping/shipping-rules.ts'
import type { TaxRule } from '#app/domain/tax/tax-rules.ts'

export type LineFacts = {
  sku: string
  title: string
  quantity: number
  unitPriceMinor: number
  /** Only believed when no coupon explains it. */
  discountMinor: number
  taxName: string
  taxBasisPoints: number
  taxIncluded: boolean
}

/** What a total is made of. */
export type TotalFacts = {
  currency: string
  lines: readonly LineFacts[]
  coupon: Pick<AppliedCoupon, 'code' | 'kind' | 'value' | 'label' | 'freeShipping'> | null
  shipping: {
    name: string
    /** Null in orders of before: then the charged price is taken as given. */
    arithmetic: ShippingArithmetic | null
    priceMinor: number
    tax: TaxRule | null
  } | null
}

/** The steps of a total. */
export function planTotal(facts: TotalFacts): Planned[] {
  const goods = facts.lines.map(
    ({ quantity, unitPriceMinor, title }, index): Planned => ({
      id: `line.${index + 1}.goods`,
      rule: 'Pieces × price',
      about: title,
      operation: 'multiply',
      operands: [quantity, unitPriceMinor],
    }),
  )
  const subtotal = sumOf('subtotal', 'Goods', 'goods')
  const discounts = planDiscounts(facts)
  const off = sumOf('discount', 'All that is taken off the goods', 'off')
  return [
    ...goods,
    subtotal,
    ...discounts,
    ...(discounts.length > 0 ? [off] : []),
    ...planShipping(facts),
    ...planTaxes(facts),
    ...planSums(facts, discounts.length > 0),
  ]
}

const sumOf = (id: string, rule: string, each: string): Planned => ({
  id,
  rule,
  about: '',
  operation: 'sum',
  operands: [{ each }],
})

function planDiscounts({ coupon, lines }: TotalFacts): Planned[] {
  const stored = lines.some(({ discountMinor }) => discountMinor > 0)
  if (!stored && (!coupon || coupon.kind === 'free_shipping')) return []
  const about = coupon ? `${coupon.code}: ${coupon.label}` : ''
  const fixed: Planned[] =
    coupon?.kind === 'fixed'
      ? [
          {
            id: 'coupon',
            rule: 'Its value, at most the goods',
            about,
            operation: 'least',
            operands: [coupon.value, { step: 'subtotal' }],
          },
        ]
      : []
  const perLine = lines.flatMap((line, index): Planned[] => {
    const [id, goods] = [`line.${index + 1}`, { step: `line.${index + 1}.goods` }]
    const net: Planned = {
      id: `${id}.net`,
      rule: 'After the discount',
      about: line.title,
      operation: 'subtract',
      operands: [goods, { step: `${id}.off` }],
    }
    return [{ id: `${id}.off`, about: line.title, ...lineDiscount(coupon, line, index) }, net]
  })
  return [...fixed, ...perLine]
}

function lineDiscount(coupon: TotalFacts['coupon'], line: LineFacts, index: number): Omit<Planned, 'id' | 'about'> {
  if (coupon?.kind === 'percent') {
    const operands = [{ step: `line.${index + 1}.goods` }]
    const rule = `${coupon.code}: ${percentWords(coupon.value)} of the line`
    return { rule, operation: 'percent', operands, rateBasisPoints: coupon.value }
  }
  if (coupon?.kind === 'fixed') {
    const operands = [{ step: 'coupon' }, index, { each: 'goods' }]
    return { rule: `${coupon.code}: this line's share`, operation: 'share', operands }
  }
  return { rule: 'Discount', operation: 'given', operands: [line.discountMinor] }
}

function planShipping({ shipping, coupon }: TotalFacts): Planned[] {
  if (!shipping) return []
  const { name: about, arithmetic, priceMinor } = shipping
  const charged = (operation: 'given' | 'subtract', operands: Planned['operands'], rule: string): Planned => ({
    id: 'shipping',
    rule,
    about,
    operation,
    operands,
  })
  if (!arithmetic) return [charged('given', [priceMinor], 'Price of the delivery')]
  const isFree = arithmetic.freeFromMinor !== null && arithmetic.goodsMinor >= arithmetic.freeFromMinor
  if (isFree) return [charged('given', [0], 'Free: the goods reach its mark')]
  const weight: Planned = {
    id: 'shipping.weight',
    rule: 'Started kilograms above what the price covers × price a kilogram',
    about,
    operation: 'multiply',
    operands: [arithmetic.chargedKg, arithmetic.perKgMinor],
  }
  const isHeavy = arithmetic.chargedKg > 0
  const price: Planned = {
    id: 'shipping.price',
    rule: 'Price of the delivery',
    about,
    operation: 'sum',
    operands: [arithmetic.baseMinor, ...(isHeavy ? [{ step: 'shipping.weight' }] : [])],
  }
  const own = [...(isHeavy ? [weight] : []), price]
  return coupon?.freeShipping
    ? [
        ...own,
        charged('subtract', [{ step: 'shipping.price' }, { step: 'shipping.price' }], `${coupon.code}: free delivery`),
      ]
    : [...own, charged('subtract', [{ step: 'shipping.price' }], 'Delivery')]
}

function planTaxes({ lines, shipping, coupon }: TotalFacts): Planned[] {
  const isReduced = planDiscounts({ lines, coupon, shipping, currency: '' }).length > 0
  const ofLines = lines.map((line, index) =>
    taxStep(`line.${index + 1}`, line.title, `line.${index + 1}.${isReduced ? 'net' : 'goods'}`, {
      name: line.taxName,
      basisPoints: line.taxBasisPoints,
      included: line.taxIncluded,
    }),
  )
  const ofShipping = shipping?.tax ? [taxStep('delivery', shipping.name, 'shipping', shipping.tax)] : []
  return [...ofLines, ...ofShipping]
}

const taxStep = (id: string, about: string, of: string, { name, basisPoints, included }: TaxRule): Planned => ({
  id: `${id}.${included ? 'tax_inside' : 'tax_on_top'}`,
  rule: `${name || 'Tax'} ${percentWords(basisPoints)}, ${included ? 'contained in the price' : 'on top of the price'}`,
  about,
  operation: included ? 'tax_inside' : 'tax_on_top',
  operands: [{ step: of }],
  rateBasisPoints: basisPoints,
})

/** Only sums of what there is: an order without tax on top says nothing of it. */
function planSums({ shipping, lines }: TotalFacts, isReduced: boolean): Planned[] {
  const taxes = [...lines.map((line) => line.taxIncluded), ...(shipping?.tax ? [shipping.tax.included] : [])]
  const goods: Planned = {
    id: 'goods_after_discount',
    rule: 'Goods less discount',
    about: '',
    operation: 'subtract',
    operands: [{ step: 'subtotal' }, { step: 'discount' }],
  }
  const parts = [
    { step: isReduced ? goods.id : 'subtotal' },
    ...(shipping ? [{ step: 'shipping' }] : []),
    ...(taxes.includes(false) ? [{ step: 'tax' }] : []),
  ]
  return [
    ...(taxes.includes(true)
      ? [sumOf('included_tax', 'Tax contained in the prices: told, not added', 'tax_inside')]
      : []),
    ...(taxes.includes(false) ? [sumOf('tax', 'Tax on top', 'tax_on_top')] : []),
    ...(isReduced ? [goods] : []),
    { id: 'total', rule: 'Total', about: '', operation: 'sum', operands: parts },
  ]
}
