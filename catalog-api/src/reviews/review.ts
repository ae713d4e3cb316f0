// The reviews table as objects; only this folder imports it.
import { Model } from 'objection'
import { select, type Trx } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import type { AdminReview, OwnReview, Review } from './schemas.ts'

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
  declare rejectionReason: NonNullable<AdminReview['rejection']>['reason'] | null
  declare rejectionWords: string
  declare moderationNote: string | null
  declare moderatedAt: Date | null
  declare helpfulCount: number
  declare unhelpfulCount: number
  declare reportCount: number
  declare reply: string | null
  declare repliedAt: Date | null
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
  helpfulCount: row.helpfulCount,
  unhelpfulCount: row.unhelpfulCount,
  reply: row.reply !== null && row.repliedAt ? { text: row.reply, at: row.repliedAt.toISOString() } : null,
})

/** When a review was written, to the microsecond, as it stands in a page mark. */
export const shownTime = `to_char(r.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key`

/** What of a review was read: another after each change of its words and each decision. */
const readVersion = `to_char(r.updated_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') AS version`

type NamedRow = ReviewModel & { productSlug: string; productTitle: string; key: string; version: string }
type ReportRow = { reason: AdminReview['reports'][number]['reason']; words: string; createdAt: string }
type AdminRow = NamedRow & { reports: ReportRow[] }

/** A review as its author sees it. */
export const toOwnReview = (row: NamedRow): OwnReview => ({
  ...toReview(row),
  status: row.status,
  rejection: row.rejectionReason && { reason: row.rejectionReason, words: row.rejectionWords },
  productId: row.productId,
  productSlug: row.productSlug,
  productTitle: row.productTitle,
})

/** A review as staff see it. */
export const toAdminReview = (row: AdminRow): AdminReview => ({
  ...toOwnReview(row),
  version: row.version,
  moderationNote: row.moderationNote,
  authorRef: row.authorRef,
  reports: row.reports.map(({ createdAt, ...report }) => ({ ...report, createdAt: new Date(createdAt).toISOString() })),
  reportCount: row.reportCount,
})

const named = `r.*, ${shownTime}, ${readVersion}, p.slug AS product_slug, p.title AS product_title`

/** Reviews with their product's name; `tail` is a constant of the program with named bindings. */
export const namedReviews = (trx: Trx, tail: string, bindings: Record<string, unknown>): Promise<NamedRow[]> =>
  select<NamedRow>(trx, `SELECT ${named} FROM reviews r JOIN products p ON p.id = r.product_id ${tail}`, bindings)

/** The same with what was reported about them: one statement, however many. */
export const adminReviews = (trx: Trx, tail: string, bindings: Record<string, unknown>): Promise<AdminRow[]> =>
  select<AdminRow>(
    trx,
    `SELECT ${named}, (
       SELECT coalesce(jsonb_agg(jsonb_build_object('reason', o.reason, 'words', o.words, 'createdAt', o.created_at)), '[]')
       FROM (SELECT * FROM review_reports WHERE review_id = r.id AND handled_at IS NULL ORDER BY created_at LIMIT 20) o
     ) AS reports
     FROM reviews r JOIN products p ON p.id = r.product_id ${tail}`,
    bindings,
  )

/** What this author wrote about the product, whatever became of it. @throws not_found */
export async function getOwnReview(
  trx: Trx,
  productId: string,
  authorRef: string,
  formerRef?: string,
): Promise<OwnReview> {
  const [row] = await namedReviews(
    trx,
    `WHERE r.product_id = :productId AND r.author_ref IN (:authorRef, :formerRef)
     ORDER BY r.author_ref = :authorRef DESC LIMIT 1`,
    { productId, authorRef, formerRef: formerRef ?? authorRef },
  )
  if (!row) throw notFound('The review')
  return toOwnReview(row)
}

/** One review as staff see it. @throws not_found */
export async function getAdminReview(trx: Trx, id: string): Promise<AdminReview> {
  const [row] = await adminReviews(trx, 'WHERE r.id = :id', { id })
  if (!row) throw notFound('The review')
  return toAdminReview(row)
}
