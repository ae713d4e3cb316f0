// The face of a proof: goods to race for, what became of them, and their end.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../../http/auth.ts'
import { json, jsonBody, Sku } from '../../http/fields.ts'
import { errorAnswers } from '../../http/problem.ts'
import { newRouter } from '../../http/router.ts'
import { ScratchFigures, ScratchGoods, ScratchInput } from './schemas.ts'
import { countScratch, makeScratch, removeScratch } from './scratch.ts'

export const proofRoutes = newRouter()
const tags = ['Operations']
const path = '/admin/scratch-goods/{sku}'
const params = z.object({ sku: Sku })

proofRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/scratch-goods',
    operationId: 'makeScratchGoods',
    tags,
    summary: 'Goods that nobody sees, to prove the rules of stock in a running shop',
    description: 'One at a time. What is not taken away goes by itself after two minutes.',
    ...needs('inventory:write'),
    request: { body: jsonBody(ScratchInput) },
    responses: {
      201: json(ScratchGoods, 'Laid out'),
      ...errorAnswers(
        'conflict',
        'validation_failed',
        'malformed_json',
        'unsupported_media_type',
        'payload_too_large',
        'unauthorized',
        'forbidden',
      ),
    },
  }),
  async (c) => c.json(await makeScratch(c.req.valid('json').units, c.var.caller ?? 'unknown'), 201),
)

proofRoutes.openapi(
  createRoute({
    method: 'get',
    path,
    operationId: 'countScratchGoods',
    tags,
    summary: 'What became of them, counted from the rows',
    ...needs('inventory:write'),
    request: { params },
    responses: {
      200: json(ScratchFigures, 'The figures'),
      ...errorAnswers('not_found', 'validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => c.json(await countScratch(c.req.valid('param').sku), 200),
)

proofRoutes.openapi(
  createRoute({
    method: 'delete',
    path,
    operationId: 'removeScratchGoods',
    tags,
    summary: 'Take them away, with all that was written about them',
    ...needs('inventory:write'),
    request: { params },
    responses: {
      204: { description: 'Gone, now or before' },
      ...errorAnswers('validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => {
    await removeScratch(c.req.valid('param').sku)
    return c.body(null, 204)
  },
)
