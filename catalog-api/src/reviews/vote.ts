// Whether a review was helpful: one vote each, changed and taken back at will, never on one's own. The counts on the review
// are made anew in the transaction of the vote.
import type { Knex } from 'knex'
import { db, select, transaction } from '../lib/db.ts'
import { DomainError, notFound } from '../lib/errors.ts'
import { ReviewModel } from './review.ts'
import type { VoteInput, Votes } from './schemas.ts'

/** Writes the vote and answers the counts then; told twice changes nothing. @throws not_found, conflict (one's own) */
export async function voteOnReview(id: string, { voterRef, formerRef, helpful }: VoteInput): Promise<Votes> {
  return transaction(async (trx) => {
    // Locked first, so that two votes at once are counted one after the other.
    const review = await ReviewModel.query(trx).findOne({ id, status: 'approved' }).forNoKeyUpdate()
    if (!review) throw notFound('The review')
    const { authorRef } = review
    if (authorRef === voterRef || authorRef === formerRef)
      throw new DomainError('conflict', 'This review is your own: others say whether it is helpful.')
    const mine = { reviewId: id, voterRef }
    if (helpful === null) await trx('reviewVotes').where(mine).delete()
    else
      await trx('reviewVotes')
        .insert({ ...mine, authorRef, helpful })
        .onConflict(['review_id', 'voter_ref'])
        .merge({ helpful, votedAt: trx.fn.now() })
    return recountVotes(trx, id)
  })
}

/** Writes both counts; the review must be locked. */
export async function recountVotes(trx: Knex.Transaction, reviewId: string): Promise<Votes> {
  const [counts] = await select<Votes>(
    trx,
    `UPDATE reviews SET helpful_count = own.yes, unhelpful_count = own.no
     FROM (SELECT count(*) FILTER (WHERE helpful)::int AS yes, count(*) FILTER (WHERE NOT helpful)::int AS no
       FROM review_votes WHERE review_id = :reviewId) own
     WHERE id = :reviewId RETURNING helpful_count, unhelpful_count`,
    { reviewId },
  )
  if (!counts) throw notFound('The review')
  return counts
}

/** How `voterRef` voted on these reviews; those without a vote are absent. One statement. */
export const listVotes = async (voterRef: string, reviewIds: string[]) =>
  select<{ reviewId: string; helpful: boolean }>(
    db(),
    'SELECT review_id, helpful FROM review_votes WHERE voter_ref = :voterRef AND review_id = ANY(:reviewIds)',
    { voterRef, reviewIds },
  )
