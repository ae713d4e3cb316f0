// What background work has before it, in numbers for whoever watches: orders the completer owes a step, kept webhooks,
// refunds, and how the reconciler's rounds went. Counts only: no order, no person. Reads and changes nothing.
import { jobsDb } from '#app/lib/db.server.ts'

/** A number with what it is about. `name` is one of `figureNames`. */
export type WorkFigure = { name: FigureName; about: Record<string, string>; value: number }

export const figureNames = {
  work_waiting: 'Pieces of background work that are due: orders, webhooks, refunds, messages',
  work_oldest_seconds: 'For how long the oldest of them has been due',
  reconcile_age_seconds:
    'Since when a list of the provider was last read to its end, by span; absent before the first time',
  reconcile_looked: 'What the last round of a list looked at',
  reconcile_repaired: 'What the last round of a list repaired',
  reconcile_failing: 'Whether the last try at a round failed',
  money_differences: 'Differences between our books and the provider’s that nobody put aside, by kind',
} as const
export type FigureName = keyof typeof figureNames

const waiting = (work: string, since: string, from: string) =>
  `SELECT 'work_waiting' AS name, jsonb_build_object('work', '${work}') AS about, count(*)::float8 AS value FROM ${from}
   UNION ALL SELECT 'work_oldest_seconds', jsonb_build_object('work', '${work}'),
     coalesce(extract(epoch FROM now() - min(${since})), 0)::float8 FROM ${from}`

const round = `jsonb_build_object('span', span, 'list', list)`

const figures = [
  waiting(
    'orders',
    'next_attempt_at',
    'orders WHERE next_attempt_at <= now() AND (lease_until IS NULL OR lease_until < now())',
  ),
  waiting('webhooks', 'received_at', 'stripe_events WHERE processed_at IS NULL'),
  waiting('refunds', 'next_attempt_at', 'refunds WHERE next_attempt_at <= now()'),
  waiting(
    'messages',
    'next_attempt_at',
    'outbox WHERE done_at IS NULL AND parked_at IS NULL AND next_attempt_at <= now()',
  ),
  `SELECT 'reconcile_age_seconds', ${round}, extract(epoch FROM now() - finished_at)::float8 FROM reconcile_rounds WHERE finished_at IS NOT NULL`,
  `SELECT 'reconcile_looked', ${round}, looked FROM reconcile_rounds`,
  `SELECT 'reconcile_repaired', ${round}, repaired FROM reconcile_rounds`,
  `SELECT 'reconcile_failing', ${round}, (last_error IS NOT NULL)::int FROM reconcile_rounds`,
  `SELECT 'money_differences', jsonb_build_object('kind', kind), count(*) FROM money_differences WHERE put_aside_at IS NULL GROUP BY kind`,
].join('\nUNION ALL ')

/** All figures as they are now; one statement, on indexes of what is due. Throws when the database is away. */
export async function workFigures(): Promise<WorkFigure[]> {
  const { rows } = await jobsDb().raw<{ rows: WorkFigure[] }>(figures)
  return rows
}
