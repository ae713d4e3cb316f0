// A shopper's review: one each and product. Writing again replaces it, and it waits for moderation once more.
import type { Knex } from 'knex'
import { select, transaction } from '../lib/db.ts'
import { notFound } from '../lib/errors.ts'
import { newId } from '../lib/ids.ts'
import { findPublishedId } from '../products/product-facts.ts'
import { lockRating, recountRating } from './rating.ts'
import { getOwnReview, ReviewModel } from './review.ts'
import type { OwnReview, ReviewInput } from './schemas.ts'
import { recountVotes } from './vote.ts'

/**
 * The review as it is now; `created` is false when the author had one. The same words again change nothing: what is
 * published stays so. `publish` is not obeyed for whom staff rejected, nor for a reported review. @throws not_found
 */
export async function writeReview(input: ReviewInput): Promise<{ created: boolean; review: OwnReview }> {
  const { productId, authorRef, formerRef } = input
  return transaction(async (trx) => {
    if (!(await findPublishedId(trx, productId))) throw notFound('The product')
    await lockRating(trx, productId)
    if (formerRef) await joinAuthors(trx, productId, authorRef, formerRef)
    // xmax is 0 in a row that was inserted just now, and not in one that was updated.
    const [row] = await select<{ created: boolean }>(
      trx,
      `INSERT INTO reviews AS own (id, product_id, author_ref, author_name, rating, title, body, verified_buyer, status)
       VALUES (:id, :productId, :authorRef, :authorName, :rating, :title, :body, :verifiedBuyer, CASE WHEN :publish
         AND NOT EXISTS (SELECT FROM review_holds WHERE author_ref = :authorRef) THEN 'approved' ELSE 'pending' END)
       ON CONFLICT (author_ref, product_id) DO UPDATE SET author_name = excluded.author_name, rating = excluded.rating,
         title = excluded.title, body = excluded.body, verified_buyer = excluded.verified_buyer,
         status = CASE WHEN own.report_count > 0 THEN 'pending' ELSE excluded.status END,
         rejection_reason = NULL, rejection_words = '', moderation_note = NULL, moderated_at = NULL, updated_at = now()
         WHERE (own.rating, own.title, own.body) IS DISTINCT FROM (excluded.rating, excluded.title, excluded.body)
       RETURNING xmax = 0 AS created`,
      { id: newId(), ...input },
    )
    if (row) await recountRating(trx, productId)
    return { created: row?.created ?? false, review: await getOwnReview(trx, productId, authorRef) }
  })
}

/**
 * Takes away what this author wrote about the product, with its votes, reports and reply. A hold on the author stays.
 * @throws not_found
 */
export async function removeReview(productId: string, authorRef: string, formerRef?: string): Promise<void> {
  await transaction(async (trx) => {
    await lockRating(trx, productId)
    const refs = [authorRef, ...(formerRef ? [formerRef] : [])]
    const removed = await ReviewModel.query(trx).where({ productId }).whereIn('authorRef', refs).delete()
    if (removed === 0) throw notFound('The review')
    await recountRating(trx, productId)
  })
}

/** What a person wrote before they had an account is theirs now; of two reviews of one product the account's stays. */
async function joinAuthors(trx: Knex.Transaction, productId: string, authorRef: string, formerRef: string) {
  await trx.raw(
    `INSERT INTO review_holds (author_ref) SELECT :authorRef FROM review_holds WHERE author_ref = :formerRef
     ON CONFLICT DO NOTHING`,
    { authorRef, formerRef },
  )
  const former = await ReviewModel.query(trx).findOne({ productId, authorRef: formerRef })
  if (!former) return
  const own = await ReviewModel.query(trx).findOne({ productId, authorRef }).select('id')
  if (own) await former.$query(trx).delete()
  else {
    await trx('reviewVotes').where({ reviewId: former.id, voterRef: authorRef }).delete()
    await recountVotes(trx, former.id)
    await former.$query(trx).patch({ authorRef })
  }
}
