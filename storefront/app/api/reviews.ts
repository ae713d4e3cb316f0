// Reviews over the API: one's own of a product, and what one says of others'. Everybody's are read at catalog-api.
import { createRoute, z } from '@hono/zod-openapi'
import { getProduct } from '#app/domain/catalog/catalog.server.ts'
import {
  findOwnReview,
  removeOwnReview,
  reportReasons,
  reportReview,
  vote,
} from '#app/domain/catalog/reviews.server.ts'
import { limitByAccount } from '#app/domain/identity/rate-limit.server.ts'
import { reviewerOf } from '#app/domain/reviews/reviewer.server.ts'
import { reviewWords, writeReview } from '#app/domain/reviews/write.server.ts'
import { noCardNumber } from '#app/lib/card-number.ts'
import { notFound } from '#app/lib/errors.ts'
import { Id, json, jsonBody, Time } from './frame/fields.ts'
import { signedIn } from './frame/guard.ts'
import { errorAnswers } from './frame/problem.ts'
import { newRouter } from './frame/router.ts'

export const reviewRoutes = newRouter()
const tags = ['Reviews']
const bodyCodes = ['validation_failed', 'malformed_json', 'unsupported_media_type', 'payload_too_large'] as const

const stars = z.int('Choose from one to five stars.').min(1).max(5).openapi({ example: 4 })
const ReviewInput = z.strictObject({ rating: stars, ...reviewWords }).openapi('ReviewInput', {
  example: { rating: 4, title: 'As kind as can be', body: 'It does what it should, every morning.' },
})
const OwnReview = z
  .object({
    id: Id,
    productId: Id,
    productSlug: z.string(),
    productTitle: z.string(),
    rating: stars,
    title: z.string(),
    body: z.string(),
    authorName: z.string().openapi({ description: 'As it stands under the review', example: 'Carla B.' }),
    verifiedBuyer: z.boolean().openapi({ description: 'By our own orders' }),
    status: z.enum(['pending', 'approved', 'rejected']).openapi({ description: 'Only approved ones are public' }),
    rejection: z.object({ reason: z.string(), words: z.string() }).nullable(),
    reply: z.object({ text: z.string(), at: z.string() }).nullable().openapi({ description: 'The shop’s answer' }),
    helpfulCount: z.int(),
    unhelpfulCount: z.int(),
    createdAt: Time,
  })
  .openapi('OwnReview')

const ofProduct = z.object({ product: z.string().max(200).openapi({ description: 'Its id or slug' }) })

reviewRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/products/{product}/review',
    operationId: 'getOwnReview',
    tags,
    summary: 'Your review of a product, whatever became of it',
    ...signedIn,
    request: { params: ofProduct },
    responses: {
      200: json(OwnReview, 'Your review'),
      ...errorAnswers('unauthorized', 'not_found', 'catalog_unavailable'),
    },
  }),
  async (c) => {
    const { id } = await getProduct(c.req.valid('param').product)
    const review = await findOwnReview(id, reviewerOf(c.get('person')))
    if (!review) throw notFound('Your review')
    return c.json(review, 200)
  },
)

reviewRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/products/{product}/review',
    operationId: 'writeReview',
    tags,
    summary: 'Review a product, or change your review',
    description: 'One for each product and person. It is public once somebody of the shop has read it.',
    ...signedIn,
    request: { params: ofProduct, body: jsonBody(ReviewInput) },
    responses: {
      200: json(OwnReview, 'Kept'),
      ...errorAnswers(...bodyCodes, 'unauthorized', 'not_found', 'rate_limited', 'catalog_unavailable'),
    },
  }),
  async (c) => {
    const person = c.get('person')
    const text = c.req.valid('json')
    const { id } = await getProduct(c.req.valid('param').product)
    await limitByAccount('review', person.id)
    return c.json(await writeReview(person, id, text), 200)
  },
)

reviewRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/products/{product}/review',
    operationId: 'deleteReview',
    tags,
    summary: 'Delete your review',
    ...signedIn,
    request: { params: ofProduct },
    responses: {
      204: { description: 'Deleted' },
      ...errorAnswers('unauthorized', 'not_found', 'catalog_unavailable'),
    },
  }),
  async (c) => {
    const { id } = await getProduct(c.req.valid('param').product)
    await removeOwnReview(id, reviewerOf(c.get('person')))
    return c.body(null, 204)
  },
)

const params = z.object({ id: Id })
/** An id that is none names no review. */
function reviewId({ id }: z.infer<typeof params>): string {
  if (!z.uuid().safeParse(id).success) throw notFound('The review')
  return id
}

const Counts = z.object({ helpfulCount: z.int(), unhelpfulCount: z.int() }).openapi('ReviewVotes')

reviewRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/reviews/{id}/vote',
    operationId: 'voteOnReview',
    tags,
    summary: 'Say whether a review helps',
    description: 'One vote for each person; said again it is changed.',
    ...signedIn,
    request: { params, body: jsonBody(z.strictObject({ helpful: z.boolean() }).openapi('ReviewVote')) },
    responses: {
      200: json(Counts, 'Counted'),
      ...errorAnswers(...bodyCodes, 'unauthorized', 'not_found', 'conflict', 'rate_limited', 'catalog_unavailable'),
    },
  }),
  async (c) => {
    const person = c.get('person')
    await limitByAccount('review_vote', person.id)
    const { helpful } = c.req.valid('json')
    return c.json(await vote(reviewId(c.req.valid('param')), reviewerOf(person), helpful), 200)
  },
)

reviewRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/reviews/{id}/vote',
    operationId: 'takeBackVote',
    tags,
    summary: 'Take your vote back',
    ...signedIn,
    request: { params },
    responses: {
      200: json(Counts, 'Counted'),
      ...errorAnswers('unauthorized', 'not_found', 'conflict', 'rate_limited', 'catalog_unavailable'),
    },
  }),
  async (c) => {
    const person = c.get('person')
    await limitByAccount('review_vote', person.id)
    return c.json(await vote(reviewId(c.req.valid('param')), reviewerOf(person), null), 200)
  },
)

const ReviewReport = z
  .strictObject({
    reason: z.enum(reportReasons, 'Choose what is wrong with it.'),
    words: z
      .string()
      .trim()
      .max(500, 'At most 500 characters, please.')
      .refine(...noCardNumber)
      .default(''),
  })
  .openapi('ReviewReport', { example: { reason: 'advertising', words: '' } })

reviewRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/reviews/{id}/report',
    operationId: 'reportReview',
    tags,
    summary: 'Tell the shop that a review should not be there',
    description: 'Once for each person; said again nothing changes.',
    ...signedIn,
    request: { params, body: jsonBody(ReviewReport) },
    responses: {
      204: { description: 'Told' },
      ...errorAnswers(...bodyCodes, 'unauthorized', 'not_found', 'rate_limited', 'catalog_unavailable'),
    },
  }),
  async (c) => {
    const person = c.get('person')
    await limitByAccount('review_vote', person.id)
    await reportReview(reviewId(c.req.valid('param')), { reporterRef: person.id, ...c.req.valid('json') })
    return c.body(null, 204)
  },
)
