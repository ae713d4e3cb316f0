// What it means that our rows and the provider's books differ, kind by kind, and what may safely be done about it. Pure:
// rows in, differences out; nothing is asked and nothing is mended here.
import { isLive, type OrderStatus } from '#app/domain/orders/order-status.ts'
import type { MoneyPayment, MoneyRefund } from '#app/domain/payments/money-rows.server.ts'
import { countsAsRefunded, isLivePayment } from '#app/domain/payments/payment-status.ts'
import type { ListedPayable, ListedRefund } from '#app/domain/payments/provider.ts'
import { isUuid } from '#app/lib/uuid.ts'

export const differenceKinds = [
  'paid_there',
  'paid_there_unknown',
  'paid_here',
  'amount',
  'mismatch',
  'refund_there',
  'refund_status',
  'refund_here',
  'refund_amount',
  'open_page',
] as const
export type DifferenceKind = (typeof differenceKinds)[number]
export type List = 'pages' | 'intents' | 'refunds'
export type Facts = { status?: string; amountMinor?: number; currency?: string; id?: string }

export type Difference = {
  list: List
  kind: DifferenceKind
  /** The provider's id of it. */
  objectId: string
  /** Null when the order is not known here. */
  orderId: string | null
  ours: Facts
  theirs: Facts
  occurredAt: Date
}

/** What staff may have done about it; null: nothing is safe, look at it in the provider's dashboard. */
export type Repair = 'settle' | 'record_refund' | 'end_mismatch' | 'expire_page' | 'give_back' | null
export const repairOf: Record<DifferenceKind, Repair> = {
  paid_there: 'settle',
  paid_there_unknown: 'give_back',
  paid_here: null,
  amount: null,
  mismatch: 'end_mismatch',
  refund_there: 'record_refund',
  refund_status: 'record_refund',
  refund_here: null,
  refund_amount: null,
  open_page: 'expire_page',
}

/** Of kinds without a repair: why none is safe, and what a person does. */
export const byHand: Partial<Record<DifferenceKind, string>> = {
  paid_here:
    'Stripe does not show this payment, so there may be no money to keep or to give back. Send nothing yet. Look for it in Stripe’s other accounts and in test mode; when it is nowhere, ask the shopper for their card’s statement before you cancel the order.',
  amount:
    'Which of both is right cannot be told from here, and an amount already booked is never rewritten. Compare with the order’s total: what Stripe took too much you refund there; when it took less, ask the shopper or cancel the order.',
  refund_here:
    'We count this money as given back. Sending it again could give it back twice. Look at the payment’s refunds in Stripe: when it is there under another id, put this aside; when the shopper really has not got it, refund it there and note its id.',
  refund_amount:
    'A refund that went cannot be changed. When less went back than is written here, give the rest back in Stripe; when more did, that money has gone. Note what you did.',
}

/** What the reconciler mends by itself: a fact of the provider that only has to be written down. */
export const mendsItself = (kind: DifferenceKind): boolean =>
  kind === 'paid_there' || kind === 'refund_there' || kind === 'refund_status'

export const differenceWords: Record<DifferenceKind, string> = {
  paid_there: 'Paid at Stripe, not here',
  paid_there_unknown: 'Paid at Stripe, no such payment here',
  paid_here: 'Paid here, not at Stripe',
  amount: 'The amounts differ',
  mismatch: 'Took another amount than the order asks',
  refund_there: 'Refunded at Stripe, not here',
  refund_status: 'The refund went on at Stripe',
  refund_here: 'Refunded here, not at Stripe',
  refund_amount: 'The refunds differ',
  open_page: 'Can still be paid, but must not',
}

export type Known = { payments: readonly MoneyPayment[]; orders: ReadonlyMap<string, OrderStatus> }

const theirsOf = ({ status, isPaid, amountMinor, currency, id }: ListedPayable): Facts => ({
  id,
  status: isPaid ? 'paid' : status,
  amountMinor,
  currency,
})
const oursOf = ({ id, status, amountMinor, currency }: MoneyPayment | MoneyRefund): Facts => ({
  id,
  status,
  amountMinor,
  currency,
})
const isSame = (a: { amountMinor: number; currency: string }, b: { amountMinor: number; currency: string }) =>
  a.amountMinor === b.amountMinor && a.currency === b.currency
const hasSucceeded = ({ status }: MoneyPayment) => status === 'succeeded' || status === 'succeeded_duplicate'

/** A page, or an intent of the client's own form: the thing that is paid on. Null when all is well or it is not ours. */
export function comparePayable(list: List, payable: ListedPayable, { payments, orders }: Known): Difference | null {
  const { orderId, status, isPaid } = payable
  if (!orderId || !isUuid(orderId)) return null
  const payment = payments.find(
    (one) =>
      one.providerSessionId === payable.id ||
      (one.orderId === orderId && one.providerSessionId === null && one.id === payable.paymentId),
  )
  const order = orders.get(orderId)
  const found = (kind: DifferenceKind): Difference => ({
    list,
    kind,
    objectId: payable.id,
    orderId: order ? orderId : null,
    ours: payment ? oursOf(payment) : order ? { status: order } : {},
    theirs: theirsOf(payable),
    occurredAt: payable.createdAt,
  })
  if (status === 'open') {
    const isWanted = order !== undefined && isLive(order) && (payment === undefined || isLivePayment(payment.status))
    return isWanted || order === undefined ? null : found('open_page')
  }
  if (!isPaid || (payment && hasSucceeded(payment))) return null
  if (!payment) return found('paid_there_unknown')
  if (payment.failureCode !== 'mismatch') return found('paid_there')
  // Once its money went back, nothing is left to decide.
  return payment.capturedMinor > 0 ? null : found('mismatch')
}

/** Any intent against the payment that names it: whether and how much was paid. */
export function compareIntent(intent: ListedPayable, { payments }: Known): Difference | null {
  const payment = payments.find(({ providerIntentId }) => providerIntentId === intent.intentId)
  if (!payment || !hasSucceeded(payment)) return null
  const kind = !intent.isPaid
    ? ('paid_here' as const)
    : isSame(intent, { ...payment, amountMinor: payment.capturedMinor })
      ? null
      : ('amount' as const)
  if (!kind) return null
  const ours = { ...oursOf(payment), amountMinor: payment.capturedMinor }
  const { orderId } = payment
  return {
    list: 'intents',
    kind,
    objectId: intent.id,
    orderId,
    ours,
    theirs: theirsOf(intent),
    occurredAt: intent.createdAt,
  }
}

export function compareRefund(
  refund: ListedRefund,
  { rows, payments }: { rows: readonly MoneyRefund[]; payments: readonly MoneyPayment[] },
): Difference | null {
  const row =
    rows.find(({ providerRefundId }) => providerRefundId === refund.id) ??
    rows.find(({ id, providerRefundId }) => id === refund.refundId && providerRefundId === null)
  const payment = payments.find(({ providerIntentId }) => providerIntentId === refund.intentId)
  const orderId = row?.orderId ?? payment?.orderId
  if (!orderId) return null
  const kind = kindOfRefund(refund, row)
  if (!kind) return null
  const { id, status, amountMinor, currency } = refund
  const theirs = { id, status, amountMinor, currency }
  const ours = row ? oursOf(row) : {}
  return { list: 'refunds', kind, objectId: id, orderId, ours, theirs, occurredAt: refund.createdAt }
}

function kindOfRefund(refund: ListedRefund, row: MoneyRefund | undefined): DifferenceKind | null {
  // One that came to nothing there and is not known here moved no money.
  if (!row) return countsAsRefunded(refund.status) ? 'refund_there' : null
  if (!isSame(refund, row)) return 'refund_amount'
  return row.status === refund.status && row.providerRefundId === refund.id ? null : 'refund_status'
}

/** A payment or refund of ours that the provider did not show. */
export const missingThere = (row: MoneyPayment | MoneyRefund): Difference => {
  const isPayment = 'providerIntentId' in row
  return {
    list: isPayment ? 'intents' : 'refunds',
    kind: isPayment ? 'paid_here' : 'refund_here',
    objectId: (isPayment ? row.providerIntentId : row.providerRefundId) ?? row.id,
    orderId: row.orderId,
    ours: oursOf(row),
    theirs: {},
    occurredAt: row.createdAt,
  }
}
