// Checkout over the API: the quote's seal goes in, an order comes out, paid by the client's own form (an intent), on the
// provider's page, or at the counter. The verbs of the pages; nothing about money is read from the body but the seal.

import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { findCartOf } from '#app/domain/cart/cart.server.ts'
import { confirmPayment, orderOfIntent, placeByIntent } from '#app/domain/checkout/pay-by-intent.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { limitByNetwork } from '#app/domain/identity/rate-limit.server.ts'
import { findOrderOf } from '#app/domain/orders/queries.server.ts'
import { noCardNumber } from '#app/lib/card-number.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { newToken } from '#app/lib/ids.ts'
import { clientIp } from '#server/client-ip.ts'
import type { ApiEnv } from './frame/context.ts'
import { json, jsonBody, OrderNumber } from './frame/fields.ts'
import { byCaller, ownerOf, signedIn } from './frame/guard.ts'
import { idempotent, keyHeader } from './frame/idempotent.ts'
import { errorAnswers } from './frame/problem.ts'
import { newRouter } from './frame/router.ts'
import { Payment, toPayment } from './payment-schema.ts'

export const checkoutRoutes = newRouter()
const tags = ['Checkout']
const bodyCodes = ['validation_failed', 'malformed_json', 'unsupported_media_type', 'payload_too_large'] as const
const placeCodes = [
  ...bodyCodes,
  'unauthorized',
  'not_found',
  'quote_changed',
  'cart_empty',
  'cart_changed',
  'out_of_stock',
  'shipping_unavailable',
  'conflict',
  'rate_limited',
  'idempotency_in_flight',
  'idempotency_mismatch',
  'catalog_unavailable',
  'payment_unavailable',
] as const

const Confirmed = z
  .strictObject({
    seal: z.string().min(1).max(400).openapi({ description: 'Of `GET /cart/quote`' }),
    note: z
      .string()
      .max(1000, 'At most 1000 characters, please.')
      .refine(...noCardNumber)
      .nullish(),
  })
  .openapi('ConfirmedQuote')

/** What the verbs of placing take, from the body and from whose cart it is. */
async function toPlace(c: Context<ApiEnv>, { seal, note }: z.output<typeof Confirmed>) {
  await limitByNetwork('checkout', clientIp(c))
  const cart = await findCartOf(ownerOf(c))
  if (!cart) throw new DomainError('cart_empty', 'Your cart is empty.')
  // Its goods are held for days without a payment.
  if (cart.paymentMethod === 'in_store') await limitByNetwork('in_store', clientIp(c))
  // Repeated with its Idempotency-Key, also after a crash, it is the same checkout and so the same order.
  const checkoutKey = c.get('word') ?? newToken()
  return { cart, input: { cartId: cart.id, userId: c.get('person').id, checkoutKey, seal, note: note ?? null } }
}

checkoutRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/checkout/create-payment-intent',
    operationId: 'createPaymentIntent',
    tags,
    summary: 'Place the order, to be paid by your own payment form',
    description:
      'For clients that draw their own form (mobile, Elements): confirm the intent with `clientSecret` there, or send a payment method to `confirm`. The goods are held while the intent waits; asked again for the same cart, it is the same order.',
    ...signedIn,
    middleware: [...signedIn.middleware, idempotent({ repeatable: true })] as const,
    request: { headers: keyHeader, body: jsonBody(Confirmed) },
    responses: { 201: json(Payment, 'The order and its intent'), ...errorAnswers(...placeCodes) },
  }),
  async (c) => {
    const { cart, input } = await toPlace(c, c.req.valid('json'))
    if (cart.paymentMethod === 'in_store')
      throw new DomainError('conflict', 'This cart is paid at the counter: place it with POST /checkout/place-order.')
    return c.json(toPayment(await placeByIntent(input, byCaller(c))), 201)
  },
)

const Placed = z
  .object({
    orderNumber: OrderNumber,
    paymentUrl: z.string().nullable().openapi({ description: 'The page to pay on; null: nothing to pay now' }),
  })
  .openapi('PlacedOrder')

checkoutRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/checkout/place-order',
    operationId: 'placeOrder',
    tags,
    summary: "Place the order, to be paid on the provider's page or at the counter",
    ...signedIn,
    middleware: [...signedIn.middleware, idempotent({ repeatable: true })] as const,
    request: { headers: keyHeader, body: jsonBody(Confirmed) },
    responses: { 201: json(Placed, 'The order'), ...errorAnswers(...placeCodes) },
  }),
  async (c) => {
    const { input } = await toPlace(c, c.req.valid('json'))
    const { number, paymentUrl } = await placeOrder(input, byCaller(c))
    return c.json({ orderNumber: number, paymentUrl }, 201)
  },
)

const Confirm = z
  .strictObject({
    orderNumber: OrderNumber.optional(),
    paymentIntentId: z.string().max(255).optional().openapi({ example: 'pi_3Nabc' }),
    paymentMethod: z
      .string()
      .regex(/^pm_\w{1,200}$/, 'A payment method of the payment provider: pm_…')
      .optional()
      .openapi({
        example: 'pm_card_visa',
        description: 'Confirms the intent with it; absent: only looks what came of it',
      }),
  })
  .refine(({ orderNumber, paymentIntentId }) => (orderNumber === undefined) !== (paymentIntentId === undefined), {
    path: ['orderNumber'],
    message: 'Send either orderNumber or paymentIntentId.',
  })
  .openapi('PaymentConfirmation', { example: { orderNumber: 'HS-7KQ4-M2XD', paymentMethod: 'pm_card_visa' } })

checkoutRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/checkout/confirm',
    operationId: 'confirmPayment',
    tags,
    summary: 'Confirm the payment, or find out what became of it',
    description:
      'Ends in the same settling as the payment page. `requires_action`: send the shopper to `nextUrl` (or use `clientSecret`), then ask again. A declined card is 402 with `details.declineCode`; the order keeps waiting for another one.',
    ...signedIn,
    middleware: [...signedIn.middleware, idempotent({ repeatable: true })] as const,
    request: { headers: keyHeader, body: jsonBody(Confirm) },
    responses: {
      200: json(Payment, 'Where order and payment stand'),
      ...errorAnswers(
        ...bodyCodes,
        'unauthorized',
        'payment_declined',
        'not_found',
        'conflict',
        'illegal_transition',
        'rate_limited',
        'idempotency_in_flight',
        'idempotency_mismatch',
        'payment_unavailable',
      ),
    },
  }),
  async (c) => {
    const { orderNumber, paymentIntentId = '', paymentMethod = null } = c.req.valid('json')
    const userId = c.get('person').id
    const orderId = orderNumber ? (await findOrderOf(userId, orderNumber))?.id : await orderOfIntent(paymentIntentId)
    if (!orderId) throw notFound('The order')
    // Cards must not be found by trying either; looking what became of a payment is free.
    if (paymentMethod) await limitByNetwork('checkout', clientIp(c))
    const key = c.get('word') ?? newToken()
    const paid = await confirmPayment({ userId, orderId, paymentMethod, key }, byCaller(c))
    const decline = paid.intent?.decline
    if (decline)
      throw new DomainError('payment_declined', decline.message, {
        details: { declineCode: decline.code, orderNumber: paid.orderNumber, paymentIntentId: paid.intent?.id },
      })
    return c.json(toPayment(paid), 200)
  },
)
