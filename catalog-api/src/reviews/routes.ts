// Reviews: approved ones for everybody, writing by the storefront for its shopper, moderation by staff.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../http/auth.ts'
import { CursorParam, Id, IdOrSlug, json, jsonBody, queryInt, text } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { db } from '../lib/db.ts'
import { listAdminReviews, listReviews } from './list-reviews.ts'
import { moderateReview } from './moderate-review.ts'
import { moderateReviews } from './moderate-reviews.ts'
import { getOwnReview } from './review.ts'
import {
  AdminReview,
  AdminReviewPage,
  AdminReviewQuery,
  BulkModeration,
  ModerationInput,
  ReviewInput,
  ReviewPage,
} from './schemas.ts'
import { writeReview } from './write-review.ts'

export const reviewRoutes = newRouter()
const tags = ['Reviews']
const common = [
  'validation_failed',
  'malformed_json',
  'unsupported_media_type',
  'payload_too_large',
  'unauthorized',
  'forbidden',
  'not_found',
] as const

reviewRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/reviews/product/{idOrSlug}',
    operationId: 'listReviews',
    tags,
    summary: 'Approved reviews of a product, newest first',
    request: {
      params: z.object({ idOrSlug: IdOrSlug }),
      query: z.object({ cursor: CursorParam, limit: queryInt(1, 50).default(10), rating: queryInt(1, 5).optional() }),
    },
    responses: { 200: json(ReviewPage, 'A page of reviews'), ...errorAnswers('not_found', 'validation_failed') },
  }),
  async (c) => c.json(await listReviews(c.req.valid('param').idOrSlug, c.req.valid('query')), 200),
)

reviewRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/reviews/product/{id}/by/{author}',
    operationId: 'getOwnReview',
    tags,
    summary: 'What an author wrote about a product, whatever became of it',
    ...needs('catalog:read'),
    request: { params: z.object({ id: Id, author: text(1, 100).openapi({ example: 'user:42' }) }) },
    responses: {
      200: json(AdminReview, 'The review'),
      ...errorAnswers('not_found', 'validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => {
    const { id, author } = c.req.valid('param')
    return c.json(await getOwnReview(db(), id, author), 200)
  },
)

reviewRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/reviews',
    operationId: 'writeReview',
    tags,
    summary: "Write a review, or replace the author's own",
    description: 'It waits for moderation; a replaced review waits again.',
    ...needs('reviews:write'),
    request: { body: jsonBody(ReviewInput) },
    responses: {
      201: json(AdminReview, 'Written'),
      200: json(AdminReview, 'Replaced'),
      ...errorAnswers(...common),
    },
  }),
  async (c) => {
    const { created, review } = await writeReview(c.req.valid('json'))
    return created ? c.json(review, 201) : c.json(review, 200)
  },
)

reviewRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/reviews',
    operationId: 'listAdminReviews',
    tags,
    summary: 'Reviews of a status, oldest first: the moderation queue',
    ...needs('catalog:read'),
    request: { query: AdminReviewQuery },
    responses: {
      200: json(AdminReviewPage, 'A page'),
      ...errorAnswers('validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => c.json(await listAdminReviews(c.req.valid('query')), 200),
)

reviewRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/reviews/moderate',
    operationId: 'moderateReviews',
    tags,
    summary: 'Approve or reject several reviews: all of them or none',
    ...needs('reviews:write'),
    request: { body: jsonBody(BulkModeration) },
    responses: {
      200: json(z.object({ changed: z.array(AdminReview) }), 'Those whose status changed by this'),
      ...errorAnswers(...common),
    },
  }),
  async (c) => c.json({ changed: await moderateReviews(c.req.valid('json')) }, 200),
)

reviewRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/reviews/{id}/moderate',
    operationId: 'moderateReview',
    tags,
    summary: "Approve or reject a review; the product's rating follows in the same transaction",
    ...needs('reviews:write'),
    request: { params: z.object({ id: Id }), body: jsonBody(ModerationInput) },
    responses: { 200: json(AdminReview, 'Moderated'), ...errorAnswers(...common) },
  }),
  async (c) => c.json(await moderateReview(c.req.valid('param').id, c.req.valid('json')), 200),
)
