// Payment attempts of an order: rows only, no network. A fact from the provider can always be written; our wishes
// (cancel, expire) only while nothing was paid.
import type { Knex } from 'knex'
import type { ModelObject, PartialModelObject } from 'objection'
import { Payment } from '#app/domain/payments/models.ts'
import {
  canMovePayment,
  isLivePayment,
  type PaymentKind,
  type PaymentMove,
  paymentMoves,
} from '#app/domain/payments/payment-status.ts'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'

/** A row of `payments`: data, to be read only. */
export type PaymentRow = Readonly<ModelObject<Payment>>

/** Inserts the order's next attempt, `new`. The database refuses a second live one (payments_one_live_per_order). */
export async function insertAttempt(
  trx: Knex.Transaction,
  input: { orderId: string; amountMinor: number; currency: string; kind?: PaymentKind },
  by: By,
): Promise<PaymentRow> {
  const last = await Payment.query(trx).where({ orderId: input.orderId }).max('attempt as attempt').first()
  return Payment.query(trx)
    .insert({
      ...input,
      id: newId(by.at.getTime()),
      attempt: (last?.attempt ?? 0) + 1,
      createdAt: by.at,
      updatedAt: by.at,
    })
    .returning('*')
}

/** All attempts of an order, oldest first. */
export const listPayments = async (orderId: string, knex: Knex = db()): Promise<PaymentRow[]> =>
  Payment.query(knex).where({ orderId }).orderBy('attempt')

/** All attempts of several orders, oldest first. */
export const listPaymentsOfOrders = async (orderIds: readonly string[]): Promise<PaymentRow[]> =>
  Payment.query(db())
    .whereIn('orderId', [...orderIds])
    .orderBy(['orderId', 'attempt'])

/** All attempts of an order, locked until the transaction ends. */
export const lockPayments = async (trx: Knex.Transaction, orderId: string): Promise<PaymentRow[]> =>
  Payment.query(trx).where({ orderId }).orderBy('attempt').forUpdate()

/** The payment an intent belongs to, paid or not. */
export const findPaymentOfIntent = async (intentId: string, knex: Knex = db()): Promise<PaymentRow | undefined> =>
  Payment.query(knex).findOne({ providerIntentId: intentId })

/** The attempt whose page or intent has this id at the provider. */
export const findPaymentOf = async (payableId: string): Promise<PaymentRow | undefined> =>
  Payment.query(db()).findOne({ providerSessionId: payableId })

/** The attempt that may still be paid, if any. */
export const livePayment = (payments: readonly PaymentRow[]): PaymentRow | undefined =>
  payments.find(({ status }) => isLivePayment(status))

/** The attempt that paid the order, if any. */
export const effectivePayment = (payments: readonly PaymentRow[]): PaymentRow | undefined =>
  payments.find(({ status }) => status === 'succeeded')

/**
 * Moves an attempt along its table and writes `patch` with it. Answers the row as it is afterwards, or null when the
 * table does not allow the move any more: somebody else was first.
 */
export async function movePayment(
  trx: Knex.Transaction,
  paymentId: string,
  move: PaymentMove,
  by: By,
  patch: PartialModelObject<Payment> = {},
): Promise<PaymentRow | null> {
  const payment = await Payment.query(trx).findById(paymentId).forUpdate()
  if (!payment || !canMovePayment(move, payment.status)) return null
  return payment.$query(trx).patchAndFetch({ ...patch, status: paymentMoves[move].to, updatedAt: by.at })
}

/**
 * Fixes when the attempt's page will end before the provider is asked for it, so that a repeated request is the same to
 * the letter; answers that time. Written once: later calls answer the first.
 */
export async function fixSessionEnd(paymentId: string, seconds: number, by: By): Promise<Date> {
  const end = addSeconds(by.at, seconds)
  await Payment.query(db()).findById(paymentId).whereNull('sessionExpiresAt').patch({ sessionExpiresAt: end })
  const payment = await Payment.query(db()).findById(paymentId).throwIfNotFound()
  return payment.sessionExpiresAt ?? end
}

/** Remembers why a card was declined; the attempt stays payable with another card. */
export async function noteDecline(
  trx: Knex.Transaction,
  paymentId: string,
  decline: { code: string; message: string },
  by: By,
): Promise<void> {
  await Payment.query(trx)
    .findById(paymentId)
    .patch({ failureCode: decline.code, failureMessage: decline.message, updatedAt: by.at })
}

/** Marks an attempt whose money is not what was asked for. Answers false when it was marked before. */
export async function flagMismatch(
  trx: Knex.Transaction,
  paymentId: string,
  known: Pick<Partial<Payment>, 'providerSessionId' | 'providerIntentId'>,
  by: By,
): Promise<boolean> {
  const flagged = await Payment.query(trx)
    .findById(paymentId)
    .where((one) => one.whereNull('failureCode').orWhereNot('failureCode', 'mismatch'))
    .patch({ ...known, failureCode: 'mismatch', failureMessage: null, updatedAt: by.at })
  return flagged === 1
}

/** The attempt of an order that took other money than was asked for and still has it, if any. */
export const mismatchedPayment = (payments: readonly PaymentRow[]): PaymentRow | undefined =>
  payments.find(
    ({ status, failureCode, capturedMinor }) =>
      failureCode === 'mismatch' && capturedMinor === 0 && !status.startsWith('succeeded'),
  )

/** Attempts that may still be paid, those longest unchanged first. */
export const listLivePayments = async (limit: number): Promise<PaymentRow[]> =>
  Payment.query(db()).whereIn('status', ['new', 'open']).orderBy('updatedAt').limit(limit)
