// Parcels of an order. Created once per order and parcel number; what is sent never exceeds what was sold.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../http/auth.ts'
import { Id, json, jsonBody, Ref } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { createFulfillment } from './create-fulfillment.ts'
import { listFulfillments } from './list-fulfillments.ts'
import { Fulfillment, FulfillmentInput, TrackingInput } from './schemas.ts'
import { markDelivered, updateTracking } from './update-fulfillment.ts'

export const fulfillmentRoutes = newRouter()
const tags = ['Fulfilment']
const common = [
  'validation_failed',
  'malformed_json',
  'unsupported_media_type',
  'payload_too_large',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
] as const

fulfillmentRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/fulfillments',
    operationId: 'createFulfillment',
    tags,
    summary: 'A parcel has left',
    description: 'Idempotent by order and parcel number. Lines over what was sold and not yet sent are a conflict.',
    ...needs('fulfilment:write'),
    request: { body: jsonBody(FulfillmentInput) },
    responses: { 201: json(Fulfillment, 'Sent'), 200: json(Fulfillment, 'Sent before'), ...errorAnswers(...common) },
  }),
  async (c) => {
    const { created, fulfillment } = await createFulfillment(c.req.valid('json'))
    return created ? c.json(fulfillment, 201) : c.json(fulfillment, 200)
  },
)

fulfillmentRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/fulfillments',
    operationId: 'listFulfillments',
    tags,
    summary: 'Parcels of an order',
    ...needs('fulfilment:read'),
    request: { query: z.object({ order_ref: Ref }) },
    responses: {
      200: json(z.object({ items: z.array(Fulfillment) }), 'Parcels by number'),
      ...errorAnswers('validation_failed', 'unauthorized', 'forbidden'),
    },
  }),
  async (c) => c.json({ items: await listFulfillments(c.req.valid('query').order_ref) }, 200),
)

fulfillmentRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/fulfillments/{id}/tracking',
    operationId: 'updateTracking',
    tags,
    summary: 'Carrier and tracking of a parcel',
    ...needs('fulfilment:write'),
    request: { params: z.object({ id: Id }), body: jsonBody(TrackingInput) },
    responses: { 200: json(Fulfillment, 'Changed'), ...errorAnswers(...common) },
  }),
  async (c) => c.json(await updateTracking(c.req.valid('param').id, c.req.valid('json')), 200),
)

fulfillmentRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/fulfillments/{id}/delivered',
    operationId: 'markDelivered',
    tags,
    summary: 'A parcel has arrived',
    ...needs('fulfilment:write'),
    request: { params: z.object({ id: Id }) },
    responses: {
      200: json(Fulfillment, 'Delivered, now or before'),
      ...errorAnswers('validation_failed', 'unauthorized', 'forbidden', 'not_found', 'conflict'),
    },
  }),
  async (c) => c.json(await markDelivered(c.req.valid('param').id), 200),
)
