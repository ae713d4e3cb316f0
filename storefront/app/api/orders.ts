// A shopper's own orders over the API. Another person's order is one that does not exist.
import { createRoute, z } from '@hono/zod-openapi'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { orderStatuses } from '#app/domain/orders/order-status.ts'
import type { OrderView } from '#app/domain/orders/order-view.ts'
import { findOrderOf, listOrdersOf } from '#app/domain/orders/queries.server.ts'
import { fulfilments, paymentMethods } from '#app/domain/pickup/pickup-rules.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { PostalAddress, pickPostal } from './addresses.ts'
import { Currency, json, Minor, OrderNumber, queryInt, Time } from './frame/fields.ts'
import { byCaller, signedIn } from './frame/guard.ts'
import { errorAnswers } from './frame/problem.ts'
import { newRouter } from './frame/router.ts'

export const orderRoutes = newRouter()
const tags = ['Orders']

const summary = {
  number: OrderNumber,
  status: z.enum(orderStatuses),
  statusLabel: z.string().openapi({ example: 'Paid' }),
  placedAt: Time,
  currency: Currency,
  totalMinor: Minor,
}
const OrderSummary = z.object({ ...summary, itemCount: z.int() }).openapi('OrderSummary')
const OrderPage = z
  .object({ items: z.array(OrderSummary), total: z.int(), page: z.int(), pages: z.int() })
  .openapi('OrderPage')

orderRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/orders',
    operationId: 'listOrders',
    tags,
    summary: 'Your orders, newest first, ten a page',
    ...signedIn,
    request: { query: z.strictObject({ page: queryInt(1, 100_000).optional() }) },
    responses: { 200: json(OrderPage, 'A page'), ...errorAnswers('unauthorized', 'validation_failed') },
  }),
  async (c) => {
    const { items, ...rest } = await listOrdersOf(c.get('person').id, c.req.valid('query').page ?? 1)
    const picked = items.map(({ number, status, statusLabel, placedAt, currency, totalMinor, itemCount }) => ({
      ...{ number, status, statusLabel, currency, totalMinor, itemCount },
      placedAt: placedAt.toISOString(),
    }))
    return c.json({ items: picked, total: rest.total, page: rest.page, pages: rest.pages }, 200)
  },
)

const OrderLine = z
  .object({
    sku: z.string(),
    title: z.string(),
    variantTitle: z.string(),
    quantity: z.int(),
    unitPriceMinor: Minor,
    discountMinor: Minor,
    lineTotalMinor: Minor,
  })
  .openapi('OrderLine')

const Order = z
  .object({
    ...summary,
    email: z.string(),
    phone: z.string().nullable(),
    fulfilment: z.enum(fulfilments),
    paymentMethod: z.enum(paymentMethods),
    lines: z.array(OrderLine),
    subtotalMinor: Minor,
    discountMinor: Minor,
    shippingMinor: Minor,
    taxMinor: Minor,
    includedTaxMinor: Minor,
    refundedMinor: Minor,
    shippingMethodName: z.string(),
    shippingAddress: PostalAddress,
    billingAddress: PostalAddress,
    note: z.string().nullable(),
    pickup: z
      .object({
        storeName: z.string(),
        code: z.string().nullable().openapi({ description: 'What is shown at the counter, once it lies ready' }),
        collectBy: Time.nullable(),
      })
      .nullable(),
    payment: z
      .object({ cardBrand: z.string().nullable(), cardLast4: z.string().nullable(), declined: z.string().nullable() })
      .nullable(),
    parcels: z.array(
      z.object({
        parcelNo: z.int(),
        status: z.string(),
        carrier: z.string().nullable(),
        trackingNumber: z.string().nullable(),
        trackingUrl: z.string().nullable(),
        lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
      }),
    ),
    timeline: z.array(z.object({ at: Time, kind: z.string(), message: z.string() })),
    can: z.object({ pay: z.boolean(), cancel: z.boolean() }),
  })
  .openapi('Order')

const toOrder = (order: OrderView): z.infer<typeof Order> => ({
  number: order.number,
  status: order.status,
  statusLabel: order.statusLabel,
  placedAt: order.placedAt.toISOString(),
  currency: order.currency,
  totalMinor: order.totalMinor,
  email: order.email,
  phone: order.phone,
  fulfilment: order.fulfilment,
  paymentMethod: order.paymentMethod,
  lines: order.lines.map(({ sku, title, variantTitle, quantity, unitPriceMinor, discountMinor, lineTotalMinor }) => ({
    ...{ sku, title, variantTitle, quantity, unitPriceMinor, discountMinor, lineTotalMinor },
  })),
  subtotalMinor: order.subtotalMinor,
  discountMinor: order.discountMinor,
  shippingMinor: order.shippingMinor,
  taxMinor: order.taxMinor,
  includedTaxMinor: order.includedTaxMinor,
  refundedMinor: order.refundedMinor,
  shippingMethodName: order.shippingMethod.name,
  shippingAddress: pickPostal(order.shippingAddress),
  billingAddress: pickPostal(order.billingAddress),
  note: order.note,
  pickup: order.pickup && {
    storeName: order.pickup.store.name,
    code: order.pickup.code,
    collectBy: order.pickup.collectBy?.toISOString() ?? null,
  },
  payment: order.payment && {
    cardBrand: order.payment.cardBrand,
    cardLast4: order.payment.cardLast4,
    declined: order.payment.declined,
  },
  parcels: order.parcels.map(({ parcelNo, status, carrier, trackingNumber, trackingUrl, lines }) => ({
    ...{ parcelNo, status, carrier, trackingNumber, trackingUrl },
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
  })),
  timeline: order.timeline.map(({ at, kind, message }) => ({ at: at.toISOString(), kind, message })),
  can: { pay: order.can.pay, cancel: order.can.cancel },
})

const params = z.object({ number: OrderNumber })

/** The caller's own order. Throws not_found. */
async function getOwn(userId: string, number: string): Promise<OrderView> {
  const order = await findOrderOf(userId, number)
  if (!order) throw notFound('The order')
  return order
}

orderRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/orders/{number}',
    operationId: 'getOrder',
    tags,
    summary: 'One of your orders with its timeline',
    ...signedIn,
    request: { params },
    responses: { 200: json(Order, 'The order'), ...errorAnswers('unauthorized', 'not_found') },
  }),
  async (c) => c.json(toOrder(await getOwn(c.get('person').id, c.req.valid('param').number)), 200),
)

orderRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/orders/{number}/cancel',
    operationId: 'cancelOrder',
    tags,
    summary: 'Cancel an order that was not sent yet',
    description: 'Told twice changes nothing. What was paid goes back to where it came from.',
    ...signedIn,
    request: { params },
    responses: {
      200: json(Order, 'The order as it is now'),
      ...errorAnswers('unauthorized', 'not_found', 'illegal_transition'),
    },
  }),
  async (c) => {
    const { number } = c.req.valid('param')
    const order = await getOwn(c.get('person').id, number)
    if (!order.can.cancel && !order.cancelRequested && order.status !== 'cancelled')
      throw new DomainError('illegal_transition', 'This order can no longer be cancelled.')
    await cancelOrder({ orderId: order.id, reason: 'Cancelled by you' }, byCaller(c))
    return c.json(toOrder(await getOwn(c.get('person').id, number)), 200)
  },
)
