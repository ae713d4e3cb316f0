// The road of an order: its parcels with their tracking, and what happened when. Only what the shopper may see.
import type { ParcelView, TimelineEntry } from '#app/domain/orders/order-view.ts'
import { Icon, type IconName } from './icon.tsx'
import { When } from './money.tsx'
import { StatusBadge } from './parts.tsx'

export function OrderParcels({ parcels, left }: { parcels: ParcelView[]; left: number }) {
  if (parcels.length === 0) return null
  return (
    <section className="card p-5" aria-labelledby="parcels-title">
      <h2 id="parcels-title" className="mb-2 text-lg">
        {parcels.length === 1 ? 'Your parcel' : 'Your parcels'}
      </h2>
      <ul className="divide-y divide-line">
        {parcels.map((parcel) => (
          <li key={parcel.parcelNo} className="grid gap-2 py-4">
            <div className="flex flex-wrap items-center gap-3">
              <Icon name="package" className="text-accent" />
              <span className="font-semibold">
                Parcel {parcel.parcelNo}
                {parcel.carrier && ` · ${parcel.carrier}`}
              </span>
              <StatusBadge tone="good">{parcel.deliveredAt ? 'Arrived' : 'On its way'}</StatusBadge>
            </div>
            <p className="text-sm text-muted">
              {parcel.lines.map((line) => `${line.quantity} × ${line.title} ${line.variantTitle}`.trim()).join(', ')}
            </p>
            <Tracking parcel={parcel} />
          </li>
        ))}
      </ul>
      {left > 0 && (
        <p className="border-t border-line pt-4 text-sm text-muted">
          {left === 1 ? 'One more item follows' : `${left} more items follow`} in another parcel.
        </p>
      )}
    </section>
  )
}

function Tracking({ parcel }: { parcel: ParcelView }) {
  const sent = parcel.deliveredAt ?? parcel.shippedAt
  return (
    <p className="text-sm">
      {sent && (
        <>
          {parcel.deliveredAt ? 'Arrived on ' : 'Sent on '}
          <When date={sent} />
        </>
      )}
      {parcel.trackingNumber && (
        <>
          {' · Tracking number '}
          <span className="nums font-medium">{parcel.trackingNumber}</span>
        </>
      )}
      {parcel.trackingUrl && (
        <>
          {' · '}
          <a href={parcel.trackingUrl} rel="noreferrer" className="link">
            Follow parcel {parcel.parcelNo}
          </a>
        </>
      )}
    </p>
  )
}

const icons: Record<TimelineEntry['kind'], IconName> = {
  status: 'check',
  payment: 'credit-card',
  refund: 'rotate-ccw',
  parcel: 'truck',
  message: 'mail',
  note: 'info',
  webhook: 'info',
}

export function OrderTimeline({ entries }: { entries: TimelineEntry[] }) {
  return (
    <section className="card p-5" aria-labelledby="timeline-title">
      <h2 id="timeline-title" className="mb-4 text-lg">
        What happened
      </h2>
      <ol className="grid gap-4">
        {entries.map((entry) => (
          <li
            key={`${new Date(entry.at).getTime()} ${entry.kind} ${entry.message}`}
            className="grid grid-cols-[auto_1fr] gap-x-3"
          >
            <span className="mt-0.5 flex size-7 items-center justify-center rounded-full bg-accent-soft text-accent">
              <Icon name={icons[entry.kind]} size={16} />
            </span>
            <p>
              {entry.message}
              <span className="block text-sm text-muted">
                <When date={entry.at} time />
              </span>
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
