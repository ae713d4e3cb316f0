// Holds as staff see them, latest first: what is held where, for which reference, until when. Reads only.
import { db, select } from '../../lib/db.ts'
import { proofRef } from '../proof/ref.ts'
import type { AdminReservation, ReservationList, ReservationQuery } from './schemas.ts'

type Row = Omit<AdminReservation, 'createdAt' | 'expiresAt' | 'lines'> & { createdAt: Date; expiresAt: Date }
type LineRow = AdminReservation['lines'][number] & { ref: string }

/** A numbered page; three statements, however many lines. */
export async function listReservations(query: ReservationQuery): Promise<ReservationList> {
  const all = ['r.status = :status', `NOT starts_with(r.ref, '${proofRef}')`]
  const line = (condition: string) =>
    `EXISTS (SELECT 1 FROM reservation_lines l JOIN variants v ON v.id = l.variant_id WHERE l.ref = r.ref AND ${condition})`
  if (query.store_id) all.push(line('l.store_id = :store_id'))
  if (query.q) all.push(`(r.ref = :q OR ${line('v.sku = :code')})`)
  const where = all.join(' AND ')
  const bindings = { ...query, code: query.q?.toUpperCase() ?? null, skip: (query.page - 1) * query.limit }
  const rows = await select<Row>(
    db(),
    `SELECT r.ref, r.status, r.reason, r.created_at, r.expires_at FROM reservations r
     WHERE ${where} ORDER BY r.created_at DESC, r.ref DESC LIMIT :limit OFFSET :skip`,
    bindings,
  )
  const [count] = await select<{ total: number }>(
    db(),
    `SELECT count(*)::int AS total FROM reservations r WHERE ${where}`,
    bindings,
  )
  const lines = await linesOf(rows.map(({ ref }) => ref))
  const total = count?.total ?? 0
  const items = rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lines: lines.filter(({ ref }) => ref === row.ref).map(({ ref: _ref, ...told }) => told),
  }))
  return { items, total, page: query.page, pages: Math.max(1, Math.ceil(total / query.limit)) }
}

const linesOf = (refs: string[]): Promise<LineRow[]> =>
  select<LineRow>(
    db(),
    `SELECT l.ref, v.sku, p.title AS product_title, s.name AS store_name, l.quantity
     FROM reservation_lines l JOIN variants v ON v.id = l.variant_id JOIN products p ON p.id = v.product_id
     JOIN stores s ON s.id = l.store_id WHERE l.ref = ANY(:refs) ORDER BY v.sku, s.name`,
    { refs },
  )
