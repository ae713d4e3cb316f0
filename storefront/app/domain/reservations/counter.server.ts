// At the counter: the code somebody shows is looked for among a store's reservations and used, once.
import { isCollectionCode } from '#app/domain/orders/collection-code.server.ts'
import { storeTime } from '#app/domain/pickup/pickup-store.ts'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { endReservation } from './end.server.ts'
import { StoreReservation } from './models.ts'
import { toReservation } from './queries.server.ts'
import type { Reservation } from './reservation-view.ts'

/** What ended is still told apart from what never was, for a day. */
const rememberedSeconds = 24 * 3600
const mostLookedAt = 2_000

/**
 * Checks the code off and answers what was handed over: the goods are sold. The caller limits how often codes are guessed.
 * Throws validation_failed (`code`): no such code here, or used, lapsed, cancelled, each with its time.
 */
export async function collectByCode(
  { code, storeId }: { code: string; storeId: string },
  by: By,
): Promise<Reservation> {
  const rows = await StoreReservation.query(db())
    .where({ storeId })
    .where((recent) => recent.whereNull('endedAt').orWhere('endedAt', '>', addSeconds(by.at, -rememberedSeconds)))
    .whereNot({ status: 'refused' })
    .orderBy('createdAt', 'desc')
    .limit(mostLookedAt)
  // All are compared, so that the time taken tells nothing.
  const [found] = rows.filter((row) => isCollectionCode(row.id, code))
  if (!found) throw wrong('No reservation of this store has this code.')
  const done = await endReservation({ id: found.id, from: 'held', to: 'collected', endedBy: 'store' }, by)
  if (done) return toReservation(done)
  throw wrong(whyNot((await StoreReservation.query(db()).findById(found.id)) ?? found))
}

const wrong = (message: string) => new DomainError('validation_failed', message, { fields: { code: [message] } })

function whyNot({ status, store, endedAt, expiresAt }: StoreReservation): string {
  const when = storeTime(store, endedAt ?? expiresAt)
  if (status === 'collected') return `This code was used already: ${when}. Hand nothing over.`
  if (status === 'cancelled') return `This reservation was cancelled: ${when}.`
  if (status === 'placing') return 'This reservation is still being made. Try again in a moment.'
  return `This reservation lapsed: ${storeTime(store, expiresAt)}. The thing is on the shelf again.`
}
