// Reviews in keyset pages: approved ones of a product for everybody, the moderation queue for staff.
import { cursorKeys, readCursor, writeCursor } from '../lib/cursor.ts'
import { db, select } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import { findPublishedId } from '../products/product-facts.ts'
import { adminReviews, type ReviewModel, shownTime, toAdminReview, toReview } from './review.ts'
import type { AdminReviewPage, AdminReviewQuery, ReviewPage } from './schemas.ts'

type Keyed<Row> = Row & { key: string }

/** Approved reviews of a published product, newest first; three statements. @throws not_found */
export async function listReviews(
  idOrSlug: string,
  query: { cursor?: string; limit: number; rating?: number },
): Promise<ReviewPage> {
  const cursor = readCursor(query.cursor, 'reviews', cursorKeys.time)
  const productId = await findPublishedId(db(), idOrSlug)
  if (!productId) throw notFound('The product')
  const where = `r.product_id = :productId AND r.status = 'approved' ${query.rating ? 'AND r.rating = :rating' : ''}`
  const bindings = {
    productId,
    rating: query.rating ?? null,
    key: cursor?.k ?? null,
    id: cursor?.id ?? null,
    take: query.limit + 1,
  }
  const rows = await select<Keyed<ReviewModel>>(
    db(),
    `SELECT r.*, ${shownTime} FROM reviews r
     WHERE ${where} ${cursor ? 'AND (r.created_at, r.id) < (:key::timestamptz, :id::uuid)' : ''}
     ORDER BY r.created_at DESC, r.id DESC LIMIT :take`,
    bindings,
  )
  const total = await count(where, bindings)
  return { items: rows.slice(0, query.limit).map(toReview), nextCursor: nextMark('reviews', rows, query.limit), total }
}

/** Reviews of a status, oldest first; two statements. */
export async function listAdminReviews(query: AdminReviewQuery): Promise<AdminReviewPage> {
  const cursor = readCursor(query.cursor, 'queue', cursorKeys.time)
  const like = `%${(query.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const bindings = { ...query, like, key: cursor?.k ?? null, id: cursor?.id ?? null, take: query.limit + 1 }
  const all = ['r.status = :status']
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
  const total = await count(where, bindings)
  return {
    items: rows.slice(0, query.limit).map(toAdminReview),
    nextCursor: nextMark('queue', rows, query.limit),
    total,
  }
}

async function count(where: string, bindings: Record<string, unknown>): Promise<number> {
  const [row] = await select<{ total: number }>(
    db(),
    `SELECT count(*)::int AS total FROM reviews r WHERE ${where}`,
    bindings,
  )
  return row?.total ?? 0
}

function nextMark(order: string, rows: { id: string; key: string }[], limit: number): string | null {
  const last = rows[limit - 1]
  return rows.length > limit && last ? writeCursor({ o: order, k: last.key, id: last.id, d: 'next' }) : null
}
