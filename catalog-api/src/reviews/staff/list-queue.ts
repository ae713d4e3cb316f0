// Reviews in keyset pages for staff: the moderation queue, what was reported, what was decided.
import { cursorKeys, readCursor, writeCursor } from '../../lib/cursor.ts'
import { db, select } from '../../lib/db.ts'
import { adminReviews, toAdminReview } from '../review.ts'
import type { AdminReviewPage, AdminReviewQuery } from './schemas.ts'

/** Reviews of a status, oldest first; two statements, however many. */
export async function listAdminReviews(query: AdminReviewQuery): Promise<AdminReviewPage> {
  const cursor = readCursor(query.cursor, 'queue', cursorKeys.time)
  const like = `%${(query.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const bindings = { ...query, like, key: cursor?.k ?? null, id: cursor?.id ?? null, take: query.limit + 1 }
  const all = [query.status === 'reported' ? `r.status = 'approved' AND r.report_count > 0` : 'r.status = :status']
  if (query.rating) all.push('r.rating = :rating')
  if (query.q)
    all.push(`(r.title ILIKE :like OR r.body ILIKE :like OR r.author_name ILIKE :like
      OR r.product_id IN (SELECT id FROM products WHERE title ILIKE :like))`)
  const where = all.join(' AND ')
  const rows = await adminReviews(
    db(),
    `WHERE ${where} ${cursor ? 'AND (r.created_at, r.id) > (:key::timestamptz, :id::uuid)' : ''}
     ORDER BY r.created_at, r.id LIMIT :take`,
    bindings,
  )
  const [counted] = await select<{ total: number }>(
    db(),
    `SELECT count(*)::int AS total FROM reviews r WHERE ${where}`,
    bindings,
  )
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined
  return {
    items: rows.slice(0, query.limit).map(toAdminReview),
    nextCursor: last ? writeCursor({ o: 'queue', k: last.key, id: last.id, d: 'next' }) : null,
    total: counted?.total ?? 0,
  }
}
