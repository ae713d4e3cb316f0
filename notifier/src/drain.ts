// Empties one database's outbox: on every nudge, and every few seconds regardless, since a nudge may get lost.
// A few workers, one event each; a slow mail holds up only its own.
import { type AttemptParts, attempt } from './attempt.ts'
import type { Source } from './database.ts'
import { newId } from './lib/ids.ts'
import { pause } from './lib/pause.ts'
import { topicLabel } from './metrics.ts'
import { claimNext, forgetSecrets, giveBack, parkAbandoned } from './outbox.ts'

export type Drain = {
  /** Something may be due: look now. Cheap; may be called at any time. */
  wake(): void
  /** When the outbox was last found empty of due events, and why it last could not be asked. */
  state(): { lastDrainAt: Date | null; error: string | null }
  /** Claims nothing more and resolves when what is on its way has ended. */
  stop(): Promise<void>
}

const maxWorkers = 4

/** Starts draining `source` until `stop`. `pollMs`: how often to look without a nudge. */
export function startDrain(source: Source, parts: AttemptParts, pollMs = 5_000): Drain {
  const stopping = new AbortController()
  const workers = new Set<Promise<void>>()
  let lastDrainAt: Date | null = null
  let error: string | null = null
  let nudges = 0

  /** Claims and delivers one event; false when there was none. */
  async function step(): Promise<boolean> {
    const event = await claimNext(source.pool, newId())
    if (!event) return false
    if (stopping.signal.aborted) {
      await giveBack(source.pool, event)
      return false
    }
    wake()
    await attempt(source, event, parts)
    return true
  }

  async function work(): Promise<void> {
    try {
      let seen: number
      do {
        seen = nudges
        while (!stopping.signal.aborted && (await step())) seen = nudges
        // A nudge that came while we looked may be about a row our look did not see.
      } while (seen !== nudges && !stopping.signal.aborted)
      lastDrainAt = new Date()
      error = null
    } catch (cause) {
      const reason = (cause as Error).message
      if (error === null) parts.log.warn({ database: source.name, reason }, 'outbox cannot be read, will look again')
      error = reason
    }
  }

  function wake(): void {
    nudges += 1
    if (workers.size >= maxWorkers || stopping.signal.aborted) return
    const worker = work().finally(() => workers.delete(worker))
    workers.add(worker)
  }

  /** What no nudge tells of: events that end their senders, and secrets that have had their day. */
  async function tidy(): Promise<void> {
    try {
      for (const { id, topic, attempts } of await parkAbandoned(source.pool)) {
        parts.metrics.events.inc({ topic: topicLabel(topic), outcome: 'parked' })
        parts.log.error(
          { database: source.name, outboxId: id, topic, attempts },
          'event parked: its senders never came back',
        )
      }
      await forgetSecrets(source.pool)
    } catch {
      // An outbox that cannot be read is told of by the workers.
    }
  }

  async function poll(): Promise<void> {
    while (!stopping.signal.aborted) {
      wake()
      await tidy()
      await pause(pollMs, stopping.signal)
    }
  }
  const polling = poll()

  return {
    wake,
    state: () => ({ lastDrainAt, error }),
    async stop() {
      stopping.abort()
      await polling
      await Promise.all(workers)
    },
  }
}
