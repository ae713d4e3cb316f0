// What staff did: written in the transaction of the change itself, so that one is never without the other. The table
// takes no update and no delete (a trigger says so). Never holds secrets.
import type { Knex } from 'knex'
import { Model } from 'objection'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'

type Facts = Record<string, unknown>

class AuditModel extends Model {
  static override tableName = 'audit_log'
  static override jsonAttributes = ['before', 'after']
  declare id: string
  declare seq: number
  declare actorId: string | null
  declare actorName: string
  declare action: string
  declare subject: string
  declare before: Facts | null
  declare after: Facts | null
  declare ipPrefix: string | null
  declare requestId: string | null
  declare createdAt: Date
}

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

const toLine = (row: AuditModel): AuditLine => ({
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
