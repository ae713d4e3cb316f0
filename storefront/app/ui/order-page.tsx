// An order as its owner sees it, on the account's page and behind the secret link: where it stands, what is in it, what
// can be done now. Shows public things only; the page's action does the work.
import { Link } from '@remix-run/react'
import type { OrderView } from '#app/domain/orders/order-view.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { PostForm } from './form.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Money, When } from './money.tsx'
import { AddressLines, OrderStatusBadge, SumsTable } from './order-parts.tsx'
import { OrderParcels, OrderTimeline } from './order-road.tsx'
import { Notice } from './parts.tsx'
import { Picture } from './picture.tsx'

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
          <OrderParcels parcels={order.parcels} />
          <OrderTimeline entries={order.timeline} />
        </div>
        <aside className="grid gap-6">
          <section className="card p-5" aria-label="Total">
            <SumsTable sums={order} currency={order.currency} shippingName={order.shippingMethod.name} />
            <Card payment={order.payment} />
          </section>
          <section className="card grid gap-4 p-5">
            <div>
              <h2 className="mb-1 text-lg">Delivered to</h2>
              <AddressLines address={order.shippingAddress} />
            </div>
            {!isSame(order) && (
              <div>
                <h2 className="mb-1 text-lg">Billed to</h2>
                <AddressLines address={order.billingAddress} />
              </div>
            )}
            <p className="text-sm break-words text-muted">
              {order.email}
              {order.phone && ` · ${order.phone}`}
            </p>
            {order.note && <p className="border-l-2 border-line pl-3 text-sm">“{order.note}”</p>}
          </section>
          {order.can.cancel && <Cancel order={order} problem={problem} />}
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

function Head({ order, thanks }: { order: OrderView; thanks: boolean }) {
  const isPaid = ['payment_received', 'paid', 'fulfilling', 'fulfilled'].includes(order.status)
  return (
    <header className="mb-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-2xl">{thanks && isPaid ? 'Thank you for your order' : `Order ${order.number}`}</h1>
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

function WhatNow({ order, problem }: { order: OrderView; problem?: FormProblem }) {
  if (order.can.pay) return <Pay order={order} problem={problem} />
  const words = whatNow(order)
  return words ? (
    <div className="mb-8">
      <Notice kind={words.kind}>
        {words.text}{' '}
        {words.toCart && (
          <Link to={paths.cart()} className="link">
            Go to your cart
          </Link>
        )}
      </Notice>
    </div>
  ) : null
}

type Words = { kind: 'good' | 'warn' | 'info'; text: string; toCart?: boolean }

function whatNow({ status, cancelRequested }: OrderView): Words | null {
  if (status === 'expired')
    return { kind: 'warn', text: 'This order was not paid in time. Nothing was charged.', toCart: true }
  if (status === 'cancelled') return { kind: 'info', text: 'This order is cancelled. Nothing was charged.' }
  if (status === 'refund_due')
    return { kind: 'warn', text: 'This order is cancelled and your money is on its way back.' }
  if (status === 'refunded')
    return { kind: 'good', text: 'All of the money went back. Banks need up to ten days to show it.' }
  if (cancelRequested) return { kind: 'info', text: 'We are cancelling this order. This takes a moment.' }
  if (status === 'payment_received') return { kind: 'good', text: 'Your payment is here. We are preparing your order.' }
  return null
}

function Pay({ order, problem }: { order: OrderView; problem?: FormProblem }) {
  const declined = order.payment?.declined
  return (
    <section className="card mb-8 border-accent p-5 sm:p-6" aria-labelledby="pay-title">
      <PostForm problem={problem?.intent === 'pay' ? problem : undefined}>
        <div className="flex flex-wrap items-center justify-between gap-5">
          <div className="max-w-xl">
            <h2 id="pay-title" className="text-lg">
              {declined ? 'Your card was declined' : 'This order waits for your payment'}
            </h2>
            <p className="mt-1 text-muted">
              {declined ? 'Nothing was charged. You can try again, also with another card. ' : ''}
              Your things are kept for you
              {order.payment?.payableUntil && (
                <>
                  {' '}
                  until <When date={order.payment.payableUntil} time />
                </>
              )}
              . Payment continues on our payment provider’s page.
            </p>
          </div>
          <Button name="intent" value="pay">
            <Icon name="lock" size={18} />
            Pay <Money minor={order.totalMinor} currency={order.currency} />
          </Button>
        </div>
      </PostForm>
    </section>
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

/** Cancelling asks once more: a disclosure, so that it needs no script. */
function Cancel({ order, problem }: { order: OrderView; problem?: FormProblem }) {
  const isPaid = order.status === 'paid'
  return (
    <details className="card p-5" open={problem?.intent === 'cancel'}>
      <summary className="flex min-h-6 items-center gap-2 font-medium text-muted hover:text-ink">
        <Icon name="x" size={18} />
        Cancel this order
      </summary>
      <PostForm problem={problem?.intent === 'cancel' ? problem : undefined} className="mt-4 grid gap-4">
        <p className="text-sm text-muted">
          {isPaid
            ? 'Nothing has been sent yet. We give back the whole amount to the card you paid with.'
            : 'Nothing has been charged. Your things stay in your cart.'}
        </p>
        <div className="flex flex-wrap gap-3">
          <Button variant="danger" name="intent" value="cancel">
            Yes, cancel it
          </Button>
        </div>
      </PostForm>
    </details>
  )
}
