// One try at a claimed event and what becomes of its row: done, later, or parked for a person. Never throws.
import { secretTopics } from '../../storefront/app/domain/outbox/events.ts'
import type { Source } from './database.ts'
import { type Carriers, deliver } from './deliver.ts'
import { markSuppressed } from './deliveries.ts'
import { parseEvent } from './event.ts'
import { failpoint } from './lib/failpoints.ts'
import { DeliveryFailure } from './lib/failure.ts'
import type { Log } from './lib/log.ts'
import { type Metrics, topicLabel } from './metrics.ts'
import { type ClaimedEvent, defaultLifeMinutes, markDone, markExpired, park, retryLater } from './outbox.ts'
import { afterFailure } from './retry.ts'

type Attempted = { state: 'sent' | 'expired' | 'lease_lost' } | { state: 'retry' | 'parked'; reason: string }

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

/** Why the event must not be told any more, or null: a link that is over helps nobody. */
function whyTooLate({ topic, payload, ageMs }: ClaimedEvent): string | null {
  if (!secretTopics.some((one) => one === topic)) return null
  const said = (payload as { expiresMinutes?: unknown } | null)?.expiresMinutes
  const minutes = typeof said === 'number' ? said : defaultLifeMinutes
  return ageMs >= minutes * 60_000 ? `expired: its link was good for ${minutes} minutes` : null
}

async function giveUp(source: Source, event: ClaimedEvent, reason: string, { log, metrics }: AttemptParts) {
  const { payload } = parseEvent(event.topic, event.payload)
  if ('email' in payload) await markSuppressed(source.pool, event, payload.email, reason)
  if (!(await markExpired(source.pool, event, reason))) return { state: 'lease_lost' as const }
  metrics.events.inc({ topic: topicLabel(event.topic), outcome: 'expired' })
  log.error({ database: source.name, outboxId: event.id, topic: event.topic, reason }, 'event too late to be sent')
  return { state: 'expired' as const }
}

/** The mail is out, the text message waits for the morning. */
async function rest(source: Source, event: ClaimedEvent, waitMs: number, { log }: AttemptParts) {
  const reason = 'text messages wait for the morning'
  await retryLater(source.pool, event, event.attempts - 1, waitMs, reason)
  log.info({ database: source.name, outboxId: event.id, topic: event.topic, waitMs }, reason)
  return { state: 'retry' as const, reason }
}

/** Delivers the event and marks its row. When the database is lost meanwhile, the lease ends and somebody tries again. */
export async function attempt(source: Source, event: ClaimedEvent, parts: AttemptParts): Promise<Attempted> {
  const { log, metrics } = parts
  const stopClock = metrics.duration.startTimer({ topic: topicLabel(event.topic) })
  try {
    const tooLate = whyTooLate(event)
    if (tooLate) return await giveUp(source, event, tooLate, parts)
    failpoint('event_claimed')
    const outcome = await deliver(source.pool, event, parts.carriers)
    if (outcome.state === 'quiet') return await rest(source, event, outcome.waitMs, parts)
    if (outcome.state === 'lease_lost' || !(await markDone(source.pool, event))) return { state: 'lease_lost' }
    failpoint('after_event_is_marked')
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
