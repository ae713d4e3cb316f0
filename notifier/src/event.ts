// An event as the contract knows it: the one place where a topic and a payload from outside are checked. Pure.
import { type EventPayload, type EventTopic, eventSchemas } from '../../storefront/app/domain/outbox/events.ts'
import { DeliveryFailure } from './lib/failure.ts'

export type KnownEvent = { [T in EventTopic]: { topic: T; payload: EventPayload<T> } }[EventTopic]

/** Whether the contract has this topic; safe for names such as `__proto__`. */
export const isTopic = (topic: string): topic is EventTopic => Object.hasOwn(eventSchemas, topic)

/** The event when topic and payload fit the contract. Throws DeliveryFailure `rejected` that names what does not. */
export function parseEvent(topic: string, payload: unknown): KnownEvent {
  if (!isTopic(topic)) throw new DeliveryFailure('rejected', `unknown topic "${topic.slice(0, 60)}"`)
  const parsed = eventSchemas[topic].safeParse(payload)
  if (parsed.success) return { topic, payload: parsed.data } as KnownEvent
  const where = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'payload'}: ${issue.message}`)
  throw new DeliveryFailure('rejected', `payload does not fit ${topic}: ${where.join('; ')}`)
}
