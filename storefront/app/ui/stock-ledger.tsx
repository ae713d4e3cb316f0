// Who holds units of a SKU, and the ledger of what happened to it.
import { Link } from '@remix-run/react'
import { paths } from '#app/paths.ts'
import { ButtonLink } from './button.tsx'
import { When } from './money.tsx'

/** Order number by the id that a reference holds; a name by the id of who acted. */
type Names = Record<string, string>
type Holder = { ref: string; storeName: string; quantity: number; expiresAt: string }

/** "41 min", "3 h", "lapsing": how long a hold still lasts. */
export function timeLeft(expiresAt: string, now: number): string {
  const minutes = Math.floor((Date.parse(expiresAt) - now) / 60_000)
  if (minutes < 1) return 'lapsing'
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`
}

const bare = (ref: string) => ref.replace(/^[a-z]+:/, '')

/** The order a reference belongs to as a link; the reference itself when it is of no order we may see. */
export function OfOrder({ reference, numbers }: { reference: string; numbers: Names }) {
  const number = numbers[bare(reference)]
  if (!number) return <span className="text-sm text-muted wrap-anywhere">{reference}</span>
  return (
    <Link to={paths.adminOrder(number)} className="nums inline-flex min-h-7 items-center font-semibold hover:underline">
      {number}
    </Link>
  )
}

export function Holders({ holders, numbers, now }: { holders: Holder[]; numbers: Names; now: number }) {
  if (holders.length === 0) return null
  return (
    <section className="card mt-8 p-5" aria-labelledby="holders-title">
      <h2 id="holders-title" className="text-lg">
        Who holds some
      </h2>
      <ul className="mt-2 divide-y divide-line">
        {holders.map((holder) => (
          <li key={`${holder.ref} ${holder.storeName}`} className="flex flex-wrap items-center gap-x-6 gap-y-1 py-2">
            <OfOrder reference={holder.ref} numbers={numbers} />
            <span className="nums">{holder.quantity} held</span>
            <span className="text-muted">{holder.storeName}</span>
            <span className="nums ml-auto text-sm text-muted">{timeLeft(holder.expiresAt, now)} left</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const kinds: Record<string, string> = {
  receive: 'Came in',
  adjust: 'Counted',
  hold: 'Held',
  release: 'Given back',
  commit: 'Sold',
  commit_late: 'Sold late',
  restock: 'Returned',
}

type Movement = {
  id: string
  createdAt: string
  kind: string
  storeName: string
  deltaOnHand: number
  deltaReserved: number
  ref: string
  reason: string
  actor: string
}
type MovementsProps = {
  items: Movement[]
  numbers: Names
  names: Names
  olderHref?: string
  places: { storeId: string; name: string }[]
  chosen?: string
  placeHref: (storeId?: string) => string
}

const signed = (value: number) => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '')
const doer = (actor: string, names: Names) => names[bare(actor)] ?? actor.replace(/:.*/, '')

export function Movements({ items, numbers, names, olderHref, places, chosen, placeHref }: MovementsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone the table is moved sideways, also by the keyboard
    <section id="ledger" className="card mt-8 overflow-x-auto" aria-labelledby="ledger-title" tabIndex={0}>
      <div className="p-5 pb-0">
        <h2 id="ledger-title" className="text-lg">
          What happened
        </h2>
        {places.length > 1 && (
          <p className="mt-2 flex flex-wrap gap-x-4">
            {[{ storeId: undefined, name: 'All places' }, ...places].map((place) => (
              <Link
                key={place.name}
                to={placeHref(place.storeId)}
                aria-current={chosen === place.storeId ? 'true' : undefined}
                className="inline-flex min-h-7 items-center text-sm underline aria-[current]:font-semibold aria-[current]:no-underline"
              >
                {place.name}
              </Link>
            ))}
          </p>
        )}
      </div>
      {items.length === 0 ? (
        <p className="p-5 text-muted">Nothing yet.</p>
      ) : (
        <table className="w-full min-w-180 text-left text-sm">
          <caption className="sr-only">Movements, latest first</caption>
          <thead className="text-muted">
            <tr className="border-b border-line">
              <th className="px-5 py-3 font-medium">When</th>
              <th className="px-3 py-3 font-medium">What</th>
              <th className="px-3 py-3 text-right font-medium">On hand</th>
              <th className="px-3 py-3 text-right font-medium">Held</th>
              <th className="px-3 py-3 font-medium">Where</th>
              <th className="px-3 py-3 font-medium">By, and why</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id} className="border-b border-line align-top last:border-0">
                <td className="px-5 py-2.5 whitespace-nowrap text-muted">
                  <When date={item.createdAt} time />
                </td>
                <td className="px-3 py-2.5 whitespace-nowrap">{kinds[item.kind] ?? item.kind}</td>
                <td className="nums px-3 py-2.5 text-right">{signed(item.deltaOnHand)}</td>
                <td className="nums px-3 py-2.5 text-right text-muted">{signed(item.deltaReserved)}</td>
                <td className="px-3 py-2.5">{item.storeName}</td>
                <td className="px-3 py-2.5">
                  {doer(item.actor, names)}
                  {item.reason && <span className="text-muted">: {item.reason}</span>}{' '}
                  {numbers[bare(item.ref)] && <OfOrder reference={item.ref} numbers={numbers} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {olderHref && (
        <p className="p-5">
          <ButtonLink variant="secondary" to={olderHref}>
            Older
          </ButtonLink>
        </p>
      )}
    </section>
  )
}
