// Stores with their opening hours and holidays, and the warehouses.
import type { Knex } from 'knex'
import { slugOf } from '../../catalog-api/src/lib/slug.ts'
import { insertRows } from '../database.ts'
import { idOf } from '../ids.ts'
import { type HoursName, hours, type StoreRow, shops, warehouses } from './data.ts'
import { holidaysOf } from './holidays.ts'

export type SeededStore = { id: string; slug: string; country: string; isWarehouse: boolean }

const rowOf = (slug: string, name: string, row: StoreRow) => {
  const [city, line1, postcode, country, latitude, longitude, timezone, phone, , services, region] = row
  return {
    id: idOf(`store:${slug}`),
    slug,
    kind: 'shop',
    name,
    line1,
    city,
    region: region ?? null,
    postcode,
    country,
    latitude,
    longitude,
    timezone,
    phone,
    email: `${slug}@highstreet.example`,
    services: [...new Set(services.split(' ').filter(Boolean))],
    shipsOrders: false,
    allocationPriority: 100,
  }
}

/** `{ '2-5': ['10:00-18:00'] }` → a row for each weekday and span. */
function hourRows(storeId: string, name: HoursName) {
  return Object.entries<readonly string[]>(hours[name]).flatMap(([days, spans]) => {
    const [first = 1, last = first] = days.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((weekday) =>
      spans.map((span) => {
        const [opens, closes] = span.split('-')
        return { storeId, weekday, opens, closes }
      }),
    )
  })
}

/** Inserts shops (the first eight when `small`) and warehouses; answers all of them, warehouses first. */
export async function seedStores(catalog: Knex, { small }: { small: boolean }): Promise<SeededStore[]> {
  const chosen = small ? shops.slice(0, 8) : shops
  const shopRows = chosen.map((row) => ({ row, store: rowOf(slugOf(row[0]), `Highstreet ${row[0]}`, row) }))
  const houseRows = warehouses.map(({ slug, name, row, priority }) => ({
    row,
    store: {
      ...rowOf(slug, name, row),
      kind: 'warehouse',
      shipsOrders: true,
      allocationPriority: priority,
      email: 'warehouse@highstreet.example',
    },
  }))
  const rows = [...houseRows, ...shopRows]
  await insertRows(
    catalog,
    'stores',
    rows.map(({ store }) => store),
  )
  await insertRows(
    catalog,
    'store_hours',
    rows.flatMap(({ row, store }) => hourRows(store.id, row[8])),
  )
  await insertRows(
    catalog,
    'store_special_days',
    shopRows.flatMap(({ store }) => holidaysOf(store, new Date())),
  )
  return rows.map(({ store }) => ({
    id: store.id,
    slug: store.slug,
    country: store.country,
    isWarehouse: store.kind === 'warehouse',
  }))
}
