// The table store_reservations. Imported only inside this folder.
import { Model } from 'objection'
import type { PickupStore } from '#app/domain/pickup/pickup-store.ts'
import type { EndedBy, ReservationStatus, ReservedItem } from './reservation-view.ts'

export class StoreReservation extends Model {
  static override tableName = 'store_reservations'
  static override jsonAttributes = ['store', 'item']
  declare id: string
  declare number: string
  declare formKey: string | null
  declare status: ReservationStatus
  declare userId: string | null
  declare mailboxHash: Buffer
  /** 1 to 3: a person's place among the few they may have at a time. */
  declare slot: number
  /** Null once forgotten. */
  declare email: string | null
  declare name: string | null
  declare storeId: string
  declare store: PickupStore
  declare sku: string
  declare item: ReservedItem
  declare quantity: number
  declare unitPriceMinor: number
  declare currency: string
  declare expiresAt: Date
  declare createdAt: Date
  declare endedAt: Date | null
  declare endedBy: EndedBy | null
  declare reason: string | null
  declare stockSettledAt: Date | null
  declare nextAttemptAt: Date | null
  declare attempts: number
}
