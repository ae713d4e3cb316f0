// Reviews: published ones for everybody; writing, voting and reporting by the storefront for its shopper.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../http/auth.ts'
import { Id, IdOrSlug, json, jsonBody } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { db } from '../lib/db.ts'
import { listReviews } from './list-reviews.ts'
import { reportReview } from './report-review.ts'
import { getOwnReview } from './review.ts'
import {
  FormerRef,
  OwnReview,
  PersonRef,
  ReportInput,
  ReviewInput,
  ReviewPage,
  ReviewQuery,
  VoteInput,
  Votes,
} from './schemas.ts'
import { listVotes, voteOnReview } from './vote.ts'
import { removeReview, writeReview } from './write-review.ts'

export const reviewRoutes = newRouter()
const tags = ['Reviews']
export const writeErrors = errorAnswers(
  'validation_failed',
  'malformed_json',
  'unsupported_media_type',
  'payload_too_large',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
)
const readErrors = errorAnswers('not_found', 'validation_failed', 'unauthorized', 'forbidden')

reviewRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/reviews/product/{idOrSlug}',
    operationId: 'listReviews',
    tags,
    summary: 'Approved reviews of a product',
    description: 'A page mark is good for the sort it was made for.',
    request: { params: z.object({ idOrSlug: IdOrSlug }), query: ReviewQuery },
    responses: { 200: json(ReviewPage, 'A page of reviews'), ...errorAnswers('not_found', 'validation_failed') },
  }),
  async (c) => c.json(await listReviews(c.req.valid('param').idOrSlug, c.req.valid('query')), 200),
)

const ofAuthor = {
  params: z.object({ id: Id, author: PersonRef }),
  query: z.object({ former: FormerRef }),
}

reviewRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/reviews/product/{id}/by/{author}',
    operationId: 'getOwnReview',
    tags,
    summary: 'What an author wrote about a product, whatever became of it',
    ...needs('catalog:read'),
    request: ofAuthor,
    responses: { 200: json(OwnReview, 'The review'), ...readErrors },
  }),
  async (c) => {
    const { id, author } = c.req.valid('param')
    return c.json(await getOwnReview(db(), id, author, c.req.valid('query').former), 200)
  },
)

reviewRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/reviews/product/{id}/by/{author}',
    operationId: 'removeReview',
    tags,
    summary: 'Take a review away for its author, with its votes and its reply',
    ...needs('reviews:write'),
    request: ofAuthor,
    responses: { 204: { description: 'It is gone' }, ...readErrors },
  }),
  async (c) => {
    const { id, author } = c.req.valid('param')
    await removeReview(id, author, c.req.valid('query').former)
    return c.body(null, 204)
  },
)

reviewRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/reviews',
    operationId: 'writeReview',
    tags,
    summary: "Write a review, or replace the author's own",
    description: 'It waits for moderation; a replaced review waits again. The same words again change nothing.',
    ...needs('reviews:write'),
    request: { body: jsonBody(ReviewInput) },
    responses: { 201: json(OwnReview, 'Written'), 200: json(OwnReview, 'Replaced'), ...writeErrors },
  }),
  async (c) => {
    const { created, review } = await writeReview(c.req.valid('json'))
    return created ? c.json(review, 201) : c.json(review, 200)
  },
)

reviewRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/reviews/votes',
    operationId: 'listReviewVotes',
    tags,
    summary: 'How somebody voted on some reviews',
    ...needs('catalog:read'),
    request: {
      query: z.object({
        voter: PersonRef,
        reviews: z
          .string()
          .transform((ids) => ids.split(','))
          .pipe(z.array(Id).min(1).max(50))
          .openapi({ type: 'string', description: 'Ids parted by commas, 50 at most' }),
      }),
    },
    responses: {
      200: json(z.object({ items: z.array(z.object({ reviewId: Id, helpful: z.boolean() })) }), 'The votes'),
      ...errorAnswers('validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => {
    const { voter, reviews } = c.req.valid('query')
    return c.json({ items: await listVotes(voter, reviews) }, 200)
  },
)

reviewRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/reviews/{id}/vote',
    operationId: 'voteOnReview',
    tags,
    summary: 'Say whether a review is helpful: one vote each, never on one’s own',
    ...needs('reviews:write'),
    request: { params: z.object({ id: Id }), body: jsonBody(VoteInput) },
    responses: { 200: json(Votes, 'The counts now'), ...writeErrors },
  }),
  async (c) => c.json(await voteOnReview(c.req.valid('param').id, c.req.valid('json')), 200),
)

const Reported = z.object({ created: z.boolean().openapi({ description: 'False: reported before' }) })

reviewRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/reviews/{id}/report',
    operationId: 'reportReview',
    tags,
    summary: 'Tell staff that a review should not be there: once each',
    ...needs('reviews:write'),
    request: { params: z.object({ id: Id }), body: jsonBody(ReportInput) },
    responses: { 200: json(Reported, 'Taken'), ...writeErrors },
  }),
  async (c) => c.json(await reportReview(c.req.valid('param').id, c.req.valid('json')), 200),
)
