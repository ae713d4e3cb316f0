// An order as its owner sees it, on the account's page and behind the secret link: where it stands, what is in it, what
// can be done now. Shows public things only; the page's action does the work.
import { Link } from '@remix-run/react'
import type { OrderView } from '#app/domain/orders/order-view.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Icon, type IconName } from './icon.tsx'
import { Money, When } from './money.tsx'
import { CancelOrder, WhatNow } from './order-next.tsx'
import { AddressLines, OrderStatusBadge, SumsTable } from './order-parts.tsx'
import { OrderParcels, OrderTimeline } from './order-road.tsx'
import { Picture } from './picture.tsx'
import { WhyTotal } from './why-total.tsx'

type OrderPageProps = { order: OrderView; problem?: FormProblem; thanks: boolean }

export function OrderPage({ order, problem, thanks }: OrderPageProps) {
  return (
    <>
      <Head order={order} thanks={thanks} />
      <Steps order={order} />
      <WhatNow order={order} problem={problem} />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_21rem]">
        <div className="grid gap-6">
          <Lines order={order} />
          <OrderParcels parcels={order.parcels} left={leftToCome(order)} />
          <OrderTimeline entries={order.timeline} />
        </div>
        <aside className="grid gap-6">
          <section className="card p-5" aria-label="Total">
            <SumsTable sums={order} currency={order.currency} shippingName={order.shippingMethod.name} />
            <WhyTotal order={order} download={paths.orderTotal(order.number, { token: order.token })} />
            <Card payment={order.payment} />
          </section>
          <section className="card grid gap-4 p-5">
            <div>
              <h2 className="mb-1 text-lg">Delivery address</h2>
              <AddressLines address={order.shippingAddress} />
            </div>
            {!isSame(order) && (
              <div>
                <h2 className="mb-1 text-lg">Billing address</h2>
                <AddressLines address={order.billingAddress} />
              </div>
            )}
            <p className="text-sm break-words text-muted">
              {order.email}
              {order.phone && ` · ${order.phone}`}
            </p>
            {order.note && <p className="border-l-2 border-line pl-3 text-sm">“{order.note}”</p>}
          </section>
          {order.can.cancel && <CancelOrder order={order} problem={problem} />}
          <p className="text-sm text-muted">
            Something not right?{' '}
            <Link to={paths.help()} className="link">
              We are happy to help
            </Link>
            .
          </p>
        </aside>
      </div>
    </>
  )
}

const isSame = ({ shippingAddress, billingAddress }: OrderView) =>
  JSON.stringify(Object.entries(shippingAddress).sort()) === JSON.stringify(Object.entries(billingAddress).sort())

/** Pieces that are in no parcel yet. */
const leftToCome = ({ lines, parcels }: OrderView): number => {
  const count = (all: { quantity: number }[]) => all.reduce((sum, { quantity }) => sum + quantity, 0)
  return count(lines) - count(parcels.flatMap((parcel) => parcel.lines))
}

function Head({ order, thanks }: { order: OrderView; thanks: boolean }) {
  const isPaid = ['payment_received', 'paid', 'fulfilling', 'fulfilled'].includes(order.status)
  return (
    <header className="mb-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-2xl">
          {thanks && isPaid ? 'Thank you for your order' : <OrderTitle number={order.number} />}
        </h1>
        <OrderStatusBadge status={order.status} label={order.statusLabel} />
      </div>
      <p className="mt-2 text-muted">
        {thanks && isPaid ? (
          <>
            Your order <strong className="nums text-ink">{order.number}</strong> is in good hands. We have sent the
            details to {order.email}.
          </>
        ) : (
          <>
            Placed on <When date={order.placedAt} />
          </>
        )}
      </p>
    </header>
  )
}

const OrderTitle = ({ number }: { number: string }) => (
  <>
    Order <span className="whitespace-nowrap">{number}</span>
  </>
)

const road: { label: string; icon: IconName; from: OrderView['status'][] }[] = [
  { label: 'Placed', icon: 'shopping-bag', from: [] },
  { label: 'Paid', icon: 'credit-card', from: ['payment_received', 'paid', 'fulfilling', 'fulfilled'] },
  { label: 'On its way', icon: 'truck', from: ['fulfilling', 'fulfilled'] },
  { label: 'Delivered', icon: 'check', from: ['fulfilled'] },
]

/** The road of an order that is going well; others say in words what became of them. */
function Steps({ order }: { order: OrderView }) {
  if (['cancelled', 'expired', 'refund_due', 'refunded'].includes(order.status)) return null
  return (
    <ol aria-label="Progress" className="mb-8 grid grid-cols-4 gap-2">
      {road.map(({ label, icon, from }, index) => {
        const done = index === 0 || from.includes(order.status)
        const look = done ? 'border-accent text-accent' : 'border-line text-muted'
        return (
          <li key={label} className={`border-t-4 pt-3 ${look}`}>
            <span className="flex flex-col items-start gap-1.5 text-sm font-medium sm:flex-row sm:items-center sm:text-base">
              <Icon name={icon} size={18} />
              {label}
              <span className="sr-only">{done ? ': done' : ': still to come'}</span>
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function Lines({ order }: { order: OrderView }) {
  return (
    <section className="card p-5" aria-labelledby="lines-title">
      <h2 id="lines-title" className="mb-2 text-lg">
        What you ordered
      </h2>
      <ul className="divide-y divide-line">
        {order.lines.map((line) => (
          <li key={line.sku} className="grid grid-cols-[4.5rem_1fr_auto] items-center gap-4 py-4">
            <Picture
              image={line.imageSrc ? { src: line.imageSrc, alt: '', width: 1200, height: 1200 } : null}
              sizes="72px"
              className="rounded-field"
            />
            <div className="min-w-0">
              <Link to={paths.product(line.productSlug, { sku: line.sku })} className="font-semibold hover:underline">
                {line.title}
              </Link>
              <p className="text-sm text-muted">{line.variantTitle}</p>
              <p className="nums text-sm text-muted">
                {line.quantity} × <Money minor={line.unitPriceMinor} currency={order.currency} />
              </p>
            </div>
            <Money minor={line.lineTotalMinor} currency={order.currency} className="nums font-medium" />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Card({ payment }: { payment: OrderView['payment'] }) {
  if (!payment?.cardLast4) return null
  const brand = payment.cardBrand ? payment.cardBrand[0]?.toUpperCase() + payment.cardBrand.slice(1) : 'Card'
  return (
    <p className="mt-4 flex items-center gap-2 border-t border-line pt-4 text-sm text-muted">
      <Icon name="credit-card" size={18} />
      {brand} ending in {payment.cardLast4}
    </p>
  )
}
