// Appends facts to the outbox, in the same transaction as the fact itself. It never sends anything: the notifier does.
import type { Knex } from 'knex'
import { type EventPayload, type EventTopic, eventSchemas } from '#app/domain/outbox/events.ts'
import { newId } from '#app/lib/ids.ts'

/**
 * Writes one event. `dedupeKey` names the fact (`order.paid:<order id>`): told twice, one row.
 * Answers whether a row was written. Throws ZodError when the payload breaks the contract: nothing half-told is stored.
 */
export async function append<T extends EventTopic>(
  trx: Knex.Transaction,
  topic: T,
  dedupeKey: string,
  payload: EventPayload<T>,
): Promise<boolean> {
  const checked = eventSchemas[topic].parse(payload)
  const rows = await trx('outbox')
    .insert({ id: newId(), dedupeKey, topic, payload: JSON.stringify(checked) })
    .onConflict('dedupe_key')
    .ignore()
    .returning('id')
  return rows.length > 0
}
