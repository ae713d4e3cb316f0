// The list of what differs between our rows and the provider's books: kept when found, gone when a later look does not find
// it again. A person may put one aside; it comes back when it changes. Mends nothing.
import type { Knex } from 'knex'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import type { Difference, DifferenceKind, Facts, List } from '#app/domain/checkout/reconcile/rules.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'

export type KeptDifference = {
  id: string
  list: List
  kind: DifferenceKind
  objectId: string
  orderId: string | null
  orderNumber: string | null
  ours: Facts
  theirs: Facts
  occurredAt: Date
  foundAt: Date
}

/** Writes what a look found, `at` being when; what is known already keeps when it was first found. */
export async function keepDifferences(trx: Knex, found: readonly Difference[], at: Date): Promise<void> {
  if (found.length === 0) return
  const rows = found.map(({ ours, theirs, ...rest }) => ({
    ...rest,
    id: newId(at.getTime()),
    ours: JSON.stringify(ours),
    theirs: JSON.stringify(theirs),
    foundAt: at,
    seenAt: at,
  }))
  const asBefore = 'money_differences.ours = excluded.ours AND money_differences.theirs = excluded.theirs'
  await trx('money_differences')
    .insert(rows)
    .onConflict(['kind', 'object_id'])
    .merge({
      list: trx.raw('excluded.list'),
      orderId: trx.raw('excluded.order_id'),
      ours: trx.raw('excluded.ours'),
      theirs: trx.raw('excluded.theirs'),
      seenAt: trx.raw('greatest(money_differences.seen_at, excluded.seen_at)'),
      putAsideAt: trx.raw(`CASE WHEN ${asBefore} THEN money_differences.put_aside_at END`),
      putAsideNote: trx.raw(`CASE WHEN ${asBefore} THEN money_differences.put_aside_note END`),
    })
}

/** After a whole list was read: what was not found again since `since` is level now. Only what the list reached (`from`). */
export const dropLevelled = async (
  trx: Knex,
  list: List,
  { from, since }: { from: Date; since: Date },
): Promise<number> =>
  trx('money_differences').where({ list }).where('occurredAt', '>=', from).where('seenAt', '<', since).delete()

/** A repair found it level. */
export const dropDifference = async (id: string): Promise<void> => {
  await db()('money_differences').where({ id }).delete()
}

const columns = ['id', 'list', 'kind', 'objectId', 'orderId', 'ours', 'theirs', 'occurredAt', 'foundAt']
const select = () =>
  db()('money_differences as d')
    .leftJoin('orders as o', 'o.id', 'd.orderId')
    .select<KeptDifference[]>([...columns.map((name) => `d.${name}`), 'o.number as orderNumber'])

/** What differs among the things made since `from`, youngest first; at most 200. What was put aside is left out. */
export const listDifferences = async (from: Date): Promise<KeptDifference[]> =>
  select().where('d.occurredAt', '>=', from).whereNull('d.putAsideAt').orderBy('d.occurredAt', 'desc').limit(200)

export const findDifference = async (id: string): Promise<KeptDifference | undefined> => {
  const [found] = await select().where('d.id', id)
  return found
}

/** How many differences wait for a person. */
export async function countDifferences(): Promise<number> {
  const row = await db()('money_differences').whereNull('putAsideAt').count('* as open').first()
  return Number(row?.open ?? 0)
}

/** A person has looked at it where it can be mended. Told twice writes once. Throws not_found. */
export async function putAside({ id, note }: { id: string; note: string }, by: By): Promise<void> {
  const known = await findDifference(id)
  if (!known) throw notFound('This difference')
  await transaction(async (trx) => {
    const put = await trx('money_differences')
      .where({ id })
      .whereNull('putAsideAt')
      .update({ putAsideAt: by.at, putAsideNote: note })
    if (put === 0) return
    const { kind, objectId, orderNumber } = known
    const subject = orderNumber ? `order:${orderNumber}` : `payment:${objectId}`
    await recordAct(trx, by, { action: 'money:put-aside', subject, after: { kind, objectId, note } })
  })
}
