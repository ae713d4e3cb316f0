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

/** For somebody to take along: what was reserved, where, when and how it ended. Never the code or the link. */
export async function listReservationData(userId: string) {
  const rows = await StoreReservation.query(db())
    .where({ userId })
    .whereNotIn('status', ['refused', 'placing'])
    .orderBy('createdAt', 'desc')
  return rows.map(({ number, status, name, email, store, item, sku, quantity, createdAt, expiresAt, endedAt }) => ({
    ...{ number, status, name, email, store: store.name, title: item.title, sku, quantity },
    ...{ reservedAt: createdAt, keptUntil: expiresAt, endedAt },
  }))
}

/** What somebody reserved, what is kept for them now first, then the newest; twenty at most. Never the code or the link. */
export async function listReservationsOf(userId: string): Promise<Reservation[]> {
  const rows = await StoreReservation.query(db())
    .where({ userId })
    .whereNotIn('status', ['refused', 'placing'])
    .orderByRaw("status = 'held' DESC, created_at DESC")
    .limit(20)
  return rows.map(toReservation)
}

/** How many things are kept for somebody now. */
export const countHeldFor = (userId: string): Promise<number> =>
  StoreReservation.query(db()).where({ userId, status: 'held' }).resultSize()

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
