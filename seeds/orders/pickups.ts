// Where and how far seeded pickups are. Pure: the same store and times for the same plan.
import { inStoreCollectSeconds, paidCollectSeconds } from '../../storefront/app/domain/pickup/pickup-rules.ts'
import { addressAtStore, hoursText, type PickupStore } from '../../storefront/app/domain/pickup/pickup-store.ts'
import { idOf } from '../ids.ts'
import { type HoursName, hours, shops } from '../stores/data.ts'

/** What a journey says of its pickup; seconds after placing. */
export type PickupJourney = {
  city: string
  paymentMethod: 'card' | 'in_store'
  ready: number | null
  collected: number | null
}
export type PlannedPickup = {
  store: PickupStore
  paymentMethod: 'card' | 'in_store'
  readyAt: Date | null
  collectBy: Date | null
  collectedAt: Date | null
}

/** `{ '2-5': ['10:00-18:00'] }` → one row a weekday and span. */
const hoursOf = (name: HoursName) =>
  Object.entries<readonly string[]>(hours[name]).flatMap(([days, spans]) => {
    const [first = 1, last = first] = days.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((weekday) =>
      spans.map((span) => ({ weekday, opens: span.slice(0, 5), closes: span.slice(6) })),
    )
  })

function storeIn(city: string): PickupStore {
  const row = shops.find(([name]) => name === city)
  if (!row) throw new Error(`there is no shop in ${city}`)
  const [, line1, postcode, country, , , timezone, phone, hoursName, , region = null] = row
  const [slug, name] = [city.toLowerCase(), `Highstreet ${city}`]
  const address = { fullName: name, company: null, line1, line2: null, city, region, postcode, country, phone }
  return { id: idOf(`store:${slug}`), slug, name, address, phone, timezone, hoursText: hoursText(hoursOf(hoursName)) }
}

type WithPickup = { pickup: PlannedPickup | null; buyer: { name: string } }

export function planPickup(journey: PickupJourney, placedAt: Date): PlannedPickup {
  const after = (seconds: number | null) => (seconds === null ? null : new Date(placedAt.getTime() + seconds * 1000))
  const kept =
    journey.paymentMethod === 'in_store'
      ? inStoreCollectSeconds
      : journey.ready === null
        ? null
        : journey.ready + paidCollectSeconds
  return {
    store: storeIn(journey.city),
    paymentMethod: journey.paymentMethod,
    readyAt: after(journey.ready),
    collectBy: after(kept),
    collectedAt: after(journey.collected),
  }
}

/** Columns of the order that a delivery leaves as they are by default. */
export const pickupColumns = ({ pickup, buyer }: WithPickup) =>
  pickup && {
    fulfilment: 'pickup',
    pickupStore: JSON.stringify(pickup.store),
    paymentMethod: pickup.paymentMethod,
    readyAt: pickup.readyAt,
    collectBy: pickup.collectBy,
    collectedAt: pickup.collectedAt,
    shippingAddress: JSON.stringify(addressAtStore(pickup.store, buyer.name)),
  }

/** What the timeline says of a pickup beside its moves. */
export const pickupNotes = ({ pickup }: WithPickup): { word: string; message: string; at: Date }[] => [
  ...(pickup?.readyAt
    ? [{ word: 'ready', message: `Ready for pickup at ${pickup.store.name}`, at: pickup.readyAt }]
    : []),
  ...(pickup?.collectedAt ? [{ word: 'collected', message: 'Handed over in the store', at: pickup.collectedAt }] : []),
]
