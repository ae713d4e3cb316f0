// What an invoice says, worked out from the frozen rows of an order: lines, tax rows and totals that add up to the cent.
// Pure; integers in minor units only. It never refuses an order: what was paid gets its invoice.
import type { PostalAddress } from '#app/domain/outbox/events.ts'

export type DocumentLine = {
  /** The SKU, `shipping`, or `adjustment`: what a later credit note credits. */
  key: string
  title: string
  variantTitle: string
  quantity: number | null
  unitPriceMinor: number | null
  discountMinor: number
  /** As printed: with the tax when it is included in prices, without when it comes on top. */
  amountMinor: number
  taxName: string
  taxBasisPoints: number
  taxIncluded: boolean
  taxMinor: number
}

export type TaxRow = { name: string; basisPoints: number; netMinor: number; taxMinor: number }

export type Seller = { name: string; address: string[]; taxId: string | null }

/** A document as it was issued, frozen: nothing it says is ever looked up again. Dates are ISO 8601. */
export type DocumentSnapshot = {
  version: 1
  seller: Seller
  buyer: { address: PostalAddress; email: string }
  deliveredTo: PostalAddress
  order: { number: string; placedAt: string; paidAt: string | null }
  /** `Visa ending in 4242`; null when nothing was paid. */
  paidWith: string | null
  /** The document that this one corrects, and why; null for an invoice. */
  corrects: { number: string; issuedAt: string; reason: string } | null
  lines: DocumentLine[]
  taxRows: TaxRow[]
  totals: { goodsMinor: number; shippingMinor: number; taxOnTopMinor: number; totalMinor: number }
}

export type BilledItem = {
  sku: string
  title: string
  variantTitle: string
  quantity: number
  unitPriceMinor: number
  discountMinor: number
  lineTotalMinor: number
  taxName: string
  taxBasisPoints: number
  taxMinor: number
  taxIncluded: boolean
}

export type BilledOrder = {
  shippingMinor: number
  taxMinor: number
  includedTaxMinor: number
  totalMinor: number
  shippingMethod: { name: string }
  shippingTax: { name: string; basisPoints: number; included: boolean; taxMinor: number } | null
}

/** What a line costs with its tax. */
export const grossOf = (line: Pick<DocumentLine, 'amountMinor' | 'taxIncluded' | 'taxMinor'>): number =>
  line.amountMinor + (line.taxIncluded ? 0 : line.taxMinor)

/** The lines of an order's invoice: its goods, its delivery when that costs something. They add up to its total. */
export function invoiceLines(order: BilledOrder, items: readonly BilledItem[]): DocumentLine[] {
  const goods = items.map(lineOf)
  const lines = order.shippingMinor > 0 ? [...goods, deliveryOf(order, items)] : goods
  const missing = order.totalMinor - sum(lines.map(grossOf))
  return missing === 0 ? lines : [...lines, adjustment(missing)]
}

const lineOf = (item: BilledItem): DocumentLine => ({
  key: item.sku,
  title: item.title,
  variantTitle: item.variantTitle,
  quantity: item.quantity,
  unitPriceMinor: item.unitPriceMinor,
  discountMinor: item.discountMinor,
  amountMinor: item.lineTotalMinor,
  taxName: item.taxName || 'VAT',
  taxBasisPoints: item.taxBasisPoints,
  taxIncluded: item.taxIncluded,
  taxMinor: item.taxMinor,
})

/** Orders of before did not keep the tax of their delivery: it is what the order's tax has beyond its goods'. */
function deliveryOf(order: BilledOrder, items: readonly BilledItem[]): DocumentLine {
  const first = items[0]
  const included = order.shippingTax?.included ?? first?.taxIncluded ?? true
  const all = included ? order.includedTaxMinor : order.taxMinor
  const ofGoods = sum(items.filter(({ taxIncluded }) => taxIncluded === included).map(({ taxMinor }) => taxMinor))
  const taxMinor = order.shippingTax?.taxMinor ?? Math.max(0, all - ofGoods)
  const basisPoints = taxMinor > 0 ? Math.max(0, ...items.map(({ taxBasisPoints }) => taxBasisPoints)) : 0
  return {
    key: 'shipping',
    title: order.shippingMethod.name,
    variantTitle: '',
    quantity: null,
    unitPriceMinor: null,
    discountMinor: 0,
    amountMinor: order.shippingMinor,
    taxName: order.shippingTax?.name || 'VAT',
    taxBasisPoints: order.shippingTax?.basisPoints ?? basisPoints,
    taxIncluded: included,
    taxMinor,
  }
}

/** What belongs to no line, without tax. */
export const adjustment = (amountMinor: number): DocumentLine => ({
  key: 'adjustment',
  title: 'Adjustment',
  variantTitle: '',
  quantity: null,
  unitPriceMinor: null,
  discountMinor: 0,
  amountMinor,
  taxName: '',
  taxBasisPoints: 0,
  taxIncluded: true,
  taxMinor: 0,
})

/** One row for each tax that the lines name, highest first: net, tax; their sum is the total. */
export function taxRowsOf(lines: readonly DocumentLine[]): TaxRow[] {
  const rows = new Map<string, TaxRow>()
  for (const line of lines) {
    const key = `${line.taxBasisPoints} ${line.taxName}`
    const row = rows.get(key) ?? { name: line.taxName, basisPoints: line.taxBasisPoints, netMinor: 0, taxMinor: 0 }
    rows.set(key, {
      ...row,
      netMinor: row.netMinor + grossOf(line) - line.taxMinor,
      taxMinor: row.taxMinor + line.taxMinor,
    })
  }
  return [...rows.values()].sort((one, other) => other.basisPoints - one.basisPoints)
}

export function totalsOf(lines: readonly DocumentLine[]): DocumentSnapshot['totals'] {
  const shipping = lines.filter(({ key }) => key === 'shipping')
  const shippingMinor = sum(shipping.map(({ amountMinor }) => amountMinor))
  const totalMinor = sum(lines.map(grossOf))
  return {
    goodsMinor: sum(lines.map(({ amountMinor }) => amountMinor)) - shippingMinor,
    shippingMinor,
    taxOnTopMinor: sum(lines.filter(({ taxIncluded }) => !taxIncluded).map(({ taxMinor }) => taxMinor)),
    totalMinor,
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
