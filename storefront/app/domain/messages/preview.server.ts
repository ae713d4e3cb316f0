// A message as it would look, or as it looked: drawn by the notifier, which is the only one who draws. What staff see
// opens nothing: the secret in the order's links is taken out before.
import type { Knex } from 'knex'
import { type RenderedMessage, renderMessage } from '#app/domain/messages/notifier.server.ts'
import { factsOf, wholePayload } from '#app/domain/messages/order-facts.server.ts'
import { findOrderRow } from '#app/domain/orders/work.server.ts'
import { type EventTopic, eventSchemas } from '#app/domain/outbox/events.ts'
import { db } from '#app/lib/db.server.ts'
import { notFound } from '#app/lib/errors.ts'

export const isTopic = (topic: string): topic is EventTopic => Object.hasOwn(eventSchemas, topic)

/** `sent`: with the very words it went out with. `order`: with what the order says today. `sample`: invented. */
export type Preview = RenderedMessage & { from: 'sent' | 'order' | 'sample' }

/**
 * The message of `topic`: of the order with that number, or of a sample when it is empty or the topic is about no order.
 * Throws not_found, notifier_unavailable.
 */
export async function previewMessage(topic: string, orderNumber: string): Promise<Preview> {
  if (!isTopic(topic)) throw notFound('This message')
  if (!orderNumber || !topic.startsWith('order.')) return { ...(await renderMessage(topic, {})), from: 'sample' }
  const order = await findOrderRow(orderNumber)
  if (!order) throw notFound('The order')
  const sent = await lastPayload(db(), topic, order.id)
  const payload = sent ?? (await factsOf(db(), topic, order))
  // The code is between the shop and the shopper.
  const shown = { ...(withoutTokens(payload) as object), ...('code' in payload && { code: '•••• ••' }) }
  return { ...(await renderMessage(topic, shown)), from: sent ? 'sent' : 'order' }
}

/** The same payload, every link in it without its `token`, at any depth. */
function withoutTokens(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTokens)
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutTokens(one)]))
  if (typeof value !== 'string' || !/^https?:/.test(value) || !URL.canParse(value)) return value
  const url = new URL(value)
  url.searchParams.delete('token')
  return url.href
}

async function lastPayload(knex: Knex, topic: EventTopic, orderId: string) {
  const row = await knex('outbox').where({ orderId, topic }).orderBy('createdAt', 'desc').first('payload')
  return row ? wholePayload(topic, row.payload) : null
}
