// One event sent by hand or handed over by a queue: written to the outbox first, then tried at once. Whatever happens to
// this process, the drain finishes it; the same key is never sent twice.
import type { EventTopic } from '../../storefront/app/domain/outbox/events.ts'
import { type AttemptParts, attempt } from './attempt.ts'
import type { Source, SourceName } from './database.ts'
import type { KnownEvent } from './event.ts'
import { newId } from './lib/ids.ts'
import { type ClaimedEvent, claimByKey, findByKey, insertLeased } from './outbox.ts'

/** `queued`: in the outbox and not sent yet. `isNew`: this call wrote it. */
export type SentNow = { id: string; status: 'sent' | 'queued' | 'parked'; isNew: boolean }

/** Where an event lives: the outbox of the database whose facts it tells. */
const homeOf = (topic: EventTopic): SourceName => (topic === 'stock.low' ? 'catalog' : 'storefront')

/** Sends `event` once under `dedupeKey`. Throws only when the database cannot be reached: then nothing is written. */
export async function sendNow(
  sources: Record<SourceName, Source>,
  event: KnownEvent,
  dedupeKey: string,
  parts: AttemptParts,
): Promise<SentNow> {
  const source = sources[homeOf(event.topic)]
  const leaseToken = newId()
  const fresh: ClaimedEvent = { id: newId(), ...event, attempts: 1, ageMs: 0, leaseToken }
  const isNew = await insertLeased(source.pool, { ...fresh, dedupeKey })
  const claimed = isNew ? fresh : await claimByKey(source.pool, dedupeKey, leaseToken)
  if (!claimed) {
    const known = await findByKey(source.pool, dedupeKey)
    const status = known?.state === 'done' ? 'sent' : known?.state === 'parked' ? 'parked' : 'queued'
    return { id: known?.id ?? fresh.id, status, isNew }
  }
  const { state } = await attempt(source, claimed, parts)
  return { id: claimed.id, status: state === 'sent' || state === 'parked' ? state : 'queued', isNew }
}
