// Orders as staff see them: all of them, with what shoppers do not see. Reads only; the faces check the permission.
import { Order, OrderHistory, OrderItem } from '#app/domain/orders/models.ts'
import { labelOf, type OrderStatus, orderCan } from '#app/domain/orders/order-status.ts'
import type { PickupView } from '#app/domain/orders/order-view.ts'
import { listParcels, type ParcelView, pickupOf } from '#app/domain/orders/queries.server.ts'
import { atStage, type PickupStage } from '#app/domain/orders/staff-work.server.ts'
import type { OrderItemRow, OrderRow } from '#app/domain/orders/work.server.ts'
import { listPayments, type PaymentRow } from '#app/domain/payments/payments.server.ts'
import { refundedPieces } from '#app/domain/payments/refund-pieces.server.ts'
import { listRefundRows, type RefundRow } from '#app/domain/payments/refunds.server.ts'
import { db } from '#app/lib/db.server.ts'
import { notFound } from '#app/lib/errors.ts'

export type StaffOrderFilter = {
  /** Part of an order number, of an e-mail address or of the recipient's name. */
  q?: string
  status?: OrderStatus
  pickup?: PickupStage
  /** From 1. */
  page: number
}

export type StaffOrderSummary = {
  number: string
  status: OrderStatus
  statusLabel: string
  placedAt: Date
  name: string
  email: string
  country: string
  /** Where it is collected; null for a delivery. */
  pickupAt: string | null
  currency: string
  totalMinor: number
  itemCount: number
}

const pageSize = 30
const escapeLike = (text: string) => text.replace(/[\\%_]/g, (character) => `\\${character}`)

/** A page of orders, newest first, thirty each; three statements whatever the number of orders. */
export async function listOrdersForStaff(
  filter: StaffOrderFilter,
  at: Date = new Date(),
): Promise<{ items: StaffOrderSummary[]; total: number; page: number; pages: number }> {
  const like = `%${escapeLike(filter.q ?? '')}%`
  const { results, total } = await Order.query(db())
    .modify((query) => {
      if (filter.status) query.where({ status: filter.status })
      if (filter.pickup) atStage(query, filter.pickup, at)
      if (filter.q)
        query.where((either) =>
          either
            .where('number', 'ilike', like)
            .orWhere('email', 'ilike', like)
            .orWhereRaw("shipping_address->>'fullName' ILIKE ?", [like]),
        )
    })
    .orderBy([
      { column: 'placedAt', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .page(filter.page - 1, pageSize)
  const counts = await OrderItem.query(db())
    .whereIn(
      'orderId',
      results.map(({ id }) => id),
    )
    .groupBy('orderId')
    .select('orderId')
    .sum('quantity as quantity')
  const itemCount = new Map(counts.map((row) => [row.orderId, Number(row.quantity)]))
  const items = results.map((order) => summaryOf(order, itemCount.get(order.id) ?? 0))
  return { items, total, page: filter.page, pages: Math.max(1, Math.ceil(total / pageSize)) }
}

const summaryOf = (order: OrderRow, itemCount: number): StaffOrderSummary => ({
  number: order.number,
  status: order.status,
  statusLabel: labelOf(order),
  placedAt: order.placedAt,
  name: order.shippingAddress.fullName,
  email: order.email,
  country: order.shippingAddress.country,
  pickupAt: order.pickupStore?.name ?? null,
  currency: order.currency,
  totalMinor: order.totalMinor,
  itemCount,
})

type Line = Pick<
  OrderItemRow,
  | 'sku'
  | 'productId'
  | 'title'
  | 'variantTitle'
  | 'imageSrc'
  | 'quantity'
  | 'unitPriceMinor'
  | 'discountMinor'
  | 'lineTotalMinor'
  | 'taxName'
  | 'taxBasisPoints'
  | 'taxMinor'
  | 'taxIncluded'
> & { leftToSend: number }

export type StaffOrder = StaffOrderSummary & {
  id: string
  phone: string | null
  isGuest: boolean
  note: string | null
  cancelReason: string | null
  amounts: Pick<
    OrderRow,
    'subtotalMinor' | 'discountMinor' | 'shippingMinor' | 'taxMinor' | 'includedTaxMinor' | 'totalMinor'
  >
  shippingAddress: OrderRow['shippingAddress']
  billingAddress: OrderRow['billingAddress']
  shippingMethodName: string
  /** With the lines and `amounts`: what "Why this total?" needs. */
  shippingMethod: Pick<OrderRow['shippingMethod'], 'name' | 'arithmetic'>
  shippingTax: OrderRow['shippingTax']
  coupon: OrderRow['coupon']
  pickup: PickupView | null
  lines: Line[]
  parcels: ParcelView[]
  payments: Pick<
    PaymentRow,
    | 'attempt'
    | 'status'
    | 'amountMinor'
    | 'refundedMinor'
    | 'cardBrand'
    | 'cardLast4'
    | 'providerIntentId'
    | 'tender'
    | 'failureMessage'
  >[]
  refunds: Pick<
    RefundRow,
    'id' | 'amountMinor' | 'lines' | 'shippingMinor' | 'status' | 'reason' | 'createdAt' | 'failureReason'
  >[]
  refundableMinor: number
  timeline: { at: Date; kind: string; message: string; actor: string; isPublic: boolean }[]
  can: { ship: boolean; deliver: boolean; makeReady: boolean; handOver: boolean; cancel: boolean; refund: boolean }
}

/** One order with all that belongs to it. Throws not_found. */
export async function getOrderForStaff(number: string): Promise<StaffOrder> {
  const order = await Order.query(db()).findOne({ number })
  if (!order) throw notFound('The order')
  const [items, history, parcels, payments, refunds, pieces] = await Promise.all([
    OrderItem.query(db()).where({ orderId: order.id }).orderBy('position'),
    OrderHistory.query(db()).where({ orderId: order.id }).orderBy('seq'),
    listParcels(order.id),
    listPayments(order.id),
    listRefundRows(order.id),
    refundedPieces(order.id),
  ])
  const lines = items.map((item) => lineOf(item, parcels, pieces(item.sku).unsent))
  const effective = payments.find(({ status }) => status === 'succeeded')
  // Of that payment only: a second payment on its way back takes nothing from what can be refunded.
  const onTheWay = refunds.filter(
    ({ paymentId, status }) => paymentId === effective?.id && (status === 'pending' || status === 'requires_action'),
  )
  const left = (effective ? effective.capturedMinor - effective.refundedMinor : 0) - sum(onTheWay)
  const isAllSent = lines.every((line) => line.leftToSend === 0)
  return {
    ...summaryOf(
      order,
      items.reduce((count, { quantity }) => count + quantity, 0),
    ),
    id: order.id,
    phone: order.phone,
    isGuest: order.userId === null,
    note: order.note,
    cancelReason: order.cancelReason,
    amounts: pickAmounts(order),
    shippingAddress: order.shippingAddress,
    billingAddress: order.billingAddress,
    shippingMethodName: order.shippingMethod.name,
    shippingMethod: order.shippingMethod,
    shippingTax: order.shippingTax,
    coupon: order.coupon,
    pickup: pickupOf(order),
    lines,
    parcels,
    payments: payments.map(pickPayment),
    refunds: refunds.map(({ id, amountMinor, lines, shippingMinor, status, reason, createdAt, failureReason }) => ({
      id,
      amountMinor,
      lines,
      shippingMinor,
      status,
      reason,
      createdAt,
      failureReason,
    })),
    refundableMinor: Math.max(0, left),
    timeline: history.map(({ createdAt, kind, message, actor, isPublic }) => ({
      at: createdAt,
      kind,
      message,
      actor,
      isPublic,
    })),
    can: {
      ship: orderCan.ship(order) && !isAllSent,
      deliver:
        orderCan.deliver(order) &&
        order.fulfilment === 'delivery' &&
        parcels.some(({ status }) => status === 'shipped'),
      makeReady: orderCan.makeReady(order),
      handOver: orderCan.handOver(order),
      cancel:
        orderCan.cancel(order) &&
        order.collectedAt === null &&
        parcels.length === 0 &&
        order.cancelRequestedAt === null,
      refund: orderCan.refund(order) && left > 0,
    },
  }
}

const sum = (rows: { amountMinor: number }[]) => rows.reduce((total, { amountMinor }) => total + amountMinor, 0)

function lineOf(item: OrderItem, parcels: ParcelView[], cancelled: number): Line {
  const sent = parcels
    .flatMap((parcel) => parcel.lines)
    .filter(({ sku }) => sku === item.sku)
    .reduce((count, { quantity }) => count + quantity, 0)
  return {
    sku: item.sku,
    productId: item.productId,
    title: item.title,
    variantTitle: item.variantTitle,
    imageSrc: item.imageSrc,
    quantity: item.quantity,
    unitPriceMinor: item.unitPriceMinor,
    discountMinor: item.discountMinor,
    lineTotalMinor: item.lineTotalMinor,
    taxName: item.taxName,
    taxBasisPoints: item.taxBasisPoints,
    taxMinor: item.taxMinor,
    taxIncluded: item.taxIncluded,
    leftToSend: item.quantity - sent - cancelled,
  }
}

const pickAmounts = (order: OrderRow): StaffOrder['amounts'] => ({
  subtotalMinor: order.subtotalMinor,
  discountMinor: order.discountMinor,
  shippingMinor: order.shippingMinor,
  taxMinor: order.taxMinor,
  includedTaxMinor: order.includedTaxMinor,
  totalMinor: order.totalMinor,
})

const pickPayment = (payment: PaymentRow): StaffOrder['payments'][number] => ({
  attempt: payment.attempt,
  status: payment.status,
  amountMinor: payment.amountMinor,
  refundedMinor: payment.refundedMinor,
  cardBrand: payment.cardBrand,
  cardLast4: payment.cardLast4,
  providerIntentId: payment.providerIntentId,
  tender: payment.tender,
  failureMessage: payment.failureMessage,
})
