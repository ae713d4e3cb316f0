// Payments and the provider's webhook events as staff look at them, and trying one event again. An event is only a hint:
// trying it again reads its object at the provider anew, so it can never book anything twice.
import type { Knex } from 'knex'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import type { EventState } from '#app/domain/payments/event-states.ts'
import type { Verdict } from '#app/domain/payments/models.ts'
import type { PaymentStatus } from '#app/domain/payments/payment-status.ts'
import { redactPayload } from '#app/domain/payments/redact-payload.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'

const pageSize = 30
const escapeLike = (text: string) => text.replace(/[\\%_]/g, (character) => `\\${character}`)
const beginsWith = (text: string) => `${escapeLike(text)}%`

type Page<T> = { items: T[]; total: number; page: number; pages: number }

async function paged<T>(query: Knex.QueryBuilder, page: number): Promise<Page<T>> {
  const [counted, items] = await Promise.all([
    query.clone().clearSelect().clearOrder().count('* as total').first(),
    query.limit(pageSize).offset((page - 1) * pageSize),
  ])
  const total = Number(counted?.total ?? 0)
  return { items, total, page, pages: Math.max(1, Math.ceil(total / pageSize)) }
}

export type StaffPayment = {
  id: string
  orderNumber: string
  attempt: number
  provider: string
  providerIntentId: string | null
  status: PaymentStatus
  amountMinor: number
  capturedMinor: number
  refundedMinor: number
  currency: string
  cardBrand: string | null
  cardLast4: string | null
  failureMessage: string | null
  createdAt: Date
}

/** A page of payments, newest first. `q`: the beginning of an order number or of an id at the provider. */
export const listPaymentsForStaff = (filter: { q?: string; status?: PaymentStatus; page: number }) =>
  paged<StaffPayment>(
    db()('payments as p')
      .join('orders as o', 'o.id', 'p.orderId')
      .modify((query) => {
        if (filter.status) query.where('p.status', filter.status)
        const { q } = filter
        if (q)
          query.where((either) =>
            either
              .whereILike('o.number', beginsWith(q))
              .orWhereLike('p.providerIntentId', beginsWith(q))
              .orWhereLike('p.providerSessionId', beginsWith(q)),
          )
      })
      .orderBy([
        { column: 'p.createdAt', order: 'desc' },
        { column: 'p.id', order: 'desc' },
      ])
      .select(
        'p.id',
        'o.number as orderNumber',
        'p.attempt',
        'p.provider',
        'p.providerIntentId',
        'p.status',
        'p.amountMinor',
        'p.capturedMinor',
        'p.refundedMinor',
        'p.currency',
        'p.cardBrand',
        'p.cardLast4',
        'p.failureMessage',
        'p.createdAt',
      ),
    filter.page,
  )

export type StaffEvent = {
  eventId: string
  type: string
  objectId: string
  orderNumber: string | null
  verdict: Verdict | null
  attempts: number
  receivedAt: Date
  processedAt: Date | null
  nextAttemptAt: Date
  lastError: string | null
}

/** A page of webhook events, newest first. `q`: the beginning of an order number, a type, an event's or an object's id. */
export const listEventsForStaff = (filter: { q?: string; state?: EventState; page: number }) =>
  paged<StaffEvent>(
    db()('stripe_events as e')
      .leftJoin('orders as o', 'o.id', 'e.orderId')
      .modify((query) => {
        if (filter.state) inState(query, filter.state)
        const { q } = filter
        if (q)
          query.where((either) =>
            either
              .whereILike('o.number', beginsWith(q))
              .orWhereLike('e.type', beginsWith(q))
              .orWhere('e.eventId', q)
              .orWhere('e.objectId', q),
          )
      })
      .orderBy([
        { column: 'e.receivedAt', order: 'desc' },
        { column: 'e.eventId', order: 'desc' },
      ])
      .select(
        'e.eventId',
        'e.type',
        'e.objectId',
        'o.number as orderNumber',
        'e.verdict',
        'e.attempts',
        'e.receivedAt',
        'e.processedAt',
        'e.nextAttemptAt',
        'e.lastError',
      ),
    filter.page,
  )

/** One event with what it said, without persons and secrets. Throws not_found. */
export async function getEventForStaff(eventId: string): Promise<StaffEvent & { body: string }> {
  const event = await db()('stripe_events as e')
    .leftJoin('orders as o', 'o.id', 'e.orderId')
    .where('e.eventId', eventId)
    .first<(StaffEvent & { payload: Record<string, unknown> }) | undefined>('e.*', 'o.number as orderNumber')
  if (!event) throw notFound('The event')
  const { payload, ...rest } = event
  return { ...rest, body: JSON.stringify(redactPayload(payload), null, 2) }
}

function inState(query: Knex.QueryBuilder, state: EventState): void {
  if (state === 'waiting') query.whereNull('e.processedAt')
  else if (state === 'failing') query.whereNull('e.processedAt').whereNotNull('e.lastError')
  else query.where('e.verdict', state)
}

/** How many webhook events do not get through. */
export async function countFailingEvents(): Promise<number> {
  const row = await db()('stripe_events as e')
    .modify((query) => inState(query, 'failing'))
    .count('* as failing')
    .first()
  return Number(row?.failing ?? 0)
}

/**
 * Makes an event due now: one that waits, one that failed, one that was ignored. Throws not_found, and conflict for one that
 * did its work.
 */
export async function retryEvent(eventId: string, by: By): Promise<void> {
  await transaction(async (trx) => {
    const event = await trx('stripe_events').where({ eventId }).forUpdate().first('type', 'verdict', 'lastError')
    if (!event) throw notFound('The event')
    if (event.verdict !== null && event.verdict !== 'failed' && event.verdict !== 'ignored')
      throw new DomainError('conflict', 'This event has done its work.')
    await trx('stripe_events')
      .where({ eventId })
      .update({ processedAt: null, verdict: null, nextAttemptAt: trx.fn.now() })
    const before = { verdict: event.verdict, lastError: event.lastError }
    await recordAct(trx, by, {
      action: 'webhooks:retry',
      subject: `event:${eventId}`,
      before,
      after: { type: event.type },
    })
  })
}
