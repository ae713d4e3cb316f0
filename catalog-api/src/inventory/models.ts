// Reservations and their lines as objects; only this folder imports them.
import { Model } from 'objection'

export class ReservationModel extends Model {
  static override tableName = 'reservations'
  static override idColumn = 'ref'
  declare ref: string
  declare bodyHash: string
  declare status: 'held' | 'committed' | 'released'
  declare reason: string | null
  /** Held only at this place (pickup); null: at places that ship. */
  declare storeId: string | null
  declare expiresAt: Date
  declare committedAt: Date | null
  declare releasedAt: Date | null
}

export class ReservationLineModel extends Model {
  static override tableName = 'reservation_lines'
  static override idColumn = ['ref', 'variantId', 'storeId']
  declare ref: string
  declare variantId: string
  declare storeId: string
  declare quantity: number
}
