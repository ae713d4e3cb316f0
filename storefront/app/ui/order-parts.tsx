// Parts of an order that shoppers and staff both see: its status, an address, its sums.

import { countryName } from '#app/domain/identity/countries.ts'
import type { OrderStatus } from '#app/domain/orders/order-status.ts'
import { Money } from './money.tsx'
import { StatusBadge } from './parts.tsx'

const tones: Partial<Record<OrderStatus, 'good' | 'warn' | 'bad'>> = {
  awaiting_payment: 'warn',
  payment_received: 'good',
  paid: 'good',
  fulfilling: 'good',
  fulfilled: 'good',
  refund_due: 'warn',
  cancelled: 'bad',
  expired: 'bad',
}

export function OrderStatusBadge({ status, label }: { status: OrderStatus; label: string }) {
  return <StatusBadge tone={tones[status] ?? 'info'}>{label}</StatusBadge>
}

export type AddressInfo = {
  fullName: string
  company: string | null
  line1: string
  line2: string | null
  city: string
  region: string | null
  postcode: string | null
  country: string
}

export function AddressLines({ address }: { address: AddressInfo }) {
  const town = [address.postcode, address.city, address.region].filter(Boolean).join(' ')
  const lines = [address.fullName, address.company, address.line1, address.line2, town]
  return (
    <address className="not-italic">
      {lines.filter(Boolean).map((line) => (
        <span key={line} className="block">
          {line}
        </span>
      ))}
      {/* a browser may know a newer name of a country than the server */}
      <span className="block" suppressHydrationWarning>
        {countryName(address.country)}
      </span>
    </address>
  )
}

export type Sums = {
  subtotalMinor: number
  discountMinor: number
  shippingMinor: number
  taxMinor: number
  includedTaxMinor: number
  totalMinor: number
  refundedMinor?: number
  coupon?: { code: string; label: string } | null
  fulfilment?: 'delivery' | 'pickup'
}

type SumsTableProps = {
  sums: Sums
  currency: string
  shippingName?: string
  /** Stands instead of the price of delivery, before there is one. */
  shippingWords?: string
}

const shippingLabel = ({ fulfilment }: Sums, name?: string): string =>
  fulfilment === 'pickup' ? (name ?? 'Pickup') : name ? `Delivery · ${name}` : 'Delivery'
const discountName = (coupon: Sums['coupon']): string => (coupon ? `Discount · ${coupon.code}` : 'Discount')

/** The sums of an order or quote: what is printed adds up to what is printed last. */
export function SumsTable({ sums, currency, shippingName, shippingWords }: SumsTableProps) {
  const free = sums.shippingMinor === 0 ? 'Free' : undefined
  const rows: { label: string; minor: number; words?: string }[] = [
    { label: 'Goods', minor: sums.subtotalMinor },
    ...(sums.discountMinor > 0 ? [{ label: discountName(sums.coupon), minor: -sums.discountMinor }] : []),
    {
      label: shippingLabel(sums, shippingName),
      minor: sums.shippingMinor,
      words: shippingWords ?? free,
    },
    ...(sums.taxMinor > 0 ? [{ label: 'Tax', minor: sums.taxMinor }] : []),
  ]
  return (
    <dl className="nums grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5">
      {rows.map((row) => (
        <div key={row.label} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-muted">{row.label}</dt>
          <dd className="text-right">{row.words ?? <Money minor={row.minor} currency={currency} />}</dd>
        </div>
      ))}
      <div className="col-span-2 mt-1 grid grid-cols-subgrid items-baseline border-t border-line pt-2">
        <dt className="font-semibold">Total</dt>
        <dd className="text-right font-display text-xl font-semibold">
          <Money minor={sums.totalMinor} currency={currency} />
        </dd>
      </div>
      {sums.includedTaxMinor > 0 && (
        <div className="col-span-2 grid grid-cols-subgrid text-sm text-muted">
          <dt>VAT included</dt>
          <dd className="text-right">
            <Money minor={sums.includedTaxMinor} currency={currency} />
          </dd>
        </div>
      )}
      {sums.refundedMinor ? (
        <div className="col-span-2 grid grid-cols-subgrid text-good">
          <dt>Refunded</dt>
          <dd className="text-right">
            <Money minor={sums.refundedMinor} currency={currency} />
          </dd>
        </div>
      ) : null}
    </dl>
  )
}
