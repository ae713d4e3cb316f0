// What an order and its payment look like to a client with a payment form of its own. Shapes only.
import { z } from '@hono/zod-openapi'
import type { IntentToPay } from '#app/domain/checkout/pay-by-intent.server.ts'
import { orderStatuses } from '#app/domain/orders/order-status.ts'
import { env } from '#app/env.server.ts'
import { Currency, Minor, OrderNumber } from './frame/fields.ts'

const intentStates = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'succeeded',
  'canceled',
] as const
export const Payment = z
  .object({
    orderNumber: OrderNumber,
    orderStatus: z.enum(orderStatuses),
    amountMinor: Minor,
    currency: Currency,
    paymentIntentId: z.string().nullable().openapi({ description: 'Null: there is nothing (more) to pay' }),
    paymentStatus: z.union([z.enum(intentStates), z.null()]),
    clientSecret: z
      .string()
      .nullable()
      .openapi({ description: "For the payment provider's own script; tell nobody else" }),
    publishableKey: z.string().nullable(),
    nextUrl: z.string().nullable().openapi({ description: 'Where the shopper proves who they are (3-D Secure)' }),
  })
  .openapi('Payment')

export const toPayment = ({ intent, totalMinor, ...order }: IntentToPay): z.infer<typeof Payment> => ({
  orderNumber: order.orderNumber,
  orderStatus: order.orderStatus,
  amountMinor: totalMinor,
  currency: order.currency,
  paymentIntentId: intent?.id ?? null,
  paymentStatus: intent?.status ?? null,
  clientSecret: intent && intent.status !== 'succeeded' ? intent.clientSecret : null,
  publishableKey: env().STRIPE_PUBLISHABLE_KEY ?? null,
  nextUrl: intent?.nextUrl ?? null,
})
