// An order as its owner sees it, on the account's page and behind the secret link: where it stands, what is in it, what
// can be done now. Shows public things only; the page's action does the work.
import { Link } from '@remix-run/react'
import type { AfterSale } from '#app/domain/checkout/after-sale.server.ts'
import type { OrderView } from '#app/domain/orders/order-view.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Icon } from './icon.tsx'
import { Money, When } from './money.tsx'
import { OrderAgain, OrderDocuments, OrderReturns } from './order-after-sale.tsx'
import { OrderHead, OrderSteps } from './order-head.tsx'
import { CancelOrder, WhatNow } from './order-next.tsx'
import { AddressLines, SumsTable } from './order-parts.tsx'
import { OrderParcels, OrderTimeline } from './order-road.tsx'
import { PickupCard } from './pickup-card.tsx'
import { PickupPlace } from './pickup-parts.tsx'
import { Picture } from './picture.tsx'
import { WhyRefund, WhyTotal } from './why-total.tsx'

type OrderPageProps = {
  order: OrderView
  afterSale: AfterSale
  /** Of the secret link by which the visitor came; absent in the account. */
  token?: string
  problem?: FormProblem
  thanks: boolean
}

export function OrderPage({ order, afterSale, token, problem, thanks }: OrderPageProps) {
  return (
    <>
      <OrderHead order={order} thanks={thanks} />
      <OrderSteps order={order} />
      {order.pickup && <PickupCard order={order} pickup={order.pickup} problem={problem} />}
      <WhatNow order={order} problem={problem} />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_21rem]">
        <div className="grid gap-6">
          <Lines order={order} />
          <OrderParcels parcels={order.parcels} left={leftToCome(order)} />
          <OrderReturns order={order} afterSale={afterSale} token={token} problem={problem} />
          <OrderTimeline entries={order.timeline} />
        </div>
        <aside className="grid gap-6">
          <section className="card p-5" aria-label="Total">
            <SumsTable sums={order} currency={order.currency} shippingName={order.shippingMethod.name} />
            <WhyTotal order={order} download={paths.orderTotal(order.number, { token: order.token })} />
            <Refunds order={order} />
            <Card payment={order.payment} />
            <OrderDocuments number={order.number} documents={afterSale.documents} token={token} />
          </section>
          <section className="card grid gap-4 p-5">
            <div>
              <h2 className="mb-1 text-lg">{order.pickup ? 'Pickup' : 'Delivery address'}</h2>
              {order.pickup ? (
                <PickupPlace store={order.pickup.store} fullName={order.shippingAddress.fullName} />
              ) : (
                <AddressLines address={order.shippingAddress} />
              )}
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
          <OrderAgain problem={problem} />
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

/** Pieces that are in no parcel yet and will be. */
const leftToCome = ({ lines, parcels, cancelledPieces }: OrderView): number => {
  const count = (all: { quantity: number }[]) => all.reduce((sum, { quantity }) => sum + quantity, 0)
  return count(lines) - cancelledPieces - count(parcels.flatMap((parcel) => parcel.lines))
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
            <p className="nums text-right font-medium">
              <Money minor={line.lineTotalMinor} currency={order.currency} />
              {line.discountMinor > 0 && (
                <s className="block text-sm font-normal text-muted">
                  <span className="sr-only">before the discount </span>
                  <Money minor={line.lineTotalMinor + line.discountMinor} currency={order.currency} />
                </s>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Each refund with its arithmetic. */
function Refunds({ order }: { order: OrderView }) {
  if (order.refunds.length === 0) return null
  return (
    <ul className="mt-4 grid gap-3 border-t border-line pt-4">
      {order.refunds.map((refund) => (
        <li key={refund.id}>
          <p className="flex justify-between gap-4 text-good">
            <span>
              Refunded on <When date={refund.at} />
            </span>
            <Money minor={refund.amountMinor} currency={order.currency} className="nums" />
          </p>
          <WhyRefund order={order} refund={refund} />
        </li>
      ))}
    </ul>
  )
}

function Card({ payment }: { payment: OrderView['payment'] }) {
  if (payment?.tender)
    return (
      <p className="mt-4 flex items-center gap-2 border-t border-line pt-4 text-sm text-muted">
        <Icon name="store" size={18} />
        {payment.tender === 'cash' ? 'Paid in cash in the store' : 'Paid by card in the store'}
      </p>
    )
  if (!payment?.cardLast4) return null
  const brand = payment.cardBrand ? payment.cardBrand[0]?.toUpperCase() + payment.cardBrand.slice(1) : 'Card'
  return (
    <p className="mt-4 flex items-center gap-2 border-t border-line pt-4 text-sm text-muted">
      <Icon name="credit-card" size={18} />
      {brand} ending in {payment.cardLast4}
    </p>
  )
}
