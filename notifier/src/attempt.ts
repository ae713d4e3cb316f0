// One try at a claimed event and what becomes of its row: done, later, or parked for a person. Never throws.
import type { Source } from './database.ts'
import { type Carriers, deliver } from './deliver.ts'
import { DeliveryFailure } from './lib/failure.ts'
import type { Log } from './lib/log.ts'
import { type Metrics, topicLabel } from './metrics.ts'
import { type ClaimedEvent, markDone, park, retryLater } from './outbox.ts'
import { afterFailure } from './retry.ts'

type Attempted = { state: 'sent' | 'lease_lost' } | { state: 'retry' | 'parked'; reason: string }

export type AttemptParts = { carriers: Carriers; log: Log; metrics: Metrics }

async function recordFailure(source: Source, event: ClaimedEvent, failure: DeliveryFailure, parts: AttemptParts) {
  const { log, metrics } = parts
  const about = { database: source.name, outboxId: event.id, topic: event.topic, attempts: event.attempts }
  const verdict = afterFailure(failure, event.attempts, event.ageMs)
  if (verdict.park) {
    await park(source.pool, event, verdict.reason)
    metrics.events.inc({ topic: topicLabel(event.topic), outcome: 'parked' })
    log.error({ ...about, reason: verdict.reason }, 'event parked: a person must look at it')
    return { state: 'parked' as const, reason: verdict.reason }
  }
  await retryLater(source.pool, event, verdict.attempts, verdict.waitMs, failure.message)
  metrics.events.inc({ topic: topicLabel(event.topic), outcome: 'retry' })
  log.warn({ ...about, reason: failure.message, waitMs: verdict.waitMs }, 'event not sent, will be tried again')
  return { state: 'retry' as const, reason: failure.message }
}

/** Delivers the event and marks its row. When the database is lost meanwhile, the lease ends and somebody tries again. */
export async function attempt(source: Source, event: ClaimedEvent, parts: AttemptParts): Promise<Attempted> {
  const { log, metrics } = parts
  const stopClock = metrics.duration.startTimer({ topic: topicLabel(event.topic) })
  try {
    const outcome = await deliver(source.pool, event, parts.carriers)
    if (outcome.state === 'lease_lost' || !(await markDone(source.pool, event))) return { state: 'lease_lost' }
    metrics.events.inc({ topic: topicLabel(event.topic), outcome: 'sent' })
    log.info({ database: source.name, outboxId: event.id, topic: event.topic, sent: outcome.sent }, 'event sent')
    return { state: 'sent' }
  } catch (error) {
    const failure =
      error instanceof DeliveryFailure
        ? error
        : new DeliveryFailure('refused', (error as Error).message, { cause: error })
    try {
      return await recordFailure(source, event, failure, parts)
    } catch (lost) {
      log.warn({ outboxId: event.id, reason: (lost as Error).message }, 'outcome not written: the lease will end')
      return { state: 'retry', reason: failure.message }
    }
  } finally {
    stopClock()
  }
}
