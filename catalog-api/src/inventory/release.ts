// Gives held stock back, by request or because the hold's time is over. A release that comes before its reserve
// leaves a tombstone, so that the late reserve is refused.
import type { Knex } from 'knex'
import { db, select, transaction } from '../lib/db.ts'
import { DomainError } from '../lib/errors.ts'
import { failpoint } from '../lib/failpoints.ts'
import { lockShares, move } from './levels.ts'
import { ReservationLineModel, ReservationModel } from './models.ts'
import type { Released, ReleaseInput } from './schemas.ts'

/** @throws already_committed: what is sold is not held any more; use restock */
export async function releaseReservation({ ref, reason }: ReleaseInput, actor: string): Promise<Released> {
  const released = await transaction<Released>(async (trx) => {
    const tombstone = await select(
      trx,
      `INSERT INTO reservations (ref, body_hash, status, reason, expires_at, released_at)
       VALUES (:ref, '', 'released', :reason, now(), now()) ON CONFLICT (ref) DO NOTHING RETURNING ref`,
      { ref, reason },
    )
    if (tombstone.length === 0) {
      const row = await ReservationModel.query(trx).findById(ref).forUpdate()
      if (row?.status === 'committed')
        throw new DomainError('already_committed', 'This reservation is committed; goods come back by a restock.')
      if (row?.status === 'held') await giveBack(trx, ref, reason, actor)
    }
    failpoint('release_begun')
    return { ref, status: 'released' }
  })
  failpoint('release_done')
  return released
}

/** Ends a hold whose row is locked. */
async function giveBack(trx: Knex.Transaction, ref: string, reason: string, actor: string): Promise<void> {
  const lines = await ReservationLineModel.query(trx).where({ ref })
  const shares = lines.map(({ variantId, storeId, quantity }) => ({ variantId, storeId, quantity }))
  await trx.raw(`UPDATE reservations SET status = 'released', released_at = now(), reason = ? WHERE ref = ?`, [
    reason,
    ref,
  ])
  // Last, so that a wanted row is locked only for a moment.
  await lockShares(trx, shares)
  await move(trx, 'release', shares, { ref, reason, actor })
}

/**
 * Releases holds past their end, at most `limit` (100), each in a transaction of its own; those another process
 * works on are skipped; one that cannot be released holds up no other, its error is thrown in the end.
 * @returns how many were released
 */
export async function releaseExpired(limit = 100): Promise<number> {
  const due = await select<{ ref: string }>(
    db(),
    `SELECT ref FROM reservations WHERE status = 'held' AND expires_at <= now() ORDER BY expires_at LIMIT :limit`,
    { limit },
  )
  let released = 0
  const errors: unknown[] = []
  for (const { ref } of due) {
    try {
      released += await releaseOverdue(ref)
      failpoint('expiry_done')
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
  return released
}

/** @returns 1, or 0 when the hold is no longer overdue or somebody else's work */
function releaseOverdue(ref: string): Promise<number> {
  return transaction(async (trx) => {
    const mine = await select(
      trx,
      `SELECT ref FROM reservations WHERE ref = :ref AND status = 'held' AND expires_at <= now() FOR UPDATE SKIP LOCKED`,
      { ref },
    )
    if (mine.length === 1) await giveBack(trx, ref, 'expired', 'sweeper')
    if (mine.length === 1) failpoint('expiry_begun')
    return mine.length
  })
}
