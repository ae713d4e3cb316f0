// A store as structured data (schema.org: a Store is a LocalBusiness). Pure.
import { paths } from '#app/paths.ts'
import { weekdays } from './store-card.tsx'

type Span = { opens: string; closes: string }
type StoreInfo = {
  slug: string
  name: string
  line1: string
  line2: string | null
  city: string
  region: string | null
  postcode: string | null
  country: string
  latitude: number
  longitude: number
  phone: string | null
  email: string | null
  hours: (Span & { weekday: number })[]
  specialDays: { date: string; note: string; hours: Span[] }[]
}

export function storeData(origin: string, store: StoreInfo): Record<string, unknown> {
  return {
    '@type': 'Store',
    '@id': `${origin + paths.store(store.slug)}#store`,
    name: store.name,
    url: origin + paths.store(store.slug),
    parentOrganization: { '@type': 'Organization', '@id': `${origin}/#shop`, name: 'Highstreet' },
    ...(store.phone && { telephone: store.phone }),
    ...(store.email && { email: store.email }),
    address: {
      '@type': 'PostalAddress',
      streetAddress: [store.line1, store.line2].filter(Boolean).join(', '),
      addressLocality: store.city,
      ...(store.region && { addressRegion: store.region }),
      ...(store.postcode && { postalCode: store.postcode }),
      addressCountry: store.country,
    },
    geo: { '@type': 'GeoCoordinates', latitude: store.latitude, longitude: store.longitude },
    hasMap: `https://www.openstreetmap.org/?mlat=${store.latitude}&mlon=${store.longitude}#map=17/${store.latitude}/${store.longitude}`,
    openingHoursSpecification: [
      ...store.hours.map(({ weekday, ...span }) => ({
        '@type': 'OpeningHoursSpecification',
        dayOfWeek: `https://schema.org/${weekdays[weekday - 1]}`,
        ...clocks(span),
      })),
      ...store.specialDays.flatMap(({ date, note, hours }) =>
        // Closed all day is written as open from midnight to midnight (Google's and schema.org's convention).
        (hours.length > 0 ? hours : [{ opens: '00:00', closes: '00:00' }]).map((span) => ({
          '@type': 'OpeningHoursSpecification',
          validFrom: date,
          validThrough: date,
          ...clocks(span),
          ...(note && { description: note }),
        })),
      ),
    ],
  }
}

/** A day ends at 23:59 there; 24:00 is no time of theirs. */
const clocks = ({ opens, closes }: Span): Span => ({ opens, closes: closes === '24:00' ? '23:59' : closes })
