// A person's part in all reviews: to take along, and to forget.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../http/auth.ts'
import { json, jsonBody } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { forgetPerson, getPersonData } from './person.ts'
import { writeErrors } from './routes.ts'
import { FormerRef, PersonData, PersonRef } from './schemas.ts'

export const reviewPersonRoutes = newRouter()
const tags = ['Reviews']
const refsOf = (ref: string, former?: string) => (former ? [ref, former] : [ref])

reviewPersonRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/reviews/by/{author}',
    operationId: 'getReviewPersonData',
    tags,
    summary: 'Everything a person wrote, voted and reported',
    ...needs('catalog:read'),
    request: { params: z.object({ author: PersonRef }), query: z.object({ former: FormerRef }) },
    responses: {
      200: json(PersonData, 'Newest first'),
      ...errorAnswers('validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => c.json(await getPersonData(refsOf(c.req.valid('param').author, c.req.valid('query').former)), 200),
)

reviewPersonRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/reviews/forget',
    operationId: 'forgetReviewPerson',
    tags,
    summary: 'Take a person out of reviews, votes and reports; what they said stays under no name',
    ...needs('reviews:write'),
    request: { body: jsonBody(z.object({ ref: PersonRef, formerRef: FormerRef }).openapi('ForgetReviewPerson')) },
    responses: { 200: json(z.object({ reviews: z.int() }), 'How many reviews were theirs'), ...writeErrors },
  }),
  async (c) => {
    const { ref, formerRef } = c.req.valid('json')
    return c.json(await forgetPerson(refsOf(ref, formerRef)), 200)
  },
)
