// Staff send an order's message once more: a new event beside the old one, so that the notifier's "sent once" stays true
// for each. A second click while the first is on its way sends nothing.
import type { Knex } from 'knex'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { factsOf, wholePayload } from '#app/domain/messages/order-facts.server.ts'
import { isTopic } from '#app/domain/messages/preview.server.ts'
import { getOrderRow } from '#app/domain/orders/work.server.ts'
import { type EventPayload, type EventTopic, secretTopics } from '#app/domain/outbox/events.ts'
import { topicLabel } from '#app/domain/outbox/kinds.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { isUuid } from '#app/lib/uuid.ts'

type Told = { topic: string; payload: unknown; orderId: string | null; doneAt: Date | null }

/**
 * Sends the message `id` of the order with `orderNumber` again. Throws not_found (also when it is another order's) and
 * conflict: it was not sent yet, is on its way already, or can no longer be made.
 */
export async function resendMessage(
  { id, orderNumber }: { id: string; orderNumber: string },
  by: By,
): Promise<{ label: string }> {
  if (!isUuid(id)) throw notFound('The message')
  return transaction(async (trx) => {
    const told = await findTold(trx, id, orderNumber)
    const { topic, orderId } = told
    const key = `${topic}:${orderId}:resend:`
    const before = await trx('outbox').whereLike('dedupeKey', `${key}%`).select('doneAt', 'parkedAt')
    if (before.some(({ doneAt, parkedAt }) => !doneAt && !parkedAt))
      throw new DomainError('conflict', 'This message is on its way already.')
    const payload = await payloadOf(trx, told)
    await append(trx, topic, key + (before.length + 1), payload)
    const after = { message: topic, again: before.length + 1 }
    await recordAct(trx, by, { action: 'messages:send', subject: `order:${orderNumber}`, after })
    return { label: topicLabel(topic) }
  })
}

async function findTold(trx: Knex.Transaction, id: string, orderNumber: string) {
  // The order's row is locked: two clicks at once count the same messages one after the other.
  const order = await trx('orders').where({ number: orderNumber }).forUpdate().first('id')
  const told: Told | undefined =
    order && (await trx('outbox').where({ id, orderId: order.id }).first('topic', 'payload', 'orderId', 'doneAt'))
  if (!told?.orderId || !isTopic(told.topic)) throw notFound('The message')
  const { topic, orderId, payload, doneAt } = told
  if (!doneAt || secretTopics.some((secret) => secret === topic))
    throw new DomainError('conflict', 'This message cannot be sent again.')
  return { topic, orderId, payload }
}

/** The same words again; those of an event that was not kept whole are written anew from the order. */
async function payloadOf(
  trx: Knex.Transaction,
  { topic, orderId, payload }: { topic: EventTopic; orderId: string; payload: unknown },
): Promise<EventPayload<EventTopic>> {
  const whole =
    wholePayload(topic, payload) ?? wholePayload(topic, await factsOf(trx, topic, await getOrderRow(orderId, trx)))
  if (!whole) throw new DomainError('conflict', 'This message cannot be made again: its order no longer says enough.')
  if (/\.invalid$/.test((whole.order as { email: string }).email))
    throw new DomainError('conflict', 'Whom this was told has deleted their account.')
  return whole as EventPayload<EventTopic>
}
