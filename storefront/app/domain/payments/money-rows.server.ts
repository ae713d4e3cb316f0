// Our payments and refunds beside the provider's lists: by the provider's ids, and those that a list did not show. Reads,
// and the memory of what was shown; which of both is right is not decided here.
import type { Knex } from 'knex'
import type { PaymentKind, PaymentStatus, RefundStatus } from '#app/domain/payments/payment-status.ts'
import type { ListedPayable, ListedRefund } from '#app/domain/payments/provider.ts'
import { db } from '#app/lib/db.server.ts'
import { isUuid } from '#app/lib/uuid.ts'

export type MoneyPayment = {
  id: string
  orderId: string
  attempt: number
  kind: PaymentKind
  providerSessionId: string | null
  providerIntentId: string | null
  status: PaymentStatus
  amountMinor: number
  capturedMinor: number
  currency: string
  failureCode: string | null
  succeededAt: Date | null
  createdAt: Date
}

export type MoneyRefund = {
  id: string
  orderId: string
  paymentId: string
  providerRefundId: string | null
  status: RefundStatus
  amountMinor: number
  currency: string
  createdAt: Date
}

const paymentColumns = [
  'id',
  'orderId',
  'attempt',
  'kind',
  'providerSessionId',
  'providerIntentId',
  'status',
  'amountMinor',
  'capturedMinor',
  'currency',
  'failureCode',
  'succeededAt',
  'createdAt',
]
const refundColumns = [
  'id',
  'orderId',
  'paymentId',
  'providerRefundId',
  'status',
  'amountMinor',
  'currency',
  'createdAt',
]
const present = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]
const uuids = (ids: (string | null)[]): string[] => present(ids).filter(isUuid)

/** The payments that these pages or intents are of: by page, by intent, or by the row's own id. */
export const listPaymentsOfPayables = async (payables: readonly ListedPayable[]): Promise<MoneyPayment[]> =>
  db()('payments')
    .whereIn('providerSessionId', present(payables.map(({ id }) => id)))
    .orWhereIn('providerIntentId', present(payables.map(({ intentId }) => intentId)))
    .orWhereIn('id', uuids(payables.map(({ paymentId }) => paymentId)))
    .select(paymentColumns)

/** The rows of these refunds, and the payments they are of. */
export async function listRowsOfRefunds(
  refunds: readonly ListedRefund[],
): Promise<{ rows: MoneyRefund[]; payments: MoneyPayment[] }> {
  const [rows, payments] = await Promise.all([
    db()('refunds')
      .whereIn('providerRefundId', present(refunds.map(({ id }) => id)))
      .orWhereIn('id', uuids(refunds.map(({ refundId }) => refundId)))
      .select<MoneyRefund[]>(refundColumns),
    db()('payments')
      .whereIn('providerIntentId', present(refunds.map(({ intentId }) => intentId)))
      .select<MoneyPayment[]>(paymentColumns),
  ])
  return { rows, payments }
}

/** Remembers that the provider showed these objects at `at`. */
export async function rememberSeen(trx: Knex, objectIds: readonly string[], at: Date): Promise<void> {
  if (objectIds.length === 0) return
  const rows = [...new Set(objectIds)].sort().map((objectId) => ({ objectId, seenAt: at }))
  // Two rounds may overlap: the later look counts.
  await trx('provider_seen')
    .insert(rows)
    .onConflict('object_id')
    .merge({ seenAt: trx.raw('greatest(provider_seen.seen_at, excluded.seen_at)') })
}

type Unseen = {
  /** Our rows made from then on, and not after the list was begun … */
  from: Date
  /** … which is since when the provider has not shown them. */
  since: Date
}

const notSeen = (query: Knex.QueryBuilder, column: string, since: Date) =>
  query
    .leftJoin('provider_seen as seen', 'seen.objectId', column)
    .where((one) => one.whereNull('seen.seenAt').orWhere('seen.seenAt', '<', since))

/** Payments that we hold for paid by the provider and that it did not show. */
export const listUnseenPayments = async ({ from, since }: Unseen): Promise<MoneyPayment[]> =>
  db()('payments as p')
    .modify((query) => notSeen(query, 'p.providerIntentId', since))
    .where('p.provider', 'stripe')
    .whereIn('p.status', ['succeeded', 'succeeded_duplicate'])
    .whereNotNull('p.providerIntentId')
    .where('p.createdAt', '>=', from)
    .where('p.succeededAt', '<', since)
    .limit(500)
    .select(paymentColumns.map((name) => `p.${name}`))

/** Refunds that we hold for made by the provider and that it did not show. */
export const listUnseenRefunds = async ({ from, since }: Unseen): Promise<MoneyRefund[]> =>
  db()('refunds as r')
    .modify((query) => notSeen(query, 'r.providerRefundId', since))
    .whereNotNull('r.providerRefundId')
    .whereNotIn('r.status', ['failed', 'canceled'])
    .where('r.createdAt', '>=', from)
    .where('r.updatedAt', '<', since)
    .limit(500)
    .select(refundColumns.map((name) => `r.${name}`))

/** Forgets what no stretch reaches any more. */
export const forgetSeen = async (knex: Knex): Promise<number> =>
  knex('provider_seen').whereRaw("seen_at < now() - interval '3 days'").delete()
