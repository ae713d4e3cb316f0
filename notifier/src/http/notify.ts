// POST /notify: one event by hand. Written to the outbox and tried at once; what does not go out now goes out later.
import { createRoute, z } from '@hono/zod-openapi'
import { type EventTopic, eventSchemas, eventTopics } from '../../../storefront/app/domain/outbox/events.ts'
import type { KnownEvent } from '../event.ts'
import { samples } from '../messages/samples.ts'
import type { SentNow } from '../send-now.ts'
import { requireScope } from './auth.ts'
import { ApiError, errorAnswers } from './problem.ts'
import { newRouter } from './router.ts'

const oneOf = <T extends EventTopic>(topic: T) => z.object({ topic: z.literal(topic), payload: eventSchemas[topic] })
const variants = eventTopics.map(oneOf) as unknown as [ReturnType<typeof oneOf>, ...ReturnType<typeof oneOf>[]]

/** The union is as wide as the contract; TypeScript sees it through KnownEvent. */
const NotifyBody = z.discriminatedUnion('topic', variants).openapi('Event', {
  description: 'An event of the shop. The payload must fit its topic.',
  example: { topic: 'order.shipped', payload: samples['order.shipped'] },
})

const NotifyAnswer = z
  .object({
    id: z.uuid().openapi({ description: 'Id in the outbox; the Message-ID of its mail begins with it.' }),
    status: z.enum(['sent', 'queued', 'parked']).openapi({
      description:
        'sent: handed to the mail server. queued: not yet, will be tried again. parked: the mail server refused it for good.',
    }),
  })
  .openapi('Notified')

const answer = (description: string) => ({ description, content: { 'application/json': { schema: NotifyAnswer } } })

/** The router of POST /notify. `send` is given a key under which it sends at most once. */
export function notifyRouter(keys: string[], send: (event: KnownEvent, dedupeKey: string) => Promise<SentNow>) {
  const route = createRoute({
    method: 'post',
    path: '/notify',
    operationId: 'notify',
    tags: ['messages'],
    summary: 'Send one event by hand',
    description:
      'Sends the messages of one event. Needs a service token with the scope `notify`; each token counts once, so a repeated request is refused and never sends twice.',
    security: [{ serviceToken: [] }],
    middleware: [requireScope(keys, 'notify')] as const,
    request: { body: { required: true, content: { 'application/json': { schema: NotifyBody } } } },
    responses: {
      200: answer('The messages were sent'),
      202: answer('The event is kept and will be tried again, or a person must look at it'),
      ...errorAnswers(
        'malformed_json',
        'unauthorized',
        'forbidden',
        'payload_too_large',
        'unsupported_media_type',
        'validation_failed',
        'unavailable',
      ),
    },
  })
  return newRouter().openapi(route, async (c) => {
    const event = c.req.valid('json') as KnownEvent
    const { id, status, isNew } = await send(event, `notify:${c.var.tokenId}`)
    if (!isNew) throw new ApiError('unauthorized', 'This token was used before.')
    c.var.log.info({ caller: c.var.caller, outboxId: id, topic: event.topic, status }, 'event sent by hand')
    return status === 'sent' ? c.json({ id, status }, 200) : c.json({ id, status }, 202)
  })
}
