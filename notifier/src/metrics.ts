// What the notifier counts. Labels are topics and states, never people.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Source } from './database.ts'
import { outboxState } from './outbox.ts'

export type Metrics = ReturnType<typeof createMetrics>

/** Counters and gauges of one notifier; the gauges ask the outboxes when they are read. */
export function createMetrics(sources: Source[]) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const waiting = new Gauge({
    name: 'notifier_outbox_waiting',
    help: 'Events not sent yet, parked ones apart',
    labelNames: ['database'] as const,
    registers,
  })
  const parked = new Gauge({
    name: 'notifier_outbox_parked',
    help: 'Events set aside for a person',
    labelNames: ['database'] as const,
    registers,
  })
  new Gauge({
    name: 'notifier_outbox_oldest_seconds',
    help: 'Age of the oldest event that waits',
    labelNames: ['database'] as const,
    registers,
    async collect() {
      for (const source of sources) {
        // An unreachable database has no numbers; /health says that it is away.
        const state = await outboxState(source.pool).catch(() => null)
        if (!state) continue
        this.set({ database: source.name }, state.oldestSeconds)
        waiting.set({ database: source.name }, state.waiting)
        parked.set({ database: source.name }, state.parked)
      }
    },
  })
  return {
    registry,
    events: new Counter({
      name: 'notifier_events_total',
      help: 'Tries at events by how they ended: sent, retry, parked',
      labelNames: ['topic', 'outcome'] as const,
      registers,
    }),
    duration: new Histogram({
      name: 'notifier_event_seconds',
      help: 'Time one try at an event took',
      labelNames: ['topic'] as const,
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 25],
      registers,
    }),
  }
}
