// What staff did: written in the transaction of the change itself, so that one is never without the other. The table
// takes no update and no delete (a trigger says so), and chains its lines by hashes (verify-audit.server.ts). Never holds
// secrets.
import type { Knex } from 'knex'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { AuditModel, type Facts } from './models.server.ts'

export type AuditEntry = {
  /** Who: the staff member's id (null for the system) and their name as it was then. */
  actor: { id: string | null; name: string }
  /** The permission's word for it, e.g. `orders:ship`, `products:write`. */
  action: string
  /** What it was done to, e.g. `order:HS-7KQ4-M2XD`, `product:<id>`. */
  subject: string
  before?: Facts | null
  after?: Facts | null
  /** Coarse network, see domain/identity/network.ts. */
  ipPrefix?: string | null
  requestId?: string | null
}

/** Adds one line to the audit log within `trx`: rolled back with the change, kept with the change. */
export async function recordAudit(trx: Knex.Transaction, entry: AuditEntry, at: Date): Promise<void> {
  await AuditModel.query(trx).insert({
    id: newId(at.getTime()),
    actorId: entry.actor.id,
    actorName: entry.actor.name.slice(0, 200),
    action: entry.action,
    subject: entry.subject,
    before: entry.before ? redact(entry.before) : null,
    after: entry.after ? redact(entry.after) : null,
    ipPrefix: entry.ipPrefix ?? null,
    requestId: entry.requestId ?? null,
    createdAt: at,
  })
}

/** What a member of staff did, without who: that is in `by`. */
export type Act = Pick<AuditEntry, 'action' | 'subject' | 'before' | 'after'>

/**
 * One line for a change that staff make, in the transaction of the change and late in it (the log is a queue: lines wait
 * for each other until their transaction ends). Writes nothing when `by` is no member of staff, so that a verb which
 * shoppers and staff share calls it always.
 */
export async function recordAct(trx: Knex.Transaction, by: By, act: Act): Promise<void> {
  if (!by.staff) return
  const { id, name, ipPrefix, requestId } = by.staff
  await recordAudit(trx, { ...act, actor: { id, name }, ipPrefix, requestId }, by.at)
}

/**
 * One line for a change that `work` makes outside our database (catalog-api …), where no transaction can hold both and none
 * may stay open over the network. The line follows the answer: none for a refusal, for nothing was changed; when no answer
 * came nobody knows, and the line says so (`after.outcome` is `unknown`). What is left open is a process that dies between
 * the answer and the line. `after` may be made of the answer, and
 * `subjectOf` names what was made.
 */
export async function actOutside<T>(
  by: By,
  act: Omit<Act, 'after'> & { after?: Facts | ((done: T) => Facts); subjectOf?: (done: T) => string },
  work: () => Promise<T>,
): Promise<T> {
  const { after, subjectOf, ...known } = act
  const write = (line: Partial<Act>) => transaction((trx) => recordAct(trx, by, { ...known, ...line }))
  let done: T
  try {
    done = await work()
  } catch (error) {
    if (!isRefusal(error)) await write({ after: { ...(typeof after === 'object' ? after : {}), outcome: 'unknown' } })
    throw error
  }
  await write({
    subject: subjectOf?.(done) ?? known.subject,
    after: typeof after === 'function' ? after(done) : (after ?? null),
  })
  return done
}

const unanswered = ['catalog_unavailable', 'payment_unavailable', 'overloaded']

const isRefusal = (error: unknown): boolean => isDomainError(error) && !unanswered.includes(error.code)

export type AuditLine = Omit<AuditEntry, 'actor'> & { seq: number; actorName: string; createdAt: Date }

/** The log, latest first; `beforeSeq` continues a page, `subject` narrows it to one thing. */
export async function listAudit(filter: {
  subject?: string
  beforeSeq?: number
  limit?: number
}): Promise<AuditLine[]> {
  const rows = await AuditModel.query(db())
    .modify((query) => {
      if (filter.subject) query.where({ subject: filter.subject })
      if (filter.beforeSeq) query.where('seq', '<', filter.beforeSeq)
    })
    .orderBy('seq', 'desc')
    .limit(Math.min(filter.limit ?? 50, 200))
  return rows.map(toLine)
}

export const toLine = (row: AuditModel): AuditLine => ({
  seq: row.seq,
  actorName: row.actorName,
  action: row.action,
  subject: row.subject,
  before: row.before,
  after: row.after,
  ipPrefix: row.ipPrefix,
  requestId: row.requestId,
  createdAt: row.createdAt,
})

const secret = /password|hash|token|secret|cookie|card/i

/** Values whose name says that they are secret are struck out, at any depth. */
export function redact(facts: Facts): Facts {
  const strike = (name: string, value: unknown): unknown => {
    if (secret.test(name)) return '[redacted]'
    if (Array.isArray(value)) return value.map((item) => strike('', item))
    return value !== null && typeof value === 'object' && !(value instanceof Date) ? redact({ ...value }) : value
  }
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, strike(name, value)]))
}
