// Appends facts to the outbox, in the same transaction as the fact itself. It never sends anything: the notifier does.
import type { Knex } from 'knex'
import { type EventPayload, type EventTopic, eventSchemas } from '#app/domain/outbox/events.ts'
import { isOptionalKind, topics } from '#app/domain/outbox/kinds.ts'
import { channelsFor } from '#app/domain/outbox/preferences.server.ts'
import { unsubscribeUrl } from '#app/domain/outbox/unsubscribe.server.ts'
import { newId } from '#app/lib/ids.ts'

/**
 * Writes one event. `dedupeKey` names the fact (`order.paid:<order id>`): told twice, one row. By which channels it may be
 * told, which order it is about and how such mails are turned off is added here, not by the caller.
 * Answers whether a row was written. Throws ZodError when the payload breaks the contract: nothing half-told is stored.
 */
export async function append<T extends EventTopic>(
  trx: Knex.Transaction,
  topic: T,
  dedupeKey: string,
  payload: EventPayload<T>,
): Promise<boolean> {
  const { orderId, ...facts } = await factsFor(trx, topic, payload as Subject)
  const checked = eventSchemas[topic].parse({ ...payload, ...facts })
  const rows = await trx('outbox')
    .insert({ id: newId(), dedupeKey, topic, payload: JSON.stringify(checked), orderId })
    .onConflict('dedupe_key')
    .ignore()
    .returning('id')
  return rows.length > 0
}

/** What an event is about: an order, or somebody's mailbox. */
type Subject = { order?: { number: string }; email?: string }

async function factsFor(trx: Knex, topic: EventTopic, payload: Subject) {
  const order = payload.order
    ? await trx('orders').where({ number: payload.order.number }).first('id', 'userId', 'email', 'phone', 'smsOptIn')
    : undefined
  const { kind } = topics[topic]
  const { email } = payload
  return {
    orderId: order?.id ?? null,
    channels: await channelsFor(trx, topic, { order, email }),
    ...(isOptionalKind(kind) && email && { unsubscribeUrl: await unsubscribeUrl(trx, email, kind) }),
  }
}
