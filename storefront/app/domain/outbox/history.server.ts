// What was told, to whom, and how it went: rows of the outbox with their deliveries, for the order's timeline and the
// admin's list. Reads only; never shows what a message said, nor the secret in a link.
import type { Knex } from 'knex'
import { secretTopics } from '#app/domain/outbox/events.ts'
import { topicLabel } from '#app/domain/outbox/kinds.ts'
import type { MessageDelivery, MessageState, MessageView } from '#app/domain/outbox/message-view.ts'
import { mailboxHash } from '#app/domain/outbox/preferences.server.ts'
import { db } from '#app/lib/db.server.ts'

type Row = Omit<MessageView, 'label' | 'state' | 'deliveries' | 'isResend' | 'canResend' | 'canRelease' | 'endedAt'> & {
  dedupeKey: string
  doneAt: Date | null
  parkedAt: Date | null
  isUnwanted: boolean
  orderId: string | null
}

const expired = 'expired:%'

/** Conditions of each state; together they leave nothing out. */
const inState: Record<MessageState, (query: Knex.QueryBuilder) => void> = {
  waiting: (query) => query.whereNull('o.doneAt').whereNull('o.parkedAt'),
  parked: (query) => query.whereNotNull('o.parkedAt'),
  expired: (query) => query.whereNotNull('o.doneAt').where('o.lastError', 'like', expired),
  unwanted: (query) => query.whereNotNull('o.doneAt').whereRaw(`o.payload -> 'channels' = '[]'`),
  sent: (query) =>
    query.whereNotNull('o.doneAt').whereNull('o.lastError').whereRaw(`(o.payload -> 'channels') IS DISTINCT FROM '[]'`),
}

const select = (knex: Knex) =>
  knex('outbox as o')
    .leftJoin('orders as order', 'order.id', 'o.orderId')
    .select(
      'o.id',
      'o.topic',
      'o.dedupeKey',
      'o.createdAt',
      'o.doneAt',
      'o.parkedAt',
      'o.nextAttemptAt',
      'o.attempts',
      'o.lastError',
      'o.orderId',
      'order.number as orderNumber',
      knex.raw(`coalesce(o.payload -> 'order' ->> 'email', o.payload ->> 'email', "order".email) AS "to"`),
      knex.raw(`coalesce(o.payload -> 'channels' = '[]', false) AS is_unwanted`),
    )

/** The messages of one order, first to last: two statements. */
export async function listMessagesOf(orderId: string, knex: Knex = db()): Promise<MessageView[]> {
  const rows: Row[] = await select(knex).where({ 'o.orderId': orderId }).orderBy(['o.createdAt', 'o.id'])
  return withDeliveries(rows, knex)
}

export type MessageFilter = {
  /** An e-mail address, or the beginning of an order number. */
  q?: string
  state?: MessageState
  /** From 1. */
  page: number
}

const pageSize = 30

/** A page of messages, newest first, thirty each: three statements. */
export async function listMessages(
  filter: MessageFilter,
): Promise<{ items: MessageView[]; total: number; page: number; pages: number }> {
  const knex = db()
  const narrowed = (query: Knex.QueryBuilder) => {
    if (filter.state) inState[filter.state](query)
    if (filter.q) query.where((either) => matching(either, filter.q ?? ''))
  }
  const [counted, rows] = await Promise.all([
    knex('outbox as o').modify(narrowed).count('* as total').first<{ total: number }>(),
    select(knex)
      .modify(narrowed)
      .orderBy([
        { column: 'o.createdAt', order: 'desc' },
        { column: 'o.id', order: 'desc' },
      ])
      .limit(pageSize)
      .offset((filter.page - 1) * pageSize) as Promise<Row[]>,
  ])
  const total = Number(counted?.total ?? 0)
  const items = await withDeliveries(rows, knex)
  return { items, total, page: filter.page, pages: Math.max(1, Math.ceil(total / pageSize)) }
}

/** By mailbox: what was delivered there, what its orders are told, and what still waits to go there. */
function matching(query: Knex.QueryBuilder, q: string): void {
  const email = q.trim().toLowerCase()
  if (!email.includes('@')) {
    const number = `${q
      .trim()
      .toUpperCase()
      .replace(/[\\%_]/g, '')}%`
    query.whereIn('o.orderId', (orders: Knex.QueryBuilder) =>
      orders.select('id').from('orders').whereLike('number', number),
    )
    return
  }
  query
    .whereIn('o.id', (delivered: Knex.QueryBuilder) =>
      delivered
        .select('outboxId')
        .from('deliveries')
        .where({ recipientHash: mailboxHash(email) }),
    )
    .orWhereIn('o.orderId', (orders: Knex.QueryBuilder) => orders.select('id').from('orders').where({ email }))
    .orWhere((waiting) => waiting.whereNull('o.doneAt').whereRaw(`o.payload ->> 'email' = ?`, [email]))
}

/** How many messages wait for a person. */
export async function countParked(): Promise<number> {
  const row = await db()('outbox').whereNotNull('parkedAt').count('* as parked').first()
  return Number(row?.parked ?? 0)
}

type DeliveryRow = MessageDelivery & { outboxId: string }

async function withDeliveries(rows: Row[], knex: Knex): Promise<MessageView[]> {
  const deliveries: DeliveryRow[] = await knex('deliveries')
    .whereIn(
      'outboxId',
      rows.map(({ id }) => id),
    )
    .orderBy(['channel', 'createdAt'])
    .select('outboxId', 'channel', 'status', 'attempts', 'sentAt', {
      messageId: 'providerMessageId',
      answer: 'providerAnswer',
    })
  return rows.map((row) => viewOf(row, deliveries))
}

function viewOf(row: Row, all: DeliveryRow[]): MessageView {
  const { id, topic, createdAt, nextAttemptAt, attempts, lastError, to, orderNumber } = row
  const isSecret = secretTopics.some((one) => one === topic)
  const deliveries = all.filter(({ outboxId }) => outboxId === id).map(({ outboxId, ...delivery }) => delivery)
  return {
    id,
    topic,
    label: topicLabel(topic),
    state: stateOf(row),
    isResend: row.dedupeKey.includes(':resend:'),
    createdAt,
    endedAt: row.doneAt ?? row.parkedAt,
    nextAttemptAt,
    attempts,
    lastError,
    to,
    orderNumber,
    deliveries,
    canResend: row.orderId !== null && row.doneAt !== null,
    canRelease: row.parkedAt !== null && !isSecret,
  }
}

function stateOf({ doneAt, parkedAt, lastError, isUnwanted }: Row): MessageState {
  if (parkedAt) return 'parked'
  if (!doneAt) return 'waiting'
  if (isUnwanted) return 'unwanted'
  return lastError?.startsWith('expired:') ? 'expired' : 'sent'
}
