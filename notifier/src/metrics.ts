// What the notifier counts. Labels are topics and states, never people.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Source } from './database.ts'
import { isTopic } from './event.ts'
import { outboxState } from './outbox.ts'

export type Metrics = ReturnType<typeof createMetrics>

/** A topic as a label: whatever the contract does not know is one and the same, or anybody could make labels without end. */
export const topicLabel = (topic: string): string => (isTopic(topic) ? topic : 'unknown')

/** Counters and gauges of one notifier. */
export function createMetrics(sources: Source[]) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const perDatabase = (name: string, help: string) => new Gauge({ name, help, labelNames: ['database'], registers })
  const waiting = perDatabase('notifier_outbox_waiting', 'Events not sent yet, parked ones apart')
  const parked = perDatabase('notifier_outbox_parked', 'Events set aside for a person')
  const oldest = perDatabase('notifier_outbox_oldest_seconds', 'Age of the oldest event that waits')

  async function measure(source: Source): Promise<void> {
    // An unreachable database has no numbers; /health says that it is away.
    const state = await outboxState(source.pool).catch(() => null)
    const database = { database: source.name }
    if (!state) {
      for (const gauge of [waiting, parked, oldest]) gauge.remove(database)
      return
    }
    waiting.set(database, state.waiting)
    parked.set(database, state.parked)
    oldest.set(database, state.oldestSeconds)
  }

  return {
    contentType: registry.contentType,
    /** All numbers in Prometheus' text form; the outboxes are counted now. */
    async render(): Promise<string> {
      await Promise.all(sources.map(measure))
      return registry.metrics()
    },
    events: new Counter({
      name: 'notifier_events_total',
      help: 'Tries at events by how they ended: sent, retry, parked, expired',
      labelNames: ['topic', 'outcome'],
      registers,
    }),
    duration: new Histogram({
      name: 'notifier_event_seconds',
      help: 'Time one try at an event took',
      labelNames: ['topic'],
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 25],
      registers,
    }),
  }
}
