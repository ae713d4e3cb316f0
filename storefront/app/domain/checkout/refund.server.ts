// Giving money back by hand, by line or by amount. The row is booked under the order's and the payment's lock, so that two
// people can never give back more than was taken; the provider is asked right after, and again by the worker until it
// answers. Goods that go back on the shelf are the completer's.
import type { Knex } from 'knex'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { priceLines } from '#app/domain/checkout/refund-goods.server.ts'
import { settleRefund } from '#app/domain/checkout/steps/settle-refund.server.ts'
import { orderCan } from '#app/domain/orders/order-status.ts'
import { lockOrder, writeHistory } from '#app/domain/orders/transition.server.ts'
import type { OrderRow } from '#app/domain/orders/work.server.ts'
import { effectivePayment, lockPayments } from '#app/domain/payments/payments.server.ts'
import { bookRefund, findRefundOfForm, findRefundRow, type RefundRow } from '#app/domain/payments/refunds.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { failpoint, Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'
import { formatMoney } from '#app/lib/money.ts'

export type WantedLine = { sku: string; quantity: number; restock: boolean }

export type RefundOrder = {
  orderId: string
  reason: string
  /** Made with the form: a double click gives back once. */
  formKey?: string
} & (
  | { amountMinor: number | 'rest' }
  /** Priced here, by what the lines cost; `returnId`: the goods of that return, whose way to the shelf is its own. */
  | { lines: WantedLine[]; shippingMinor?: number; returnId?: string }
)

/**
 * Refunds an amount (`'rest'`: all that is left), or lines and delivery, of a paid order and answers the refund's row as it
 * stands: `pending` until the provider says more. The same `formKey` is the same refund. An amount returns no goods to
 * stock. Throws not_found, illegal_transition, refund_too_large (`details.refundableMinor`), conflict (that form asked for
 * something else), validation_failed naming the line (`q:<sku>`).
 */
export async function refundOrder(input: RefundOrder, by: By): Promise<RefundRow> {
  failpoint('before_refund_is_booked')
  const booked = await transaction((trx) => book(trx, input, by))
  failpoint('refund_booked')
  // A form sent again asks nothing of the provider that was answered already.
  if (booked.status !== 'pending') return booked
  await settleRefund(booked.id, by).catch((error: unknown) => {
    if (error instanceof Killed) throw error
    log.warn({ refundId: booked.id, reason: error instanceof Error ? error.message : '' }, 'a refund is tried again')
  })
  return findRefundRow(booked.id)
}

async function book(trx: Knex.Transaction, input: RefundOrder, by: By): Promise<RefundRow> {
  const { orderId, reason, formKey } = input
  const order = await lockOrder(trx, orderId)
  const payment = effectivePayment(await lockPayments(trx, orderId))
  const sent = formKey ? await findRefundOfForm(trx, orderId, formKey) : undefined
  if (sent && 'lines' in input) return sameForm(sent, input)
  if (!sent && (!payment || !orderCan.refund(order)))
    throw new DomainError('illegal_transition', 'There is no payment on this order that could be refunded.')
  const what = 'lines' in input ? await priceLines(trx, order, input) : { amountMinor: input.amountMinor }
  const refund = await bookRefund(
    trx,
    { ...what, paymentId: sent?.paymentId ?? payment?.id ?? '', reason, formKey },
    by,
  )
  if (!refund) throw new DomainError('refund_too_large', 'All of this order’s money has been refunded.')
  if (refund.isNew) await note(trx, order, refund.row, by)
  return refund.row
}

async function note(trx: Knex.Transaction, order: OrderRow, row: RefundRow, by: By): Promise<void> {
  await writeHistory(trx, order.id, by, {
    kind: 'refund',
    isPublic: false,
    message: `Refund of ${formatMoney(row.amountMinor, row.currency)} started`,
    details: { refundId: row.id, reason: row.reason, lines: row.lines },
  })
  await recordAct(trx, by, {
    action: 'orders:refund',
    subject: `order:${order.number}`,
    after: { amountMinor: row.amountMinor, currency: row.currency, reason: row.reason, lines: row.lines },
  })
}

/** The same form, sent again: the same goods. */
function sameForm(sent: RefundRow, input: { lines: WantedLine[]; shippingMinor?: number }): RefundRow {
  const words = (lines: readonly WantedLine[]) =>
    lines
      .filter(({ quantity }) => quantity > 0)
      .map(({ sku, quantity, restock }) => `${sku} ${quantity} ${restock}`)
      .sort()
      .join('\n')
  if (words(sent.lines ?? []) === words(input.lines) && sent.shippingMinor === (input.shippingMinor ?? 0)) return sent
  throw new DomainError('conflict', 'This form was sent before with other goods. Please load the page again.')
}
