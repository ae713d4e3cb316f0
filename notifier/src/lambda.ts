// The notifier as an AWS Lambda-style function: one event, or a batch of SQS records whose bodies are events.
// The same outbox, the same "sent once": a redelivered record finds its event and is not sent again.
import { z } from 'zod'
import { readEnv } from './env.ts'
import { type KnownEvent, parseEvent } from './event.ts'
import { notifierFromEnv } from './from-env.ts'
import { newId } from './lib/ids.ts'
import { createLog, type Log } from './lib/log.ts'
import type { SentNow } from './send-now.ts'

const Direct = z.object({ id: z.string().min(1).max(200).optional(), topic: z.string(), payload: z.unknown() })
const Batch = z.object({ Records: z.array(z.object({ messageId: z.string().min(1), body: z.string() })) })

type BatchAnswer = { batchItemFailures: { itemIdentifier: string }[] }

/**
 * Makes the handler. A direct call `{topic, payload, id?}` answers `{id, status}` and throws on a bad event; a batch answers
 * `batchItemFailures` with every record that is not sent, so that the queue redelivers it or moves it to its dead letters.
 */
export function createHandler(send: (event: KnownEvent, dedupeKey: string) => Promise<SentNow>, log: Log) {
  async function isSent(record: { messageId: string; body: string }): Promise<boolean> {
    try {
      const { topic, payload } = Direct.parse(JSON.parse(record.body))
      const { status } = await send(parseEvent(topic, payload), `sqs:${record.messageId}`)
      return status === 'sent'
    } catch (error) {
      log.warn({ messageId: record.messageId, reason: (error as Error).message }, 'record not sent')
      return false
    }
  }

  return async (input: unknown): Promise<BatchAnswer | { id: string; status: SentNow['status'] }> => {
    const batch = Batch.safeParse(input)
    if (!batch.success) {
      const { id, topic, payload } = Direct.parse(input)
      const sent = await send(parseEvent(topic, payload), `direct:${id ?? newId()}`)
      return { id: sent.id, status: sent.status }
    }
    const failures: BatchAnswer['batchItemFailures'] = []
    for (const record of batch.data.Records)
      if (!(await isSent(record))) failures.push({ itemIdentifier: record.messageId })
    return { batchItemFailures: failures }
  }
}

let made: ReturnType<typeof createHandler> | undefined

/** The function's entry point; settings are read at the first call and kept while the container lives. */
export const handler = (event: unknown) => {
  if (!made) {
    const env = readEnv()
    const log = createLog(env.LOG_LEVEL)
    made = createHandler(notifierFromEnv(env, log).notifier.sendNow, log)
  }
  return made(event)
}
