// How reviews are published: one row, changed by staff.
import { recordAct } from '#app/domain/audit/audit.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'

/** `publishBuyers`: what buyers write appears before staff have read it. */
export type ReviewSettings = { publishBuyers: boolean }

export async function getReviewSettings(): Promise<ReviewSettings> {
  const row = await db()('review_settings').first('publishBuyers')
  return { publishBuyers: row?.publishBuyers ?? false }
}

/** Saves them with a line in the audit log; told twice, one line. */
export async function saveReviewSettings({ publishBuyers }: ReviewSettings, by: By): Promise<void> {
  await transaction(async (trx) => {
    const row = await trx('review_settings').forUpdate().first('publishBuyers')
    if (row?.publishBuyers === publishBuyers) return
    await trx('review_settings').update({ publishBuyers, updatedAt: by.at })
    const act = { action: 'settings:write', subject: 'settings:reviews' }
    await recordAct(trx, by, { ...act, before: { publishBuyers: row?.publishBuyers }, after: { publishBuyers } })
  })
}
