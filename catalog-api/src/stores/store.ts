// Stores as rows with their hours, and as the API shows them. Only this folder imports the models.
import { Model } from 'objection'
import { openState } from './open-state.ts'
import type { Store } from './schemas.ts'

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

/** A store as shoppers see it at the moment `at`. */
export function toStore(row: StoreModel, at: Date): Store {
  const hours = (row.hours ?? []).map(({ weekday, opens, closes }) => ({
    weekday,
    opens: opens.slice(0, 5),
    closes: closes.slice(0, 5),
  }))
  const { id, slug, name, line1, line2, city, region, postcode, country, latitude, longitude } = row
  const { timezone, phone, email, services } = row
  const address = { id, slug, name, line1, line2, city, region, postcode, country, latitude, longitude }
  return { ...address, timezone, phone, email, services, hours, open: openState(hours, timezone, at) }
}
