// Reading the audit log: by page and filter, and as a table for spreadsheets. Reads only; the faces ask for `audit:read`.
import { z } from 'zod'
import { db } from '#app/lib/db.server.ts'
import { type AuditLine, toLine } from './audit.server.ts'
import { AuditModel } from './models.server.ts'

const day = z.iso.date().optional().catch(undefined)

/** The list's filter as its address says it; what does not fit is left out. Days are whole days in UTC, both included. */
export const auditQuery = z.object({
  actor: z.string().trim().max(200).catch('').default(''),
  action: z.string().trim().max(100).catch('').default(''),
  subject: z.string().trim().max(200).catch('').default(''),
  from: day,
  to: day,
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
})
export type AuditFilter = Omit<z.output<typeof auditQuery>, 'page'>

const pageSize = 50
const escapeLike = (text: string) => text.replace(/[\\%_]/g, (character) => `\\${character}`)

function filtered({ actor, action, subject, from, to }: AuditFilter) {
  return AuditModel.query(db()).modify((query) => {
    if (actor) query.where('actorName', 'ilike', `%${escapeLike(actor)}%`)
    if (action) query.where('action', 'ilike', `${escapeLike(action)}%`)
    if (subject) query.where('subject', 'ilike', `%${escapeLike(subject)}%`)
    if (from) query.where('createdAt', '>=', new Date(`${from}T00:00:00Z`))
    if (to) query.where('createdAt', '<', new Date(Date.parse(`${to}T00:00:00Z`) + 24 * 3600 * 1000))
  })
}

/** A page of the log, latest first, fifty lines each. */
export async function pageAudit(filter: AuditFilter, page: number) {
  const { results, total } = await filtered(filter)
    .orderBy('seq', 'desc')
    .page(page - 1, pageSize)
  return { items: results.map(toLine), total, page, pages: Math.max(1, Math.ceil(total / pageSize)) }
}

/** Every kind of act that the log knows, for the filter. */
export async function listAuditActions(): Promise<string[]> {
  const rows = await AuditModel.query(db()).distinct('action').orderBy('action').limit(200)
  return rows.map(({ action }) => action)
}

export const exportLimit = 10_000

/** The log as CSV (RFC 4180, UTF-8 with its mark, so that spreadsheets read accents), latest first, ten thousand lines. */
export async function exportAudit(filter: AuditFilter): Promise<string> {
  const rows = await filtered(filter).orderBy('seq', 'desc').limit(exportLimit)
  const head = ['seq', 'when', 'who', 'action', 'subject', 'before', 'after', 'network', 'request', 'hash']
  const lines = rows.map((row) => cellsOf(toLine(row), row.hash))
  return `\ufeff${[head, ...lines].map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`
}

const cellsOf = (line: AuditLine, hash: Buffer): string[] => [
  String(line.seq),
  line.createdAt.toISOString(),
  line.actorName,
  line.action,
  line.subject,
  line.before ? JSON.stringify(line.before) : '',
  line.after ? JSON.stringify(line.after) : '',
  line.ipPrefix ?? '',
  line.requestId ?? '',
  hash.toString('hex'),
]

/** A cell that no spreadsheet takes for a formula: what starts like one gets an apostrophe (OWASP ASVS 1.2.10). */
export function csvCell(text: string): string {
  const harmless = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
