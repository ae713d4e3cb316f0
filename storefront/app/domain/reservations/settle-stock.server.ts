// Tells the catalogue how a reservation ended: sold, or back on the shelf. Repeated until it has been heard; references
// make a repetition harmless.
import { commit, release } from '#app/domain/catalog/inventory.server.ts'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { log } from '#app/lib/log.server.ts'
import { StoreReservation } from './models.ts'

const longestPauseSeconds = 900

/** Tries once; what does not work is tried again by the worker. Never throws for a catalogue that is away. */
export async function settleStock(row: Pick<StoreReservation, 'id' | 'status' | 'attempts'>, by: By): Promise<boolean> {
  const query = StoreReservation.query(db()).findById(row.id)
  try {
    if (row.status === 'collected') await commit({ ref: row.id })
    else await release({ ref: row.id, reason: row.status })
    await query.patch({ stockSettledAt: by.at, nextAttemptAt: null })
    return true
  } catch (error) {
    if (!isDomainError(error)) throw error
    const pause = Math.min(longestPauseSeconds, 5 * 2 ** Math.min(row.attempts, 10))
    await query.patch({ attempts: row.attempts + 1, nextAttemptAt: addSeconds(by.at, pause) })
    log.warn({ reservationId: row.id, code: error.code }, 'the stock of a reservation could not be settled yet')
    return false
  }
}

/** Those whose time to try again has come; answers how many were settled. */
export async function settleDue(by: By): Promise<number> {
  const due = await StoreReservation.query(db())
    .whereNotNull('endedAt')
    .whereNull('stockSettledAt')
    .where('nextAttemptAt', '<=', by.at)
    .orderBy('nextAttemptAt')
    .limit(50)
  let settled = 0
  for (const row of due) if (await settleStock(row, by)) settled++
  return settled
}
