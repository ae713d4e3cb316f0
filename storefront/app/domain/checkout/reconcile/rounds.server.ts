// The reconciler: reads the provider's lists in rounds, so that a lost webhook of any kind is made good. Every five minutes
// what was made in the last 25 hours, every day what was made in 35 days. A killed round goes on where its cursor stands,
// less an hour; no transaction is open while the provider is asked.
import { dropLevelled, keepDifferences } from '#app/domain/checkout/reconcile/differences.server.ts'
import {
  compareLeaf,
  findMissing,
  keepLeaf,
  type Leaf,
  mend,
  readLeaf,
} from '#app/domain/checkout/reconcile/look.server.ts'
import type { List } from '#app/domain/checkout/reconcile/rules.ts'
import { forgetSeen } from '#app/domain/payments/money-rows.server.ts'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { byDatabase, db, jobsDb, transaction } from '#app/lib/db.server.ts'
import { failpoint, Killed } from '#app/lib/failpoints.ts'
import { newId } from '#app/lib/ids.ts'
import { log } from '#app/lib/log.server.ts'

/** How far each round looks back and how often it is made, in seconds. */
export const spans = {
  day: { backSeconds: 25 * 3600, everySeconds: 5 * 60 },
  month: { backSeconds: 35 * 24 * 3600, everySeconds: 24 * 3600 },
} as const
type Span = keyof typeof spans

export const overlapSeconds = 3600
/** Longer than a page takes with everything on it to be mended; each page begins it anew. */
const leaseSeconds = 120
const retrySeconds = 60

type Round = {
  span: Span
  list: List
  leaseToken: string
  startedAt: Date
  cursorAt: Date | null
  oldestAt: Date | null
}

/**
 * Takes up one round that is due. Answers how many it took: the next is taken with the next call. When `isStopping`, it is
 * left after the page in hand, for whoever comes next.
 */
export async function reconcile(by: By, isStopping: () => boolean = () => false): Promise<number> {
  const round = await claimRound()
  if (!round) return 0
  await readRound(round, by, isStopping)
  await forgetSeen(jobsDb())
  return 1
}

/** Takes one due round that nobody reads; its start is kept when it was begun before. Times are the database's. */
async function claimRound(): Promise<Round | null> {
  const { rows } = await db().raw<{ rows: Round[] }>(
    `UPDATE reconcile_rounds SET lease_token = ?, lease_until = now() + make_interval(secs => ?),
       looked = CASE WHEN started_at IS NULL THEN 0 ELSE looked END,
       repaired = CASE WHEN started_at IS NULL THEN 0 ELSE repaired END,
       started_at = coalesce(started_at, now())
     WHERE (span, list) = (
       SELECT span, list FROM reconcile_rounds
       WHERE next_at <= now() AND (lease_until IS NULL OR lease_until < now())
       ORDER BY next_at, span, list LIMIT 1 FOR UPDATE SKIP LOCKED
     )
     RETURNING span, list, lease_token AS "leaseToken", started_at AS "startedAt", cursor_at AS "cursorAt", oldest_at AS "oldestAt"`,
    [newId(), leaseSeconds],
  )
  return rows[0] ?? null
}

async function readRound(round: Round, by: By, isStopping: () => boolean): Promise<void> {
  const { span, list } = round
  const from = addSeconds(round.startedAt, -spans[span].backSeconds)
  try {
    let after: string | null = null
    const to = round.cursorAt && addSeconds(round.cursorAt, overlapSeconds)
    do {
      // A little more than the stretch: our row may be older by a moment than what the provider made of it.
      const leaf: Leaf = await readLeaf(list, { from: addSeconds(from, -overlapSeconds), to, after })
      const mended = await mend(leaf, await compareLeaf(leaf), await byDatabase(by), isStopping)
      failpoint('before_cursor_is_saved')
      if (!(await saveCursor(round, leaf, mended))) return
      failpoint('after_cursor_is_saved')
      after = leaf.next
      if (after && isStopping()) return await letGo(round, 0, {})
    } while (after)
    await finish(round, from)
  } catch (error) {
    if (error instanceof Killed) throw error
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ span, list, reason }, 'a round of the reconciler is taken up again')
    await letGo(round, retrySeconds, { lastError: reason.slice(0, 500) })
  }
}

/** Writes what a page brought and how far the round came. False when somebody else reads the round by now. */
async function saveCursor(round: Round, leaf: Leaf, mended: number): Promise<boolean> {
  const found = await compareLeaf(leaf)
  const oldest = leaf.items.at(-1)?.createdAt ?? null
  if (oldest) round.oldestAt = round.oldestAt && round.oldestAt < oldest ? round.oldestAt : oldest
  return transaction(async (trx) => {
    const kept = await trx('reconcile_rounds')
      .where({ span: round.span, list: round.list, leaseToken: round.leaseToken })
      .update({
        cursorAt: oldest ?? round.cursorAt,
        oldestAt: round.oldestAt,
        leaseUntil: trx.raw('now() + make_interval(secs => ?)', [leaseSeconds]),
        looked: trx.raw('looked + ?', [leaf.items.length]),
        repaired: trx.raw('repaired + ?', [mended]),
      })
    if (kept === 0) return false
    await keepLeaf(trx, leaf, found, round.startedAt)
    return true
  })
}

/** The round is read to its end: what the provider did not show is missing there, what was not found again is level. */
async function finish(round: Round, from: Date): Promise<void> {
  const { list, startedAt, oldestAt } = round
  // Rows from before the provider's first thing are of another account (a change of keys, seeds).
  const known = oldestAt && oldestAt > from ? oldestAt : from
  const missing = oldestAt ? await findMissing(list, { from: known, since: startedAt }) : []
  await transaction(async (trx) => {
    await keepDifferences(trx, missing, startedAt)
    await dropLevelled(trx, list, { from, since: startedAt })
  })
  const done = { startedAt: null, cursorAt: null, oldestAt: null, finishedAt: db().fn.now(), lastError: null }
  await letGo(round, spans[round.span].everySeconds, done)
}

async function letGo(round: Round, seconds: number, more: object): Promise<void> {
  await db()('reconcile_rounds')
    .where({ span: round.span, list: round.list, leaseToken: round.leaseToken })
    .update({
      ...more,
      leaseToken: null,
      leaseUntil: null,
      nextAt: db().raw('now() + make_interval(secs => ?)', [seconds]),
    })
}

export type RoundState = {
  span: Span
  list: List
  finishedAt: Date | null
  looked: number
  repaired: number
  lastError: string | null
}

/** How the last rounds went. */
export const listRounds = async (): Promise<RoundState[]> =>
  db()('reconcile_rounds')
    .orderBy(['span', 'list'])
    .select('span', 'list', 'finishedAt', 'looked', 'repaired', 'lastError')
