// Moving an order as staff over the API: the verbs of the admin's order page, each with its own permission.

import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { handOver } from '#app/domain/checkout/hand-over.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { limitByAccount } from '#app/domain/identity/rate-limit.server.ts'
import type { Permission } from '#app/domain/identity/roles.ts'
import { deliverOrder } from '#app/domain/orders/deliver.server.ts'
import { orderStatuses } from '#app/domain/orders/order-status.ts'
import { readyForPickup } from '#app/domain/orders/pickup.server.ts'
import { shipOrder } from '#app/domain/orders/ship.server.ts'
import { getOrderForStaff } from '#app/domain/orders/staff-queries.server.ts'
import { tenders } from '#app/domain/pickup/pickup-rules.ts'
import { noCardNumber } from '#app/lib/card-number.ts'
import type { By } from '#app/lib/clock.ts'
import type { ApiEnv } from './frame/context.ts'
import { Currency, json, jsonBody, Minor, OrderNumber, Sku } from './frame/fields.ts'
import { byCaller, forStaff, requirePermission } from './frame/guard.ts'
import { idempotent, keyHeader } from './frame/idempotent.ts'
import { errorAnswers } from './frame/problem.ts'
import { newRouter } from './frame/router.ts'

export const adminRoutes = newRouter()

const clean = (max: number) => z.string().trim().min(1).max(max)
const reason = clean(300)
  .refine(...noCardNumber)
  .openapi({ example: 'Damaged in transit', description: 'The shopper reads it' })
const parcelNo = z.int().min(1).max(1000)

const Ship = z
  .strictObject({
    verb: z.literal('ship'),
    parcelNo: parcelNo.optional().describe('The number this parcel shall have: sent twice it is one parcel'),
    carrier: clean(60).nullish(),
    trackingNumber: clean(80).nullish(),
    trackingUrl: clean(500)
      .regex(/^https:\/\/\S+$/, 'The link has to start with https://')
      .nullish(),
    lines: z
      .array(z.strictObject({ sku: Sku, quantity: z.int().min(1).max(99) }))
      .min(1)
      .max(100)
      .optional()
      .describe('Absent: everything not sent yet'),
  })
  .openapi('ShipOrder')
const Deliver = z.strictObject({ verb: z.literal('deliver'), parcelNo: parcelNo.optional() }).openapi('DeliverOrder')
const Cancel = z.strictObject({ verb: z.literal('cancel'), reason }).openapi('CancelOrder')
const Refund = z
  .strictObject({
    verb: z.literal('refund'),
    amountMinor: z.int().min(1).max(100_000_000).optional().describe('Absent: all that is left'),
    reason,
  })
  .openapi('RefundOrder')
const Ready = z.strictObject({ verb: z.literal('ready') }).openapi('ReadyForPickup')
const HandOver = z
  .strictObject({ verb: z.literal('hand_over'), code: clean(40), tender: z.enum(tenders).nullish() })
  .openapi('HandOverOrder')

const OrderVerb = z.discriminatedUnion('verb', [Ship, Deliver, Cancel, Refund, Ready, HandOver]).openapi('OrderVerb')
type Verb = z.output<typeof OrderVerb>

const StaffOrder = z
  .object({
    number: OrderNumber,
    status: z.enum(orderStatuses),
    totalMinor: Minor,
    refundableMinor: Minor,
    currency: Currency,
    parcels: z.array(z.object({ parcelNo: z.int(), status: z.string() })),
  })
  .openapi('StaffOrder')

async function viewForStaff(number: string): Promise<z.infer<typeof StaffOrder>> {
  const { status, currency, amounts, refundableMinor, parcels } = await getOrderForStaff(number)
  return {
    number,
    status,
    totalMinor: amounts.totalMinor,
    refundableMinor,
    currency,
    parcels: parcels.map((parcel) => ({ parcelNo: parcel.parcelNo, status: parcel.status })),
  }
}

const permissionOf: Record<Verb['verb'], Permission> = {
  ship: 'orders:ship',
  deliver: 'orders:ship',
  cancel: 'orders:cancel',
  refund: 'orders:refund',
  ready: 'orders:ship',
  hand_over: 'orders:ship',
}

type Act = { orderId: string; by: By; word: string | undefined }

async function run(input: Verb, { orderId, by, word }: Act): Promise<void> {
  if (input.verb === 'ship') {
    const { carrier = null, trackingNumber = null, trackingUrl = null } = input
    const which = { parcelNo: input.parcelNo, lines: input.lines }
    await shipOrder({ orderId, ...which, carrier, trackingNumber, trackingUrl }, by)
  } else if (input.verb === 'deliver') await deliverOrder({ orderId, parcelNo: input.parcelNo }, by)
  else if (input.verb === 'cancel') await cancelOrder({ orderId, reason: input.reason }, by)
  else if (input.verb === 'refund')
    await refundOrder({ orderId, amountMinor: input.amountMinor ?? 'rest', reason: input.reason, formKey: word }, by)
  else if (input.verb === 'ready') await readyForPickup({ orderId }, by)
  else {
    // As on the order's page: six characters could be guessed, ten tries a quarter of an hour cannot.
    await limitByAccount('collection_code', orderId)
    await handOver({ orderId, code: input.code, tender: input.tender ?? null }, by)
  }
}

adminRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/admin/orders/{number}/status',
    operationId: 'moveOrder',
    tags: ['Staff'],
    summary: 'Move an order: ship, deliver, cancel, refund, ready for pickup, hand over',
    description:
      'Each verb needs its permission: `orders:ship` (ship, deliver, ready, hand_over), `orders:cancel`, `orders:refund`. What the table of order states does not allow is 409.',
    ...forStaff,
    middleware: [...forStaff.middleware, idempotent()] as const,
    request: { headers: keyHeader, params: z.object({ number: OrderNumber }), body: jsonBody(OrderVerb) },
    responses: {
      200: json(StaffOrder, 'The order as it is now'),
      ...errorAnswers(
        'validation_failed',
        'malformed_json',
        'unsupported_media_type',
        'payload_too_large',
        'unauthorized',
        'forbidden',
        'not_found',
        'illegal_transition',
        'refund_too_large',
        'conflict',
        'rate_limited',
        'idempotency_in_flight',
        'idempotency_mismatch',
        'catalog_unavailable',
      ),
    },
  }),
  async (c) => {
    const input = c.req.valid('json')
    requirePermission(c as Context<ApiEnv>, permissionOf[input.verb])
    const { number } = c.req.valid('param')
    const { id } = await getOrderForStaff(number)
    await run(input, { orderId: id, by: byCaller(c), word: c.get('word') })
    return c.json(await viewForStaff(number), 200)
  },
)
