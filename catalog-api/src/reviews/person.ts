// A person's part in reviews: everything they wrote, to take along, and their leave: what they said stays, who said it does not.
import type { Knex } from 'knex'
import { db, select, transaction } from '../lib/db.ts'
import { newId } from '../lib/ids.ts'
import { namedReviews, toOwnReview } from './review.ts'
import type { PersonData } from './schemas.ts'

type VoteRow = { reviewId: string; productTitle: string; helpful: boolean; votedAt: Date }
type ReportRow = { reviewId: string; productTitle: string; words: string; createdAt: Date }

/** What the person known by `refs` wrote, voted and reported, newest first; three statements. */
export async function getPersonData(refs: string[]): Promise<PersonData> {
  const of = 'JOIN reviews r ON r.id = x.review_id JOIN products p ON p.id = r.product_id'
  const reviews = await namedReviews(db(), 'WHERE r.author_ref = ANY(:refs) ORDER BY r.created_at DESC', { refs })
  const votes = await select<VoteRow>(
    db(),
    `SELECT x.review_id, p.title AS product_title, x.helpful, x.voted_at FROM review_votes x ${of}
     WHERE x.voter_ref = ANY(:refs) ORDER BY x.voted_at DESC`,
    { refs },
  )
  const reports = await select<ReportRow>(
    db(),
    `SELECT x.review_id, p.title AS product_title, x.words, x.created_at FROM review_reports x ${of}
     WHERE x.reporter_ref = ANY(:refs) ORDER BY x.created_at DESC`,
    { refs },
  )
  return {
    reviews: reviews.map(toOwnReview),
    votes: votes.map((row) => ({ ...row, votedAt: row.votedAt.toISOString() })),
    reports: reports.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
  }
}

/**
 * Takes the person known by `refs` out of reviews, votes and reports: published reviews stay under no name, rejected ones go,
 * counts stay as they are. Answers how many reviews were theirs. Told twice it finds nothing.
 */
export async function forgetPerson(refs: string[]): Promise<{ reviews: number }> {
  return transaction(async (trx) => {
    let reviews = 0
    for (const ref of [...new Set(refs)].sort()) reviews += await forgetOne(trx, ref)
    return { reviews }
  })
}

async function forgetOne(trx: Knex.Transaction, ref: string): Promise<number> {
  // A name of its own for each, so that nobody can see which reviews were of one person who left.
  const nobody = `deleted:${newId()}`
  await trx('reviews').where({ authorRef: ref, status: 'rejected' }).delete()
  const reviews = await trx('reviews')
    .where({ authorRef: ref })
    .update({ authorRef: nobody, authorName: 'A customer', moderationNote: null })
  await trx('reviewVotes').where({ voterRef: ref }).update({ voterRef: nobody })
  await trx('reviewReports').where({ reporterRef: ref }).update({ reporterRef: nobody })
  await trx('reviewHolds').where({ authorRef: ref }).delete()
  return reviews
}
