// Approved reviews of a product in keyset pages, for everybody.
import { z } from 'zod'
import { cursorKeys, readCursor, writeCursor } from '../lib/cursor.ts'
import { db, select } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import { findPublishedId } from '../products/product-facts.ts'
import { type ReviewModel, shownTime, toReview } from './review.ts'
import type { ReviewPage, ReviewQuery } from './schemas.ts'

/** What a sort puts first, the highest first; reviews of one rank go newest first. */
const ranks: Record<ReviewQuery['sort'], string> = {
  newest: '0',
  helpful: 'r.helpfulness',
  highest: 'r.rating',
  lowest: '-r.rating',
}
/** `<rank>|<time>`, as it stands in a page mark. */
const rankedTime = z.string().refine((key) => {
  const [, rank, time] = /^(-?\d{1,9})\|(.+)$/.exec(key) ?? []
  return rank !== undefined && cursorKeys.time.safeParse(time).success
})

type Row = ReviewModel & { rank: number; key: string }

/** Approved reviews of a published product, by stars when asked; three statements, however many. @throws not_found */
export async function listReviews(idOrSlug: string, query: ReviewQuery): Promise<ReviewPage> {
  const { limit, rating, sort } = query
  const order = `reviews.${sort}`
  const cursor = readCursor(query.cursor, order, rankedTime)
  const productId = await findPublishedId(db(), idOrSlug)
  if (!productId) throw notFound('The product')
  const where = `r.product_id = :productId AND r.status = 'approved' ${rating ? 'AND r.rating = :rating' : ''}`
  const [rank = null, time = null] = typeof cursor?.k === 'string' ? cursor.k.split('|') : []
  const bindings = { productId, rating: rating ?? null, rank, time, id: cursor?.id ?? null, take: limit + 1 }
  const by = sort === 'newest' ? '' : `${ranks[sort]} DESC,`
  const after = sort === 'newest' ? '(r.created_at, r.id)' : `(${ranks[sort]}, r.created_at, r.id)`
  const mark = sort === 'newest' ? '(:time::timestamptz, :id::uuid)' : '(:rank::int, :time::timestamptz, :id::uuid)'
  const rows = await select<Row>(
    db(),
    `SELECT r.*, ${ranks[sort]} AS rank, ${shownTime} FROM reviews r
     WHERE ${where} ${cursor ? `AND ${after} < ${mark}` : ''}
     ORDER BY ${by} r.created_at DESC, r.id DESC LIMIT :take`,
    bindings,
  )
  const [counted] = await select<{ total: number }>(
    db(),
    `SELECT count(*)::int AS total FROM reviews r WHERE ${where}`,
    bindings,
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(toReview),
    nextCursor: last ? writeCursor({ o: order, k: `${last.rank}|${last.key}`, id: last.id, d: 'next' }) : null,
    total: counted?.total ?? 0,
  }
}
