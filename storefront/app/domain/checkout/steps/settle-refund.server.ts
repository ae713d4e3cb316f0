// Refunds on the conductor's side: send what is booked, record what the provider says, and let the order follow.
// The order's status moves only when all of its money went back; a failed refund is a person's task, never a mail.
import type { Knex } from 'knex'
import { issueCreditNote, issueInvoice, withdrawCreditNote } from '#app/domain/invoices/issue.server.ts'
import { canMove } from '#app/domain/orders/order-status.ts'
import { documentUrl, snapshot } from '#app/domain/orders/snapshot.server.ts'
import { lockOrder, transition, writeHistory } from '#app/domain/orders/transition.server.ts'
import { type OrderRow, wakeOrder } from '#app/domain/orders/work.server.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import { countsAsRefunded } from '#app/domain/payments/payment-status.ts'
import type { ProviderRefund } from '#app/domain/payments/provider.ts'
import {
  findOrderOfRefund,
  type RecordedRefund,
  recordRefund,
  sendRefund,
} from '#app/domain/payments/refunds.server.ts'
import { giveCouponBack } from '#app/domain/promotions/coupons.server.ts'
import { followRefund } from '#app/domain/returns/decide.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { failpoint } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'
import { formatMoney } from '#app/lib/money.ts'

/** Sends a booked refund and records the answer. Repeating is safe. Throws when the provider did not answer. */
export async function settleRefund(refundId: string, by: By): Promise<void> {
  failpoint('before_refund')
  const provider = await sendRefund(refundId, by)
  failpoint('after_refund')
  await recordProviderRefund(provider, by)
}

/** Records a refund as the provider has it; `known: false` when it is of no payment of ours. */
export async function recordProviderRefund(
  provider: ProviderRefund,
  by: By,
): Promise<{ known: boolean; changed: boolean; orderId: string | null }> {
  const orderId = await findOrderOfRefund(provider)
  if (!orderId) return { known: false, changed: false, orderId: null }
  return transaction(async (trx) => {
    // Order before payment, as everywhere: two roads never wait for each other.
    const order = await lockOrder(trx, orderId)
    const recorded = await recordRefund(trx, provider, by)
    if (!recorded) return { known: false, changed: false, orderId }
    const changed = recorded.was !== recorded.refund.status
    if (changed) await follow(trx, order, recorded, by)
    failpoint('refund_written')
    return { known: true, changed, orderId }
  })
}

async function follow(trx: Knex.Transaction, order: OrderRow, recorded: RecordedRefund, by: By): Promise<void> {
  const { refund, was } = recorded
  const amount = formatMoney(refund.amountMinor, refund.currency)
  if (refund.status === 'succeeded') return followSuccess(trx, order, recorded, by)
  if (countsAsRefunded(refund.status)) return
  log.error({ orderId: order.id, refundId: refund.id }, 'a refund failed: a person must look')
  await writeHistory(trx, order.id, by, {
    kind: 'refund',
    isPublic: false,
    message: `The refund of ${amount} failed${was === 'succeeded' ? ' after it had been paid out' : ''}. ${wayOut(recorded)}`,
    details: { refundId: refund.id, reason: refund.failureReason },
  })
  if (was === 'succeeded') {
    const reason = refund.failureReason ?? 'The refund did not arrive'
    await withdrawCreditNote(trx, { order, refundId: refund.id, reason }, by)
    if (refund.returnId) await followRefund(trx, { order, returnId: refund.returnId, went: false }, by)
  }
  if (order.status === 'refunded' && recorded.payment.status === 'succeeded')
    await transition(trx, order.id, 'refund_failed', by, { message: 'The refund did not arrive' })
}

/** What was not this order's payment cannot be refunded from its page: that would give back the money of the sale. */
function wayOut({ refund, payment }: RecordedRefund): string {
  if (payment.status !== 'succeeded') return 'It was not the payment of this order: give it back in Stripe’s dashboard.'
  return `Refund it again or pay it another way.${wereRestocked(refund) ? ' Its goods are on the shelf again already.' : ''}`
}

const wereRestocked = ({ lines, restockPending }: RecordedRefund['refund']): boolean =>
  !restockPending && (lines ?? []).some(({ restock }) => restock)

async function followSuccess(trx: Knex.Transaction, order: OrderRow, recorded: RecordedRefund, by: By): Promise<void> {
  const { refund, payment } = recorded
  const amount = formatMoney(refund.amountMinor, refund.currency)
  await writeHistory(trx, order.id, by, {
    kind: 'refund',
    message: payment.provider === 'in_store' ? `${amount} given back in the store` : `${amount} refunded`,
    details: { refundId: refund.id, amountMinor: refund.amountMinor, reason: refund.reason },
  })
  const isWhole = payment.status === 'succeeded' && payment.refundedMinor === payment.capturedMinor
  const paidBack = payment.provider === 'in_store' ? ('in_store' as const) : undefined
  if (refund.returnId) await followRefund(trx, { order, returnId: refund.returnId, went: true }, by)
  const creditNoteUrl = await credit(trx, order, recorded, by)
  const event = { refundMinor: refund.amountMinor, reason: refund.reason, paidBack, creditNoteUrl }
  // Goods may go back on the shelf, or nothing be left to send.
  if (refund.lines) await wakeOrder(trx, order.id)
  if (!isWhole) {
    // Of a payment that was never this order's price a mail would speak in the wrong currency.
    if (refund.currency !== order.currency) return
    const payload = { order: await snapshot(trx, order), ...event }
    await append(trx, 'order.refunded', `order.refunded:${order.id}:${refund.id}`, payload)
    return
  }
  if (order.status === 'payment_received') {
    const owed = { reason: refund.reason, refundMinor: refund.amountMinor }
    await transition(trx, order.id, 'owe_refund', by, { patch: { releasePending: true }, event: owed })
    await giveCouponBack(trx, order.id, by)
  }
  // Read again: the line above may have moved it.
  const { status } = await lockOrder(trx, order.id)
  if (canMove('refund', status))
    await transition(trx, order.id, 'refund', by, { event, eventKey: refund.id, isPublic: false })
  await wakeOrder(trx, order.id)
}

/** Writes the refund's credit note and answers where the shopper reads it; null when nothing was invoiced. */
async function credit(
  trx: Knex.Transaction,
  order: OrderRow,
  { refund, payment }: RecordedRefund,
  by: By,
): Promise<string | null> {
  if (order.paidAt) await issueInvoice(trx, order, by)
  const note = await issueCreditNote(trx, { order, refund, payment }, by)
  return note && documentUrl(order, `credit-notes/${note.number}`)
}
