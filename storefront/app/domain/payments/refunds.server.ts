// Giving money back: the row comes first, under the payment's lock and with the sum checked; the provider is asked after,
// always with that row's key. Row states follow the provider's, also when a refund fails later or was made in its dashboard.
import type { Knex } from 'knex'
import { type ModelObject, type PartialModelObject, raw } from 'objection'
import { Payment, Refund } from '#app/domain/payments/models.ts'
import { countsAsRefunded } from '#app/domain/payments/payment-status.ts'
import { type ProviderRefund, ProviderRefused } from '#app/domain/payments/provider.ts'
import type { RefundLine } from '#app/domain/payments/refund-lines.ts'
import { createRefund, listRefunds, retrieveRefund } from '#app/domain/payments/stripe.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { formatMoney } from '#app/lib/money.ts'
import { isUuid } from '#app/lib/uuid.ts'

/** A row of `refunds`: data, to be read only. */
export type RefundRow = Readonly<ModelObject<Refund>>

// Stripe keeps a key for 24 h at least: later than this a repeated request could be a second refund.
const keyLivesMs = 23 * 3600 * 1000

export const listRefundRows = async (orderId: string, knex: Knex = db()): Promise<RefundRow[]> =>
  Refund.query(knex).where({ orderId }).orderBy('id')

export const findRefundRow = async (id: string, knex: Knex = db()): Promise<RefundRow> =>
  Refund.query(knex).findById(id).throwIfNotFound()

/** The refund that a form booked, if it was sent before. */
export const findRefundOfForm = async (knex: Knex, orderId: string, formKey: string): Promise<RefundRow | undefined> =>
  Refund.query(knex).findOne({ idempotencyKey: `refund/${orderId}/${formKey}` })

/** What can still be given back of a payment: captured less what is given or on its way. Lock the payment first. */
async function refundable(trx: Knex, payment: Payment): Promise<number> {
  const rows = await Refund.query(trx).where({ paymentId: payment.id })
  const taken = rows.filter(({ status }) => countsAsRefunded(status)).reduce((sum, row) => sum + row.amountMinor, 0)
  return payment.capturedMinor - taken
}

type BookRefund = {
  paymentId: string
  amountMinor: number | 'rest'
  reason: string
  formKey?: string
  lines?: RefundLine[]
  shippingMinor?: number
  returnId?: string
}

/**
 * Books a refund of `amountMinor` (`'rest'`: all that is left) and answers its row, or null when nothing is left of
 * `'rest'`. The same `formKey` (a form sent twice) is the same row. The caller asks the provider after the commit. Throws
 * refund_too_large, conflict (that form asked for another amount).
 */
export async function bookRefund(
  trx: Knex.Transaction,
  input: BookRefund,
  by: By,
): Promise<{ row: RefundRow; isNew: boolean } | null> {
  const payment = await Payment.query(trx).findById(input.paymentId).forUpdate().throwIfNotFound()
  const formKey = input.formKey && `refund/${payment.orderId}/${input.formKey}`
  const sent = formKey ? await Refund.query(trx).findOne({ idempotencyKey: formKey }) : undefined
  if (sent && input.amountMinor !== 'rest' && sent.amountMinor !== input.amountMinor)
    throw new DomainError('conflict', 'This form was sent before with another amount. Please load the page again.')
  if (sent) return { row: sent, isNew: false }
  const left = await refundable(trx, payment)
  const amountMinor = input.amountMinor === 'rest' ? left : input.amountMinor
  if (input.amountMinor === 'rest' && left <= 0) return null
  if (amountMinor > left || amountMinor <= 0) {
    throw new DomainError('refund_too_large', `At most ${formatMoney(left, payment.currency)} can be refunded.`, {
      fields: { amount: [`At most ${formatMoney(left, payment.currency)}`] },
      details: { refundableMinor: left },
    })
  }
  const id = newId(by.at.getTime())
  const row = await Refund.query(trx)
    .insert({
      id,
      paymentId: payment.id,
      orderId: payment.orderId,
      amountMinor,
      currency: payment.currency,
      reason: input.reason,
      requestedBy: by.actor,
      lines: input.lines ?? null,
      shippingMinor: input.shippingMinor ?? 0,
      returnId: input.returnId ?? null,
      restockPending: input.lines?.some(({ restock }) => restock) ?? false,
      idempotencyKey: formKey ?? `refund/${id}`,
      nextAttemptAt: raw('now()'),
      createdAt: by.at,
      updatedAt: by.at,
    })
    .returning('*')
  return { row, isNew: true }
}

/**
 * Books the return of all that a refused payment took, which need not be what was asked for, in the currency it came in.
 * The caller holds the order's lock and has written `capturedMinor`.
 */
export async function bookWholeRefund(
  trx: Knex.Transaction,
  input: { paymentId: string; orderId: string; amountMinor: number; currency: string; reason: string },
  by: By,
): Promise<RefundRow> {
  const id = newId(by.at.getTime())
  return Refund.query(trx)
    .insert({
      ...input,
      id,
      requestedBy: by.actor,
      idempotencyKey: `refund/${id}`,
      nextAttemptAt: raw('now()'),
      createdAt: by.at,
      updatedAt: by.at,
    })
    .returning('*')
}

/** Takes due refunds, each for 60 s; a key that repeats makes two at work harmless. */
export async function claimDueRefunds(limit: number): Promise<{ id: string; attempts: number }[]> {
  const { rows } = await db().raw<{ rows: { id: string; attempts: number }[] }>(
    `UPDATE refunds SET next_attempt_at = now() + interval '60 seconds', attempts = attempts + 1
     WHERE id IN (SELECT id FROM refunds WHERE next_attempt_at <= now() ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED)
     RETURNING id, attempts`,
    [limit],
  )
  return rows
}

/** The provider did not answer: tried again after `seconds`. */
export async function postponeRefund(id: string, seconds: number): Promise<void> {
  await db()('refunds')
    .where({ id, status: 'pending' })
    .update({ nextAttemptAt: db().raw('now() + make_interval(secs => ?)', [seconds]) })
}

/**
 * Asks the provider for the refund of a booked row and answers what the provider says. Repeating is safe. A definite no
 * is answered as a failed refund; throws when the answer is unknown (try again with the same key).
 */
export async function sendRefund(refundId: string, by: By): Promise<ProviderRefund> {
  const row = await Refund.query(db()).findById(refundId).throwIfNotFound()
  if (row.providerRefundId) return retrieveRefund(row.providerRefundId)
  const payment = await Payment.query(db()).findById(row.paymentId).throwIfNotFound()
  // Taken at a counter, given back at a counter: written down, nobody is asked.
  if (payment.provider === 'in_store') return givenBackInStore(row)
  const intentId = payment.providerIntentId ?? ''
  if (by.at.getTime() - row.createdAt.getTime() > keyLivesMs) {
    const known = (await listRefunds(intentId)).find((refund) => refund.refundId === row.id)
    if (known) return known
  }
  try {
    return await createRefund({ ...row, intentId })
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error
    const { amountMinor, currency } = row
    return { id: '', status: 'failed', amountMinor, currency, intentId, refundId, failureReason: error.message }
  }
}

const givenBackInStore = ({ id, amountMinor, currency }: RefundRow): ProviderRefund => ({
  id: '',
  status: 'succeeded',
  amountMinor,
  currency,
  intentId: null,
  refundId: id,
  failureReason: null,
})

export type RecordedRefund = { refund: RefundRow; payment: Payment; was: RefundRow['status'] | null }

/**
 * Writes what the provider says about a refund, making a row for one from its dashboard, and sums up the payment.
 * Answers the row and the state it had before (null: new); null when the refund is of no payment of ours. Throws
 * payment_mismatch when what came waits for a decision.
 */
export async function recordRefund(
  trx: Knex.Transaction,
  provider: ProviderRefund,
  by: By,
): Promise<RecordedRefund | null> {
  const known = await findRow(trx, provider)
  const payment = known
    ? await Payment.query(trx).findById(known.paymentId).forUpdate()
    : await Payment.query(trx)
        .findOne({ providerIntentId: provider.intentId ?? '' })
        .forUpdate()
  if (!payment) return null
  // Looked up again now that the payment is locked: two events about one dashboard refund make one row.
  const row = await findRow(trx, provider)
  // Kept before the patch below writes into the row itself.
  const was = row?.status ?? null
  // Told again: nothing is written. A pending one is, so that it is looked at later.
  if (row && provider.status !== 'pending' && saysTheSame(row, provider)) return { refund: row, payment, was }
  // What came is not booked yet: the sum of what went back would exceed it.
  if (!row && payment.failureCode === 'mismatch' && payment.capturedMinor === 0)
    throw new DomainError(
      'payment_mismatch',
      'This payment is not what the order asks for: refund it and end the order.',
    )
  const facts = {
    status: provider.status,
    failureReason: provider.failureReason,
    ...(provider.id && { providerRefundId: provider.id }),
    nextAttemptAt: provider.status === 'pending' ? raw(`now() + interval '1 hour'`) : null,
    updatedAt: by.at,
  }
  const refund = row
    ? await row.$query(trx).patchAndFetch(facts)
    : await Refund.query(trx)
        .insert(fromDashboard(payment, provider, facts, by))
        .returning('*')
  await sumUp(trx, payment, by)
  return { refund, payment: await payment.$query(trx), was }
}

const saysTheSame = (row: Refund, { id, status, failureReason }: ProviderRefund): boolean =>
  row.status === status && row.failureReason === failureReason && (!id || row.providerRefundId === id)

/** The order whose payment a refund is of, by our row or by the payment; null when it is none of ours. */
export async function findOrderOfRefund(provider: ProviderRefund): Promise<string | null> {
  const row = await findRow(db(), provider)
  if (row) return row.orderId
  const payment = await Payment.query(db()).findOne({ providerIntentId: provider.intentId ?? '' })
  return payment?.orderId ?? null
}

async function findRow(trx: Knex, provider: ProviderRefund): Promise<Refund | undefined> {
  const byProvider = provider.id ? await Refund.query(trx).findOne({ providerRefundId: provider.id }) : undefined
  if (byProvider || !provider.refundId || !isUuid(provider.refundId)) return byProvider
  const ours = await Refund.query(trx).findById(provider.refundId)
  // A second refund at the provider that names the same row is a fact of its own.
  return ours?.providerRefundId && provider.id && ours.providerRefundId !== provider.id ? undefined : ours
}

function fromDashboard(
  payment: Payment,
  provider: ProviderRefund,
  facts: PartialModelObject<Refund>,
  by: By,
): PartialModelObject<Refund> {
  return {
    ...facts,
    id: newId(by.at.getTime()),
    paymentId: payment.id,
    orderId: payment.orderId,
    amountMinor: provider.amountMinor,
    currency: provider.currency,
    reason: 'Refunded at the payment provider',
    requestedBy: 'stripe',
    idempotencyKey: `dashboard/${provider.id}`,
    createdAt: by.at,
  }
}

async function sumUp(trx: Knex, payment: Payment, by: By): Promise<void> {
  const rows = await Refund.query(trx).where({ paymentId: payment.id, status: 'succeeded' })
  const refundedMinor = rows.reduce((sum, row) => sum + row.amountMinor, 0)
  await payment.$query(trx).patch({ refundedMinor, updatedAt: by.at })
}
