// The face of the shopkeeper's synonyms: kept, changed, taken away, and tried before any of it.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../http/auth.ts'
import { Id, json, jsonBody } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { SearchSynonym, SynonymInput, SynonymPreview, SynonymTrial, SynonymUpdate } from './schemas.ts'
import { createSynonym, deleteSynonym, getSynonym, listSynonyms, previewSynonym, updateSynonym } from './synonyms.ts'

export const synonymRoutes = newRouter()
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

synonymRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/search/synonyms',
    operationId: 'listSynonyms',
    tags,
    summary: 'All synonyms',
    ...needs('catalog:read'),
    responses: { 200: json(z.object({ items: z.array(SearchSynonym) }), 'By what is typed'), ...readErrors },
  }),
  async (c) => c.json({ items: await listSynonyms() }, 200),
)

synonymRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/search/synonyms/{id}',
    operationId: 'getSynonym',
    tags,
    summary: 'One synonym',
    ...needs('catalog:read'),
    request: named,
    responses: { 200: json(SearchSynonym, 'The synonym'), ...readErrors, ...errorAnswers('not_found') },
  }),
  async (c) => c.json(await getSynonym(c.req.valid('param').id), 200),
)

synonymRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/search/synonyms/preview',
    operationId: 'previewSynonym',
    tags,
    summary: 'What searches find now and would find with this synonym; changes nothing',
    ...needs('catalog:read'),
    request: { body: jsonBody(SynonymTrial) },
    responses: { 200: json(SynonymPreview, 'Before and after'), ...writeErrors },
  }),
  async (c) => c.json(await previewSynonym(c.req.valid('json')), 200),
)

synonymRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/search/synonyms',
    operationId: 'createSynonym',
    tags,
    summary: 'Keep a synonym; the next search knows it',
    ...needs('catalog:write'),
    request: { body: jsonBody(SynonymInput) },
    responses: { 201: json(SearchSynonym, 'Kept'), ...writeErrors },
  }),
  async (c) => c.json(await createSynonym(c.req.valid('json')), 201),
)

synonymRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/admin/search/synonyms/{id}',
    operationId: 'updateSynonym',
    tags,
    summary: 'Change a synonym',
    ...needs('catalog:write'),
    request: { ...named, body: jsonBody(SynonymUpdate) },
    responses: {
      200: json(SearchSynonym, 'Changed'),
      ...writeErrors,
      ...errorAnswers('not_found', 'version_conflict', 'conflict'),
    },
  }),
  async (c) => c.json(await updateSynonym(c.req.valid('param').id, c.req.valid('json')), 200),
)

synonymRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/admin/search/synonyms/{id}',
    operationId: 'deleteSynonym',
    tags,
    summary: 'Take a synonym away',
    ...needs('catalog:write'),
    request: named,
    responses: { 204: { description: 'Gone' }, ...readErrors, ...errorAnswers('not_found') },
  }),
  async (c) => {
    await deleteSynonym(c.req.valid('param').id)
    return c.body(null, 204)
  },
)
