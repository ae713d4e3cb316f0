// A store's own facts: its address with the way there, its hours of every week, and the days that are different.
import { dateWords, specialHours } from '#app/domain/pickup/pickup-store.ts'
import { weekdays } from './store-card.tsx'
import { Directions } from './store-list.tsx'

type AddressInfo = {
  name: string
  line1: string
  line2: string | null
  city: string
  region: string | null
  postcode: string | null
  countryName: string
  phone: string | null
  email: string | null
  latitude: number
  longitude: number
}

export function StoreAddress({ store }: { store: AddressInfo }) {
  const town = [store.postcode, store.city].filter(Boolean).join(' ')
  const lines = [store.line1, store.line2, town, store.region, store.countryName].filter(Boolean)
  return (
    <section>
      <h2 className="text-xl">Address</h2>
      <address className="mt-3 not-italic">
        {lines.map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
        {store.phone && (
          <a href={`tel:${store.phone.replace(/[^+\d]/g, '')}`} className="link mt-3 block w-fit">
            {store.phone}
          </a>
        )}
        {store.email && (
          <a href={`mailto:${store.email}`} className="link mt-1 block w-fit wrap-anywhere">
            {store.email}
          </a>
        )}
      </address>
      <p className="mt-1">
        <Directions store={store} />
      </p>
    </section>
  )
}

export function StoreServices({ services }: { services: string[] }) {
  return (
    <section>
      <h2 className="text-xl">What we offer here</h2>
      <ul className="mt-3 flex flex-wrap gap-2">
        {services.map((service) => (
          <li key={service} className="rounded-full bg-accent-soft px-3.5 py-1.5 text-sm text-accent-strong">
            {service}
          </li>
        ))}
      </ul>
    </section>
  )
}

type Span = { opens: string; closes: string }
type HoursInfo = {
  hours: (Span & { weekday: number })[]
  specialDays: { date: string; note: string; hours: Span[] }[]
  /** Its own date now. */
  today: string
  timezone: string
}

export function StoreHours({ store }: { store: HoursInfo }) {
  const { today, specialDays } = store
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay() || 7
  const special = specialDays.find(({ date }) => date === today)
  return (
    <section>
      <h2 className="text-xl">Opening hours</h2>
      <table className="mt-3 -ml-2 w-full max-w-80 text-left">
        <tbody>
          {weekdays.map((day, index) => {
            const isToday = index + 1 === weekday
            const spans = isToday && special ? special.hours : store.hours.filter((one) => one.weekday === index + 1)
            return (
              <tr
                key={day}
                className={isToday ? 'bg-accent-soft font-semibold' : ''}
                aria-current={isToday ? 'date' : undefined}
              >
                <th scope="row" className={`rounded-l-lg py-1 pr-4 pl-2 ${isToday ? 'font-semibold' : 'font-normal'}`}>
                  {day}
                  {isToday && <span className="sr-only"> (today)</span>}
                </th>
                <td className={`rounded-r-lg py-1 pr-2 text-right ${spans.length === 0 ? 'text-muted' : ''}`}>
                  {spans.length === 0 ? 'Closed' : spans.map(({ opens, closes }) => `${opens} – ${closes}`).join(', ')}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {specialDays.length > 0 && (
        <>
          <h3 className="mt-5 text-sm font-semibold">Different on these days</h3>
          <ul className="mt-1 text-sm">
            {specialDays.map((day) => (
              <li key={day.date} className="py-0.5">
                <time dateTime={day.date}>{dateWords(day.date)}</time>: {specialHours(day)}
                {day.note && <span className="text-muted"> ({day.note})</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="mt-2 text-sm text-muted">Local time ({store.timezone.replace(/_/g, ' ')}).</p>
    </section>
  )
}
