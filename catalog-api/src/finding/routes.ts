// The face of what helps people find things: suggestions for everybody, counted searches and expectations for staff.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../http/auth.ts'
import { Id, json, jsonBody, queryInt, SearchWords } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { deleteExpectation, listExpectations, saveExpectation } from './expectations.ts'
import { listSearches } from './list-searches.ts'
import { CountedSearches, ExpectationInput, SearchExpectation, Suggestions } from './schemas.ts'
import { suggest } from './suggest.ts'

export const findingRoutes = newRouter()
const tags = ['Finding things']
const readErrors = errorAnswers('validation_failed', 'unauthorized', 'forbidden')
const writeErrors = errorAnswers(
  'validation_failed',
  'malformed_json',
  'unsupported_media_type',
  'payload_too_large',
  'unauthorized',
  'forbidden',
  'conflict',
)
const named = { params: z.object({ id: Id }) }

findingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/catalog/suggestions',
    operationId: 'suggest',
    tags,
    summary: 'What a search may become while it is typed',
    description:
      'Products with these words in their title first, the most reviewed ones; nothing for less than two letters.',
    request: { query: z.object({ q: SearchWords, limit: queryInt(1, 10).default(5) }) },
    responses: {
      200: json(Suggestions, 'Products, categories, what others searched for'),
      ...errorAnswers('validation_failed'),
    },
  }),
  async (c) => {
    const { q, limit } = c.req.valid('query')
    return c.json(await suggest(q, limit), 200)
  },
)

findingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/search/queries',
    operationId: 'listSearches',
    tags,
    summary: 'What was searched for: what found nothing, and what is searched most',
    description: 'Counted by day without anything about who asked; kept 90 days.',
    ...needs('catalog:read'),
    request: { query: z.object({ days: queryInt(1, 90).default(30) }) },
    responses: { 200: json(CountedSearches, 'At most fifty of each'), ...readErrors },
  }),
  async (c) => c.json(await listSearches(c.req.valid('query').days), 200),
)

findingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/search/expectations',
    operationId: 'listExpectations',
    tags,
    summary: 'What searches are expected to find, with what they find now',
    ...needs('catalog:read'),
    responses: { 200: json(z.object({ items: z.array(SearchExpectation) }), 'Those not met first'), ...readErrors },
  }),
  async (c) => c.json({ items: await listExpectations() }, 200),
)

findingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/search/expectations',
    operationId: 'saveExpectation',
    tags,
    summary: 'Expect a search to show a product within the first so many',
    ...needs('catalog:write'),
    request: { body: jsonBody(ExpectationInput) },
    responses: {
      201: json(SearchExpectation, 'Kept; the same query and product again: with the new number'),
      ...writeErrors,
    },
  }),
  async (c) => c.json(await saveExpectation(c.req.valid('json')), 201),
)

findingRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/admin/search/expectations/{id}',
    operationId: 'deleteExpectation',
    tags,
    summary: 'Expect this no longer',
    ...needs('catalog:write'),
    request: named,
    responses: { 204: { description: 'Gone' }, ...readErrors, ...errorAnswers('not_found') },
  }),
  async (c) => {
    await deleteExpectation(c.req.valid('param').id)
    return c.body(null, 204)
  },
)
