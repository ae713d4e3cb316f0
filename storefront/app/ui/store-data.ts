// A store as structured data (schema.org). Pure.
import { paths } from '#app/paths.ts'
import { weekdays } from './store-card.tsx'

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
  hours: { weekday: number; opens: string; closes: string }[]
}

export function storeData(origin: string, store: StoreInfo): Record<string, unknown> {
  return {
    '@type': 'Store',
    name: store.name,
    url: origin + paths.store(store.slug),
    parentOrganization: { '@type': 'Organization', '@id': `${origin}/#shop`, name: 'Highstreet' },
    ...(store.phone && { telephone: store.phone }),
    address: {
      '@type': 'PostalAddress',
      streetAddress: [store.line1, store.line2].filter(Boolean).join(', '),
      addressLocality: store.city,
      ...(store.region && { addressRegion: store.region }),
      ...(store.postcode && { postalCode: store.postcode }),
      addressCountry: store.country,
    },
    geo: { '@type': 'GeoCoordinates', latitude: store.latitude, longitude: store.longitude },
    openingHoursSpecification: store.hours.map(({ weekday, opens, closes }) => ({
      '@type': 'OpeningHoursSpecification',
      dayOfWeek: `https://schema.org/${weekdays[weekday - 1]}`,
      opens,
      closes,
    })),
  }
}
