// What staff see of one order: its goods, parcels, payments, recipient and timeline. Shows only; its verbs have forms of
// their own (admin-order-forms.tsx).
import { Link } from '@remix-run/react'
import type { StaffOrder } from '#app/domain/orders/staff-queries.server.ts'
import { eventStateLabel, eventStateTone } from '#app/domain/payments/event-states.ts'
import type { Flight } from '#app/domain/payments/flight-recorder.server.ts'
import { paymentStatusLabel } from '#app/domain/payments/payment-status.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { DeliverForm } from './admin-order-forms.tsx'
import { Money, When } from './money.tsx'
import { AddressLines } from './order-parts.tsx'
import { StatusBadge } from './parts.tsx'
import { PickupPlace } from './pickup-parts.tsx'
import { WhyRefund } from './why-total.tsx'

export function OrderGoods({ order }: { order: StaffOrder }) {
  return (
    <section className="card p-5">
      <h2 className="mb-3 text-lg">Goods</h2>
      <ul className="divide-y divide-line">
        {order.lines.map((line) => (
          <li key={line.sku} className="flex items-center gap-4 py-3">
            {line.imageSrc && (
              <img
                src={`${line.imageSrc}-320.webp`}
                alt=""
                width={56}
                height={56}
                className="size-14 rounded-lg"
                loading="lazy"
              />
            )}
            <div className="min-w-0 flex-1">
              <Link to={paths.adminProduct(line.productId)} className="font-semibold hover:underline">
                {line.title}
              </Link>
              <p className="text-sm text-muted">
                {[line.variantTitle, line.sku].filter(Boolean).join(' · ')}
                {line.leftToSend > 0 && line.leftToSend < line.quantity && ` · ${line.leftToSend} left to send`}
              </p>
            </div>
            <p className="nums text-right whitespace-nowrap">
              {line.quantity} × <Money minor={line.unitPriceMinor} currency={order.currency} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function OrderParcels({
  order,
  mayDeliver,
  problem,
}: {
  order: StaffOrder
  mayDeliver: boolean
  problem?: FormProblem
}) {
  if (order.parcels.length === 0) return null
  return (
    <section className="card p-5">
      <h2 className="mb-3 text-lg">Parcels</h2>
      <ul className="grid gap-4">
        {order.parcels.map((parcel) => (
          <li key={parcel.parcelNo} className="flex flex-wrap items-center justify-between gap-3">
            <div>
              <p className="font-semibold">
                Parcel {parcel.parcelNo} <span className="font-normal text-muted">· {parcel.status}</span>
              </p>
              <p className="text-sm text-muted">
                {[parcel.carrier, parcel.trackingNumber].filter(Boolean).join(' ') || 'Without tracking'} ·{' '}
                {parcel.lines.map((line) => `${line.quantity} × ${line.sku}`).join(', ')}
              </p>
            </div>
            {mayDeliver && parcel.status === 'shipped' && <DeliverForm parcelNo={parcel.parcelNo} problem={problem} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

export function OrderPayments({ order }: { order: StaffOrder }) {
  if (order.payments.length === 0) return null
  return (
    <section className="card p-5" id="payments">
      <h2 className="mb-3 text-lg">Payment</h2>
      <ul className="grid gap-2">
        {order.payments.map((payment) => (
          <li key={payment.attempt} className="flex flex-wrap justify-between gap-x-4">
            <span>
              {paymentStatusLabel[payment.status]}
              {payment.tender && (
                <span className="text-muted"> · {payment.tender === 'cash' ? 'cash' : 'card'} in the store</span>
              )}
              {payment.cardLast4 && (
                <span className="text-muted">
                  {' '}
                  · {payment.cardBrand} ending in {payment.cardLast4}
                </span>
              )}
              {payment.failureMessage && <span className="block text-sm text-muted">{payment.failureMessage}</span>}
            </span>
            <Money minor={payment.amountMinor} currency={order.currency} className="nums" />
          </li>
        ))}
        {order.refunds.map((refund) => (
          <li key={refund.id} className="flex flex-wrap justify-between gap-x-4">
            <span>
              Refund {refund.status}
              <span className="text-muted">
                {' '}
                · <When date={refund.createdAt} />
                {refund.reason && ` · ${refund.reason}`}
              </span>
              {refund.failureReason && <span className="block text-sm text-bad">{refund.failureReason}</span>}
            </span>
            <Money minor={-refund.amountMinor} currency={order.currency} className="nums" />
            <div className="w-full">
              <WhyRefund order={{ ...order, ...order.amounts }} refund={refund} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function OrderRecipient({ order }: { order: StaffOrder }) {
  return (
    <section className="card grid gap-3 p-5">
      <h2 className="text-lg">{order.pickup ? 'Picked up at' : 'Deliver to'}</h2>
      {order.pickup ? (
        <PickupPlace store={order.pickup.store} fullName={order.name} />
      ) : (
        <AddressLines address={order.shippingAddress} />
      )}
      <p className="text-sm break-words text-muted">
        {order.email}
        {order.phone && ` · ${order.phone}`}
        {order.isGuest && ' · guest'}
      </p>
      {order.note && <p className="border-l-2 border-line pl-3 text-sm">“{order.note}”</p>}
    </section>
  )
}

/** What happened here, and what came in from the payment provider with what became of it. */
export function OrderTimeline({ order, flights }: { order: StaffOrder; flights: Flight[] }) {
  const happened = order.timeline.filter(({ kind }) => kind !== 'webhook' || flights.length === 0)
  const entries = [
    ...happened.map((entry) => ({ at: entry.at, node: <HappenedHere entry={entry} /> })),
    ...flights.map((flight) => ({ at: flight.at, node: <CameIn flight={flight} /> })),
  ].sort((a, b) => new Date(a.at).getTime() - new Date(b.at).getTime())
  return (
    <section className="card p-5">
      <h2 className="mb-3 text-lg">What happened</h2>
      <ol className="grid gap-3 border-l-2 border-line pl-4">
        {entries.map(({ at, node }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one moment may hold the same words twice
          <li key={`${at} ${index}`}>{node}</li>
        ))}
      </ol>
    </section>
  )
}

function HappenedHere({ entry }: { entry: StaffOrder['timeline'][number] }) {
  return (
    <>
      <p>{entry.message}</p>
      <p className="text-sm text-muted">
        <When date={entry.at} time /> · {entry.actor.split(':')[0]}
        {!entry.isPublic && ' · not shown to the shopper'}
      </p>
    </>
  )
}

function CameIn({ flight }: { flight: Flight }) {
  const { at, what, state, note, eventId } = flight
  return (
    <>
      <p className="text-muted">
        {eventId ? (
          <Link to={paths.adminWebhook(eventId)} className="inline-flex min-h-6 items-center underline">
            {what}
          </Link>
        ) : (
          what
        )}{' '}
        <StatusBadge tone={eventStateTone[state]}>{eventStateLabel[state]}</StatusBadge>
      </p>
      <p className="text-sm text-muted">
        <When date={at} time />
        {note && ` · ${note}`}
      </p>
    </>
  )
}
