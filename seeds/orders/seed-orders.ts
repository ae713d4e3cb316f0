// The storefront's side of seeded orders: carts, orders with frozen lines, history edge by edge, payments, parcels, and
// the messages that were due then, marked as done so that nobody is mailed about the past.
import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { type OrderStatus, orderMoves, orderStatusLabel } from '../../storefront/app/domain/orders/order-status.ts'
import { insertRows, type Row } from '../database.ts'
import { idOf } from '../ids.ts'
import { planAfterSale } from './after-sale-plan.ts'
import { seedCouponUses } from './coupon-uses.ts'
import { type Provider, type ProviderIds, payAtProvider, refundAtProvider } from './payments.ts'
import { pickupColumns, pickupNotes } from './pickups.ts'
import type { PlannedOrder, Step } from './plan.ts'
import { seedAfterSale } from './seed-after-sale.ts'
import { carrierOf, fulfillmentIdOf, holdEnd, sentAt } from './sold-stock.ts'

const stepOf = (order: PlannedOrder, ...moves: Step['move'][]) => order.steps.find(({ move }) => moves.includes(move))
const firstAt = (order: PlannedOrder): Date => order.steps[0]?.at ?? new Date(0)
const lastAt = (order: PlannedOrder): Date => order.steps.at(-1)?.at ?? new Date(0)

/** Inserts the orders that are not there yet; each in one transaction with all that belongs to it. */
export async function seedOrders(storefront: Knex, orders: readonly PlannedOrder[], provider: Provider): Promise<void> {
  const known = new Set((await storefront('orders').select('id')).map((row: { id: string }) => row.id))
  const fresh = orders.filter(({ id }) => !known.has(id))
  const paid = new Map<string, ProviderIds>()
  for (const order of fresh) if (order.sold) paid.set(order.id, await payAtProvider(order, provider))
  const refundIds = new Map<string, string>()
  for (const { id, order, amountMinor } of planAfterSale(fresh).refunds)
    refundIds.set(id, await refundAtProvider({ id, amountMinor }, paid.get(order.id)?.intentId ?? '', provider))
  const all = (rowsOf: (order: PlannedOrder) => Row[]) => fresh.flatMap(rowsOf)
  await storefront.transaction(async (trx) => {
    await insertRows(
      trx,
      'carts',
      all((order) => [cartOf(order)]),
    )
    await insertRows(
      trx,
      'orders',
      all((order) => [orderOf(order)]),
    )
    await insertRows(trx, 'order_items', all(itemsOf))
    await seedCouponUses(trx, fresh)
    await insertRows(trx, 'order_history', all(timelineOf))
    await insertRows(
      trx,
      'payments',
      all((order) =>
        order.pickup?.paymentMethod === 'in_store' ? [] : [paymentOf(order, paid.get(order.id)?.intentId ?? null)],
      ),
    )
    await insertRows(
      trx,
      'refunds',
      all((order) => refundsOf(order, paid.get(order.id)?.refundId ?? null)),
    )
    await insertRows(trx, 'parcels', all(parcelsOf))
    await seedAfterSale(trx, fresh, refundIds)
    await insertRows(trx, 'outbox', all(messagesOf))
  })
}

const cartOf = (order: PlannedOrder): Row => ({
  id: order.cartId,
  userId: order.buyer.id,
  status: order.live && !order.pickup ? 'checking_out' : 'ordered',
  currency: 'EUR',
  email: order.buyer.email,
  createdAt: firstAt(order),
  updatedAt: firstAt(order),
})

const orderOf = (order: PlannedOrder): Row => {
  const { taxRows: _, shippingTax, ...totals } = order.totals
  return {
    id: order.id,
    number: order.number,
    checkoutKey: `seed-${order.id}`,
    cartId: order.cartId,
    userId: order.buyer.id,
    email: order.buyer.email,
    phone: order.address.phone,
    status: order.status,
    currency: 'EUR',
    ...totals,
    quoteHash: createHash('sha256').update(`quote ${order.id}`).digest('hex'),
    shippingAddress: JSON.stringify(order.address),
    billingAddress: JSON.stringify(order.address),
    shippingMethod: JSON.stringify(order.shipping),
    shippingTax: shippingTax && JSON.stringify(shippingTax),
    coupon: order.coupon && JSON.stringify(order.coupon),
    // Nobody was ever given this link: the page opens for the signed-in owner.
    accessTokenHash: createHash('sha256').update(`unknown token of ${order.id}`).digest(),
    cancelReason: order.reason,
    placedAt: firstAt(order),
    paidAt: stepOf(order, 'complete')?.at ?? null,
    updatedAt: lastAt(order),
    // A live one is taken up by the completer, which opens its payment page.
    ...(order.live && { nextAttemptAt: lastAt(order), holdUntil: holdEnd(order) }),
    ...pickupColumns(order),
  }
}

const itemsOf = (order: PlannedOrder): Row[] =>
  order.lines.map((line, position) => ({
    id: idOf(`item:${order.id}:${position}`),
    orderId: order.id,
    position,
    ...line,
  }))

function historyOf(order: PlannedOrder): Row[] {
  let from: OrderStatus | null = null
  return order.steps.map(({ move, at }) => {
    const to: OrderStatus = move === 'place' ? 'placing' : orderMoves[move].to
    const row = {
      id: idOf(`history:${order.id}:${move}`),
      orderId: order.id,
      kind: 'status',
      fromStatus: from,
      toStatus: to,
      actor: actorOf(move, order),
      message: wordsOf(move, to, order),
      isPublic: move !== 'reserve' && !(order.pickup && (move === 'hand_over' || move === 'deliver')),
      createdAt: at,
    }
    from = to
    return row
  })
}

/** Moves and what the timeline says beside them, in the order in which they happened. */
const timelineOf = (order: PlannedOrder): Row[] =>
  [...historyOf(order), ...notesOf(order)].sort((a, b) => Number(a.createdAt) - Number(b.createdAt))

const notesOf = (order: PlannedOrder): Row[] =>
  pickupNotes(order).map(({ word, message, at }) => ({
    id: idOf(`history:${order.id}:${word}`),
    orderId: order.id,
    kind: 'note',
    fromStatus: null,
    toStatus: null,
    actor: `staff:${idOf('user:admin@example.com')}`,
    message,
    isPublic: true,
    createdAt: at,
  }))

const pickupWords: Partial<Record<Step['move'], string>> = {
  open_payment: 'To be paid in the store',
  hand_over: 'Handed over',
  deliver: 'Collected',
}

function wordsOf(move: Step['move'], to: OrderStatus, { pickup }: PlannedOrder): string {
  if (move === 'place') return 'Order placed'
  if (move === 'reserve') return 'Goods held'
  const isPaidOnline = pickup?.paymentMethod === 'card' && move === 'open_payment'
  return (pickup && !isPaidOnline && pickupWords[move]) || orderStatusLabel[to]
}

function actorOf(move: Step['move'], order: PlannedOrder): string {
  if (move === 'receive_payment') return 'stripe'
  if (move === 'ship' || move === 'deliver') return `staff:${idOf('user:admin@example.com')}`
  return move === 'place' || move === 'cancel' || move === 'owe_refund' ? `user:${order.buyer.id}` : 'system'
}

function paymentStatusOf(order: PlannedOrder): string {
  if (order.live) return 'new'
  if (order.sold) return 'succeeded'
  return order.status === 'cancelled' ? 'cancelled' : 'expired'
}

function paymentOf(order: PlannedOrder, intentId: string | null): Row {
  const amountMinor = order.totals.totalMinor
  return {
    id: idOf(`payment:${order.id}`),
    orderId: order.id,
    attempt: 1,
    providerSessionId: order.live ? null : `cs_seed_${order.id.replaceAll('-', '').slice(0, 24)}`,
    providerIntentId: intentId,
    status: paymentStatusOf(order),
    amountMinor,
    currency: 'EUR',
    capturedMinor: order.sold ? amountMinor : 0,
    refundedMinor: order.status === 'refunded' ? amountMinor : 0,
    cardBrand: order.sold ? 'visa' : null,
    cardLast4: order.sold ? '4242' : null,
    createdAt: firstAt(order),
    updatedAt: lastAt(order),
    succeededAt: stepOf(order, 'receive_payment')?.at ?? null,
  }
}

const refundsOf = (order: PlannedOrder, providerRefundId: string | null): Row[] =>
  order.status !== 'refunded'
    ? []
    : [
        {
          id: idOf(`refund:${order.id}`),
          paymentId: idOf(`payment:${order.id}`),
          orderId: order.id,
          amountMinor: order.totals.totalMinor,
          currency: 'EUR',
          status: 'succeeded',
          reason: order.reason ?? '',
          requestedBy: order.restocked ? `user:${order.buyer.id}` : `staff:${idOf('user:admin@example.com')}`,
          idempotencyKey: `refund/${idOf(`refund:${order.id}`)}`,
          providerRefundId,
          createdAt: lastAt(order),
          updatedAt: lastAt(order),
        },
      ]

const parcelLines = (order: PlannedOrder) =>
  order.lines.map(({ sku, title, variantTitle, quantity }) => ({ sku, title, variantTitle, quantity }))

const parcelsOf = (order: PlannedOrder): Row[] => {
  const shipped = sentAt(order)
  if (!shipped) return []
  const delivered = stepOf(order, 'deliver')
  return [
    {
      id: idOf(`parcel:${order.id}`),
      orderId: order.id,
      parcelNo: 1,
      status: delivered ? 'delivered' : 'shipped',
      ...carrierOf(order),
      lines: JSON.stringify(parcelLines(order)),
      fulfillmentId: fulfillmentIdOf(order),
      requestedBy: `staff:${idOf('user:admin@example.com')}`,
      createdAt: shipped,
      shippedAt: shipped,
      deliveredAt: delivered?.at ?? null,
    },
  ]
}

/** One row for each message the order's moves owed, done long ago. */
function messagesOf(order: PlannedOrder): Row[] {
  const moved = order.steps.flatMap(({ move, at }) => {
    const topic =
      move === 'place' || !('event' in orderMoves[move]) ? null : (orderMoves[move] as { event: string }).event
    return topic ? [messageOf(order, topic, at)] : []
  })
  const readyAt = order.pickup?.readyAt
  return readyAt ? [...moved, messageOf(order, 'order.ready_for_pickup', readyAt)] : moved
}

const messageOf = (order: PlannedOrder, topic: string, at: Date): Row => ({
  id: idOf(`outbox:${topic}:${order.id}`),
  dedupeKey: `${topic}:${order.id}`,
  orderId: order.id,
  topic,
  payload: JSON.stringify({ order: { number: order.number }, seeded: true }),
  createdAt: at,
  nextAttemptAt: at,
  doneAt: at,
})
