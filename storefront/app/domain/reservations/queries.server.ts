// Reservations as their owner and the counter see them. Reads only.
import { collectionCodeFor } from '#app/domain/orders/collection-code.server.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { StoreReservation } from './models.ts'
import type { OwnReservation, Reservation } from './reservation-view.ts'
import { isReservationToken, reservationToken } from './secret-link.server.ts'

export function toReservation(row: StoreReservation): Reservation {
  const { id, number, status, name, email, store, sku, item, quantity, unitPriceMinor, currency } = row
  const { createdAt, expiresAt, endedAt, endedBy, reason } = row
  const thing = { sku, item, quantity, unitPriceMinor, totalMinor: quantity * unitPriceMinor, currency }
  return { id, number, status, name, email, store, ...thing, createdAt, expiresAt, endedAt, endedBy, reason }
}

const toOwn = (row: StoreReservation): OwnReservation => ({
  ...toReservation(row),
  code: row.status === 'held' ? collectionCodeFor(row.id) : null,
  token: reservationToken(row.id),
})

/** By its number for who has the link's token, or for its signed-in owner; null for everybody else. */
export async function findReservation(
  number: string,
  whose: { token?: string; userId?: string | null },
): Promise<OwnReservation | null> {
  const row = await StoreReservation.query(db()).findOne({ number }).whereNot({ status: 'refused' })
  if (!row) return null
  const isOwner = Boolean(whose.userId) && row.userId === whose.userId
  return isOwner || isReservationToken(row.id, whose.token ?? '') ? toOwn(row) : null
}

/** A signed-in shopper's: those that are held, and the last ten that ended. */
export async function listReservationsOf(userId: string): Promise<OwnReservation[]> {
  const rows = await StoreReservation.query(db())
    .where({ userId })
    .whereNotIn('status', ['refused', 'placing'])
    .orderBy('createdAt', 'desc')
    .limit(10)
  return rows.map(toOwn)
}

export type CounterReservation = Reservation & {
  /** Handed over, and the catalogue has not booked the sale for ten minutes: somebody should count the shelf. */
  isUnbooked: boolean
}

/** What a store keeps now, the next to lapse first, then what ended there within a day; 200 at most. */
export async function listForCounter(storeId: string, at: Date): Promise<CounterReservation[]> {
  const rows = await StoreReservation.query(db())
    .where({ storeId })
    .whereIn('status', ['held', 'collected', 'lapsed', 'cancelled'])
    .where((recent) => recent.whereNull('endedAt').orWhere('endedAt', '>', addSeconds(at, -24 * 3600)))
    .orderByRaw('ended_at IS NOT NULL, coalesce(ended_at, expires_at)')
    .limit(200)
  return rows.map((row) => ({
    ...toReservation(row),
    isUnbooked: row.status === 'collected' && !row.stockSettledAt && (row.endedAt ?? at) < addSeconds(at, -600),
  }))
}

/** How many each store keeps now, by store id. */
export async function countHeld(): Promise<Record<string, number>> {
  const rows = await StoreReservation.query(db())
    .where({ status: 'held' })
    .groupBy('storeId')
    .select('storeId')
    .count('* as held')
  return Object.fromEntries(rows.map((row) => [row.storeId, Number((row as unknown as { held: number }).held)]))
}
