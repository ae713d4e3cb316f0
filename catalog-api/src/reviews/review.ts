// The reviews table as objects; only this folder imports it.
import { Model } from 'objection'
import { select, type Trx } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import type { AdminReview, Review } from './schemas.ts'

export class ReviewModel extends Model {
  static override tableName = 'reviews'
  declare id: string
  declare productId: string
  declare authorRef: string
  declare authorName: string
  declare rating: number
  declare title: string
  declare body: string
  declare verifiedBuyer: boolean
  declare status: AdminReview['status']
  declare moderationNote: string | null
  declare moderatedAt: Date | null
  declare createdAt: Date
  declare updatedAt: Date
}

/** A review as everybody sees it. */
export const toReview = (row: ReviewModel): Review => ({
  id: row.id,
  authorName: row.authorName,
  rating: row.rating,
  title: row.title,
  body: row.body,
  verifiedBuyer: row.verifiedBuyer,
  createdAt: row.createdAt.toISOString(),
})

/** When a review was written, to the microsecond, as it stands in a page mark. */
export const shownTime = `to_char(r.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key`

type AdminRow = ReviewModel & { productSlug: string; productTitle: string; key: string }

/** A review as staff see it. */
export const toAdminReview = (row: AdminRow): AdminReview => ({
  ...toReview(row),
  status: row.status,
  moderationNote: row.moderationNote,
  authorRef: row.authorRef,
  productId: row.productId,
  productSlug: row.productSlug,
  productTitle: row.productTitle,
})

/** Reviews with their product's name; `tail` is a constant of the program with named bindings. */
export async function adminReviews(trx: Trx, tail: string, bindings: Record<string, unknown>): Promise<AdminRow[]> {
  return select<AdminRow>(
    trx,
    `SELECT r.*, ${shownTime}, p.slug AS product_slug, p.title AS product_title FROM reviews r JOIN products p ON p.id = r.product_id ${tail}`,
    bindings,
  )
}

/** What this author wrote about the product, whatever became of it. @throws not_found */
export async function getOwnReview(trx: Trx, productId: string, authorRef: string): Promise<AdminReview> {
  const where = 'WHERE r.product_id = :productId AND r.author_ref = :authorRef'
  const [row] = await adminReviews(trx, where, { productId, authorRef })
  if (!row) throw notFound('The review')
  return toAdminReview(row)
}

/** One review as staff see it. @throws not_found */
export async function getAdminReview(trx: Trx, id: string): Promise<AdminReview> {
  const [row] = await adminReviews(trx, 'WHERE r.id = :id', { id })
  if (!row) throw notFound('The review')
  return toAdminReview(row)
}
