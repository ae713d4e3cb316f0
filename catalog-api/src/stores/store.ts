// Stores as rows with their hours, and as the API shows them. Only this folder imports the models.
import { Model } from 'objection'
import { db } from '../lib/db.ts'
import { localTime } from './local-time.ts'
import { comingStretches, openState } from './open-state.ts'
import type { SpecialDay, Store } from './schemas.ts'
import { specialDaysOf } from './special-days.ts'

export class StoreHourModel extends Model {
  static override tableName = 'store_hours'
  static override idColumn = ['storeId', 'weekday', 'opens']
  declare storeId: string
  declare weekday: number
  /** `HH:MM:SS` as Postgres writes a time */
  declare opens: string
  declare closes: string
}

export class StoreModel extends Model {
  static override tableName = 'stores'
  declare id: string
  declare slug: string
  declare kind: 'shop' | 'warehouse'
  declare name: string
  declare line1: string
  declare line2: string | null
  declare city: string
  declare region: string | null
  declare postcode: string | null
  declare country: string
  declare latitude: number
  declare longitude: number
  declare timezone: string
  declare phone: string | null
  declare email: string | null
  declare services: string[]
  declare shipsOrders: boolean
  declare allocationPriority: number
  declare status: 'open' | 'closed'
  declare version: number
  declare updatedAt: Date
  declare hours?: StoreHourModel[]

  // A Postgres array, not JSON: objection must not stringify it.
  static override jsonAttributes: string[] = []

  static override get relationMappings() {
    return {
      hours: {
        relation: Model.HasManyRelation,
        modelClass: StoreHourModel,
        join: { from: 'stores.id', to: 'store_hours.storeId' },
      },
    }
  }
}

/** Shops that shoppers may see, with their hours: two statements. */
export const visibleStores = () =>
  StoreModel.query()
    .where({ kind: 'shop', status: 'open' })
    .withGraphFetched('hours(inOrder)')
    .modifiers({ inOrder: (hours) => hours.orderBy(['weekday', 'opens']) })

/** Days with hours of their own are told so far ahead; yesterday's too, for it may still be yesterday there. */
const specialDaysAhead = 63
const dayMs = 24 * 3_600_000

/** Stores as shoppers see them at the moment `at`: one statement. */
export async function showStores(rows: readonly StoreModel[], at: Date): Promise<Store[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const special = await specialDaysOf(db(), ids, new Date(at.getTime() - dayMs), specialDaysAhead)
  return rows.map((row) => toStore(row, special.get(row.id) ?? [], at))
}

/** What never changes by the hour. */
export function storeFacts(row: StoreModel) {
  const { id, slug, name, line1, line2, city, region, postcode, country, latitude, longitude } = row
  const { timezone, phone, email, services } = row
  const address = { id, slug, name, line1, line2, city, region, postcode, country, latitude, longitude }
  const hours = (row.hours ?? []).map(({ weekday, opens, closes }) => ({
    weekday,
    opens: opens.slice(0, 5),
    closes: closes.slice(0, 5),
  }))
  return { ...address, timezone, phone, email, services, hours }
}

function toStore(row: StoreModel, days: SpecialDay[], at: Date): Store {
  const facts = storeFacts(row)
  const schedule = { ...facts, specialDays: days }
  const coming = comingStretches(schedule, at)
  const today = localTime(row.timezone, at).date
  return {
    ...facts,
    specialDays: days.filter(({ date }) => date >= today),
    open: openState(schedule, at, coming),
    today,
    coming: coming.map(({ opens, closes }) => ({ opens: opens.toISOString(), closes: closes.toISOString() })),
  }
}
