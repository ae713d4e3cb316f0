// What ends by itself: reservations whose time is over, those that died while they were made, and the names of people who
// reserved something long ago. Run every half minute; running twice, or in two processes, changes nothing.
import { addSeconds, type By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { endReservation } from './end.server.ts'
import { StoreReservation } from './models.ts'
import { settleDue } from './settle-stock.server.ts'

/** Whoever was making it has come to an end by then. */
const placingSeconds = 120
const forgottenAfterSeconds = 30 * 24 * 3600

/** Answers how many ended or were settled. */
export async function sweepReservations(by: By): Promise<number> {
  const due = await StoreReservation.query(db())
    .where((over) => over.where({ status: 'held' }).andWhere('expiresAt', '<=', by.at))
    .orWhere((dead) => dead.where({ status: 'placing' }).andWhere('createdAt', '<', addSeconds(by.at, -placingSeconds)))
    .orderBy('expiresAt')
    .limit(100)
  let ended = 0
  for (const { id, status } of due) {
    const end =
      status === 'held'
        ? ({ id, from: 'held', to: 'lapsed', endedBy: 'time' } as const)
        : ({ id, from: 'placing', to: 'refused' } as const)
    if (await endReservation(end, by)) ended++
  }
  await forgetOldPeople(by)
  return ended + (await settleDue(by))
}

async function forgetOldPeople(by: By): Promise<void> {
  await StoreReservation.query(db())
    .where('endedAt', '<', addSeconds(by.at, -forgottenAfterSeconds))
    .whereNotNull('email')
    .patch({ email: null, name: null, mailboxHash: Buffer.alloc(0) })
}
