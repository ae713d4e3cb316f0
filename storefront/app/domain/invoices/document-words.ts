// A document in the words that its page and its PDF both print, so that they say the same to the letter. Pure.
import { countryName } from '#app/domain/geo/country-name.ts'
import type { DocumentLine, DocumentSnapshot } from '#app/domain/invoices/document.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import { formatMoney } from '#app/lib/money.ts'

export type PrintedDocument = {
  number: string
  kind: 'invoice' | 'credit_note' | 'withdrawal'
  currency: string
  issuedAt: Date
  snapshot: DocumentSnapshot
}

export type DocumentWords = {
  title: string
  number: string
  facts: { label: string; text: string }[]
  seller: string[]
  buyer: string[]
  /** Null when it is the buyer's own address. */
  deliveredTo: string[] | null
  lines: { what: string; detail: string; quantity: string; unit: string; tax: string; amount: string }[]
  sums: { label: string; text: string }[]
  total: { label: string; text: string }
  taxRows: { label: string; net: string; tax: string }[]
}

export const documentTitle = {
  invoice: 'Invoice',
  credit_note: 'Credit note',
  withdrawal: 'Withdrawal of a credit note',
} as const

const day = new Intl.DateTimeFormat('en-IE', { dateStyle: 'long', timeZone: 'UTC' })

export function documentWords({ number, kind, currency, issuedAt, snapshot }: PrintedDocument): DocumentWords {
  const money = (minor: number) => formatMoney(minor, currency)
  const { seller, buyer, deliveredTo, lines, taxRows, totals } = snapshot
  const isSame = JSON.stringify(addressLines(deliveredTo)) === JSON.stringify(addressLines(buyer.address))
  return {
    title: documentTitle[kind],
    number,
    facts: facts(kind, issuedAt, snapshot),
    seller: [seller.name, ...seller.address, ...(seller.taxId ? [`VAT number ${seller.taxId}`] : [])],
    buyer: [...addressLines(buyer.address), buyer.email],
    deliveredTo: isSame ? null : addressLines(deliveredTo),
    lines: lines.map((line) => ({
      what: line.title,
      detail: [line.variantTitle, line.key.match(/^(shipping|adjustment)$/) ? '' : line.key]
        .filter(Boolean)
        .join(' · '),
      quantity: line.quantity === null ? '' : String(line.quantity),
      unit: unitOf(line, money),
      tax: percent(line.taxBasisPoints),
      amount: money(line.amountMinor),
    })),
    sums: [
      { label: 'Goods', text: money(totals.goodsMinor) },
      ...(totals.shippingMinor > 0 ? [{ label: 'Delivery', text: money(totals.shippingMinor) }] : []),
      ...(totals.taxOnTopMinor > 0 ? [{ label: 'VAT', text: money(totals.taxOnTopMinor) }] : []),
    ],
    total: { label: totalLabel[kind], text: money(totals.totalMinor) },
    taxRows: taxRows.map((row) => ({
      label: [percent(row.basisPoints), row.name].filter(Boolean).join(' '),
      net: money(row.netMinor),
      tax: money(row.taxMinor),
    })),
  }
}

const totalLabel = { invoice: 'Total', credit_note: 'Total credited', withdrawal: 'Total no longer credited' } as const

function facts(kind: PrintedDocument['kind'], issuedAt: Date, snapshot: DocumentSnapshot): DocumentWords['facts'] {
  const { order, paidWith, corrects } = snapshot
  const rows: [label: string, text: string | null | undefined][] = [
    ['Date', day.format(issuedAt)],
    ['Order', order.number],
    ['Ordered on', day.format(new Date(order.placedAt))],
    [
      'Paid',
      kind === 'invoice'
        ? [order.paidAt && day.format(new Date(order.paidAt)), paidWith].filter(Boolean).join(', ')
        : null,
    ],
    ['Corrects', corrects && `${corrects.number} of ${day.format(new Date(corrects.issuedAt))}`],
    ['Reason', corrects?.reason],
  ]
  return rows.flatMap(([label, text]) => (text ? [{ label, text }] : []))
}

function unitOf({ unitPriceMinor, discountMinor }: DocumentLine, money: (minor: number) => string): string {
  if (unitPriceMinor === null) return ''
  return discountMinor > 0 ? `${money(unitPriceMinor)}, less ${money(discountMinor)}` : money(unitPriceMinor)
}

/** `2300` → `23%`. */
const percent = (basisPoints: number): string => `${(basisPoints / 100).toLocaleString('en-IE')}%`

function addressLines(address: PostalAddress): string[] {
  const { fullName, company, line1, line2, postcode, city, region, country } = address
  const town = [postcode, city, region].filter(Boolean).join(' ')
  return [fullName, company, line1, line2, town, countryName(country)].flatMap((line) => line || [])
}
