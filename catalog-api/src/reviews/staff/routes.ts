// The staff's face of reviews: the queue, decisions, the shop's reply. Every route names its scope.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../../http/auth.ts'
import { Id, json, jsonBody } from '../../http/fields.ts'
import { errorAnswers } from '../../http/problem.ts'
import { newRouter } from '../../http/router.ts'
import { db } from '../../lib/db.ts'
import { DomainError } from '../../lib/errors.ts'
import { getAdminReview } from '../review.ts'
import { writeErrors } from '../routes.ts'
import { AdminReview } from '../schemas.ts'
import { listAdminReviews } from './list-queue.ts'
import { moderateReviews } from './moderate-reviews.ts'
import { setReply } from './reply.ts'
import { AdminReviewPage, AdminReviewQuery, BulkModeration, Moderated, ModerationInput, ReplyInput } from './schemas.ts'

export const staffReviewRoutes = newRouter()
const tags = ['Reviews (staff)']
const one = { params: z.object({ id: Id }) }
const readErrors = errorAnswers('validation_failed', 'unauthorized', 'forbidden', 'not_found')

staffReviewRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/reviews',
    operationId: 'listAdminReviews',
    tags,
    summary: 'Reviews of a status, oldest first: the moderation queue, and what was reported',
    ...needs('catalog:read'),
    request: { query: AdminReviewQuery },
    responses: { 200: json(AdminReviewPage, 'A page'), ...readErrors },
  }),
  async (c) => c.json(await listAdminReviews(c.req.valid('query')), 200),
)

staffReviewRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/reviews/{id}',
    operationId: 'getAdminReview',
    tags,
    summary: 'One review',
    ...needs('catalog:read'),
    request: one,
    responses: { 200: json(AdminReview, 'The review'), ...readErrors },
  }),
  async (c) => c.json(await getAdminReview(db(), c.req.valid('param').id), 200),
)

staffReviewRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/reviews/moderate',
    operationId: 'moderateReviews',
    tags,
    summary:
      'Approve or reject several reviews as they were read: all of them or none exist; those changed since are left',
    ...needs('reviews:write'),
    request: { body: jsonBody(BulkModeration) },
    responses: {
      200: json(Moderated, 'What became of them'),
      ...writeErrors,
    },
  }),
  async (c) => c.json(await moderateReviews(c.req.valid('json')), 200),
)

staffReviewRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/reviews/{id}/moderate',
    operationId: 'moderateReview',
    tags,
    summary: "Approve or reject a review; the product's rating follows in the same transaction",
    ...needs('reviews:write'),
    request: { ...one, body: jsonBody(ModerationInput) },
    responses: { 200: json(AdminReview, 'The review now'), ...writeErrors },
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    const { version, ...decision } = c.req.valid('json')
    const { stale } = await moderateReviews({ reviews: [{ id, version }], ...decision })
    if (stale.length > 0) throw new DomainError('version_conflict', 'The review was changed since it was read.')
    return c.json(await getAdminReview(db(), id), 200)
  },
)

staffReviewRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/admin/reviews/{id}/reply',
    operationId: 'replyToReview',
    tags,
    summary: "Write or change the shop's reply",
    ...needs('reviews:write'),
    request: { ...one, body: jsonBody(ReplyInput) },
    responses: { 200: json(AdminReview, 'The review now'), ...writeErrors },
  }),
  async (c) => c.json(await setReply(c.req.valid('param').id, c.req.valid('json').text), 200),
)

staffReviewRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/admin/reviews/{id}/reply',
    operationId: 'removeReviewReply',
    tags,
    summary: "Take the shop's reply away",
    ...needs('reviews:write'),
    request: one,
    responses: { 200: json(AdminReview, 'The review now'), ...readErrors },
  }),
  async (c) => c.json(await setReply(c.req.valid('param').id, null), 200),
)
