// A reservation for whoever made it: what, where, until when, the code while it is good, and a button to let it go.
import type { PickupStore } from '#app/domain/pickup/pickup-store.ts'
import { type ReservationStatus, statusWords } from '#app/domain/reservations/reservation-view.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { formatMoney } from '#app/lib/money.ts'
import { Button } from './button.tsx'
import { PostForm } from './form.tsx'
import { Notice, PageTitle, StatusBadge } from './parts.tsx'

type Shown = {
  number: string
  status: ReservationStatus
  store: Pick<PickupStore, 'name' | 'address' | 'phone' | 'hoursText'>
  sku: string
  item: { title: string; variantTitle: string; imageSrc: string | null }
  quantity: number
  totalMinor: number
  currency: string
  endedBy: 'shopper' | 'store' | 'time' | null
  reason: string | null
  code: string | null
}
type Times = { until: string; ended: string | null }
type Props = { reservation: Shown; times: Times; problem?: FormProblem }

const tones = { held: 'good', collected: 'good', placing: 'info' } as const

export function ReservationCard({ reservation, times, problem }: Props) {
  const { number, status, store, item, quantity, code } = reservation
  const total = formatMoney(reservation.totalMinor, reservation.currency)
  const tone = status in tones ? tones[status as keyof typeof tones] : 'info'
  return (
    <>
      <PageTitle title={`Reservation ${number}`}>
        <StatusBadge tone={tone}>{statusWords(reservation)}</StatusBadge>
      </PageTitle>
      <section className="card grid gap-6 p-5 sm:p-6">
        <div className="flex flex-wrap items-start justify-between gap-6">
          <div className="flex min-w-0 gap-4">
            {item.imageSrc && (
              <img
                src={`${item.imageSrc}-320.webp`}
                alt=""
                width={96}
                height={96}
                className="size-24 rounded-card object-cover"
              />
            )}
            <div>
              <h2 className="text-xl">{item.title}</h2>
              <p className="text-muted">{item.variantTitle}</p>
              <p className="mt-1">
                {quantity === 1 ? 'One piece' : `${quantity} pieces`}, {total}
              </p>
            </div>
          </div>
          {code && (
            <p className="rounded-card bg-accent-soft px-6 py-4 text-center">
              <span className="block text-sm text-muted">Your code</span>
              <strong className="nums block text-2xl tracking-widest whitespace-nowrap">{code}</strong>
            </p>
          )}
        </div>
        <State reservation={reservation} times={times} total={total} />
        <Where store={store} />
        {status === 'held' && (
          <PostForm problem={problem} className="border-t border-line pt-5">
            <Button variant="secondary" name="intent" value="cancel">
              Let it go
            </Button>
          </PostForm>
        )}
      </section>
    </>
  )
}

function State({ reservation, times, total }: { reservation: Shown; times: Times; total: string }) {
  const { status, store, endedBy, reason } = reservation
  if (status === 'held')
    return (
      <p>
        {store.name} keeps it for you until <strong>{times.until}</strong>, the time there. Show the code at the counter
        and pay {total}, in cash or by card.
      </p>
    )
  if (status === 'placing') return <Notice>It is being reserved. Load this page again in a moment.</Notice>
  if (status === 'collected') return <p>Handed over and paid in the store: {times.ended}.</p>
  if (status === 'lapsed')
    return <Notice>Its time was over: {times.until}. It is on the shelf again, and there is nothing to pay.</Notice>
  if (endedBy === 'store')
    return (
      <Notice kind="warn">
        The store cannot keep it, we are sorry{reason ? `: ${reason}` : '.'} There is nothing to pay.
      </Notice>
    )
  return <Notice>You let it go: {times.ended}. There is nothing to pay.</Notice>
}

function Where({ store }: { store: Shown['store'] }) {
  const { line1, postcode, city } = store.address
  return (
    <div className="grid gap-6 border-t border-line pt-5 sm:grid-cols-2">
      <section>
        <h3 className="text-sm font-semibold">Where</h3>
        <address className="mt-1 text-muted not-italic">
          {store.name}
          <br />
          {line1}
          <br />
          {[postcode, city].filter(Boolean).join(' ')}
          {store.phone && (
            <>
              <br />
              {store.phone}
            </>
          )}
        </address>
      </section>
      {store.hoursText && (
        <section>
          <h3 className="text-sm font-semibold">Opening hours</h3>
          <ul className="mt-1 text-muted">
            {store.hoursText.split('\n').map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
