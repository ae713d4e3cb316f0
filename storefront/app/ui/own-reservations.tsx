// What somebody reserved in stores, in short, each leading to its own page with the code.
import { Link } from '@remix-run/react'
import { type ReservationStatus, statusWords } from '#app/domain/reservations/reservation-view.ts'
import { paths } from '#app/paths.ts'
import { StatusBadge } from './parts.tsx'

export type OwnReservationInfo = {
  number: string
  status: ReservationStatus
  endedBy: 'shopper' | 'store' | 'time' | null
  title: string
  quantity: number
  storeName: string
  /** Until when it is kept, by the store's clock. */
  until: string
}

export function OwnReservations({ items }: { items: OwnReservationInfo[] }) {
  if (items.length === 0) return null
  return (
    <section aria-labelledby="reservations" className="mt-10">
      <h2 id="reservations" className="scroll-mt-28 text-xl">
        Reserved in stores
      </h2>
      <ul className="card mt-4 divide-y divide-line">
        {items.map((one) => (
          <li key={one.number} className="relative flex flex-wrap items-center justify-between gap-x-6 gap-y-1 p-5">
            <div className="min-w-0">
              <p className="font-semibold">
                {one.quantity} × {one.title}
              </p>
              <p className="text-sm text-muted">
                <Link to={paths.reservation(one.number)} className="nums after:absolute after:inset-0 hover:underline">
                  {one.number}
                </Link>
                , {one.storeName}
                {one.status === 'held' && `, until ${one.until}`}
              </p>
            </div>
            <StatusBadge tone={one.status === 'held' || one.status === 'collected' ? 'good' : 'info'}>
              {statusWords(one)}
            </StatusBadge>
          </li>
        ))}
      </ul>
    </section>
  )
}
