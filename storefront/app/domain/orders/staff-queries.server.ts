// Orders as staff see them: all of them, with what shoppers do not see. Reads only; the faces check the permission.
import { Order, OrderHistory, OrderItem } from '#app/domain/orders/models.ts'
import { type OrderStatus, orderCan, orderStatusLabel } from '#app/domain/orders/order-status.ts'
import { listParcels, type ParcelView } from '#app/domain/orders/queries.server.ts'
import type { OrderItemRow, OrderRow } from '#app/domain/orders/work.server.ts'
import { listPayments, type PaymentRow } from '#app/domain/payments/payments.server.ts'
import { listRefundRows, type RefundRow } from '#app/domain/payments/refunds.server.ts'
import { db } from '#app/lib/db.server.ts'
import { notFound } from '#app/lib/errors.ts'

export type StaffOrderFilter = {
  /** Part of an order number, of an e-mail address or of the recipient's name. */
  q?: string
  status?: OrderStatus
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
  currency: string
  totalMinor: number
  itemCount: number
}

const pageSize = 30
const escapeLike = (text: string) => text.replace(/[\\%_]/g, (character) => `\\${character}`)

/** A page of orders, newest first, thirty each; three statements whatever the number of orders. */
export async function listOrdersForStaff(
  filter: StaffOrderFilter,
): Promise<{ items: StaffOrderSummary[]; total: number; page: number; pages: number }> {
  const like = `%${escapeLike(filter.q ?? '')}%`
  const { results, total } = await Order.query(db())
    .modify((query) => {
      if (filter.status) query.where({ status: filter.status })
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
  statusLabel: orderStatusLabel[order.status],
  placedAt: order.placedAt,
  name: order.shippingAddress.fullName,
  email: order.email,
  country: order.shippingAddress.country,
  currency: order.currency,
  totalMinor: order.totalMinor,
  itemCount,
})

type Line = Pick<
  OrderItemRow,
  'sku' | 'productId' | 'title' | 'variantTitle' | 'imageSrc' | 'quantity' | 'unitPriceMinor' | 'lineTotalMinor'
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
    | 'failureMessage'
  >[]
  refunds: Pick<RefundRow, 'id' | 'amountMinor' | 'status' | 'reason' | 'createdAt' | 'failureReason'>[]
  refundableMinor: number
  timeline: { at: Date; kind: string; message: string; actor: string; isPublic: boolean }[]
  can: { ship: boolean; deliver: boolean; cancel: boolean; refund: boolean }
}

/** One order with all that belongs to it. Throws not_found. */
export async function getOrderForStaff(number: string): Promise<StaffOrder> {
  const order = await Order.query(db()).findOne({ number })
  if (!order) throw notFound('The order')
  const [items, history, parcels, payments, refunds] = await Promise.all([
    OrderItem.query(db()).where({ orderId: order.id }).orderBy('position'),
    OrderHistory.query(db()).where({ orderId: order.id }).orderBy('seq'),
    listParcels(order.id),
    listPayments(order.id),
    listRefundRows(order.id),
  ])
  const lines = items.map((item) => lineOf(item, parcels))
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
    lines,
    parcels,
    payments: payments.map(pickPayment),
    refunds: refunds.map(({ id, amountMinor, status, reason, createdAt, failureReason }) => ({
      id,
      amountMinor,
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
      deliver: orderCan.deliver(order) && parcels.some(({ status }) => status === 'shipped'),
      cancel: orderCan.cancel(order) && parcels.length === 0 && order.cancelRequestedAt === null,
      refund: orderCan.refund(order) && left > 0,
    },
  }
}

const sum = (rows: { amountMinor: number }[]) => rows.reduce((total, { amountMinor }) => total + amountMinor, 0)

function lineOf(item: OrderItem, parcels: ParcelView[]): Line {
  const sent = parcels
    .flatMap((parcel) => parcel.lines)
    .filter(({ sku }) => sku === item.sku)
    .reduce((count, { quantity }) => count + quantity, 0)
  const { sku, productId, title, variantTitle, imageSrc, quantity, unitPriceMinor, lineTotalMinor } = item
  const leftToSend = quantity - sent
  return { sku, productId, title, variantTitle, imageSrc, quantity, unitPriceMinor, lineTotalMinor, leftToSend }
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
  failureMessage: payment.failureMessage,
})

export type WorkToDo = {
  byStatus: Partial<Record<OrderStatus, number>>
  /** Paid orders of the last 30 days, oldest first; `day` is `2026-11-22` (UTC). */
  sales: { day: string; orders: number; totalMinor: number }[]
}

/** What waits for staff, and how the last 30 days went: two statements. */
export async function getWorkToDo(at: Date): Promise<WorkToDo> {
  const since = new Date(at.getTime() - 29 * 24 * 3600 * 1000)
  const [counts, { rows: sales }] = await Promise.all([
    db()('orders').groupBy('status').select('status').count('* as count'),
    db().raw<{ rows: { day: string; orders: string; total_minor: string }[] }>(
      `SELECT to_char(paid_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*) AS orders, sum(total_minor) AS total_minor
       FROM orders WHERE paid_at >= ? GROUP BY 1`,
      [since.toISOString().slice(0, 10)],
    ),
  ])
  const byDay = new Map(sales.map((row) => [row.day, row]))
  const days = Array.from({ length: 30 }, (_, index) =>
    new Date(since.getTime() + index * 24 * 3600 * 1000).toISOString().slice(0, 10),
  )
  return {
    byStatus: Object.fromEntries(counts.map((row) => [row.status, Number(row.count)])),
    sales: days.map((day) => ({
      day,
      orders: Number(byDay.get(day)?.orders ?? 0),
      totalMinor: Number(byDay.get(day)?.total_minor ?? 0),
    })),
  }
}
