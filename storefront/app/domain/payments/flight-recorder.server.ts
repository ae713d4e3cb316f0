// What came in from the provider about an order: its events and the shoppers it sent back, each with its verdict. Rows are
// kept redacted; what happened is never decided here.
import type { Knex } from 'knex'
import { type EventState, eventStateOf } from '#app/domain/payments/event-states.ts'
import type { By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'

export type VisitVerdict = 'applied' | 'duplicate' | 'stale' | 'waiting' | 'failed'

const keptPerOrder = 50

/** Keeps that the provider's page sent somebody back: what came of looking, never the address with its token. */
export async function keepVisit(
  visit: { orderId: string; objectId: string | null; verdict: VisitVerdict; note?: string },
  by: By,
): Promise<void> {
  // Whoever reloads the page all day fills no table.
  const kept = await db()('return_visits').where({ orderId: visit.orderId }).count('* as visits').first()
  if (Number(kept?.visits ?? 0) >= keptPerOrder) return
  await db()('return_visits').insert({ ...visit, id: newId(by.at.getTime()), visitedAt: by.at })
}

export type Flight = {
  at: Date
  what: string
  state: EventState
  note: string | null
  /** Null for a visit, which has no page of its own. */
  eventId: string | null
}

/** Everything that came in about an order, oldest first. */
export async function listFlights(orderId: string): Promise<Flight[]> {
  const [events, visits] = await Promise.all([
    db()('stripe_events')
      .where({ orderId })
      .orderBy('receivedAt')
      .limit(200)
      .select('eventId', 'type', 'receivedAt', 'verdict', 'lastError'),
    db()('return_visits').where({ orderId }).orderBy('visitedAt').select('visitedAt', 'verdict', 'note'),
  ])
  const flights: Flight[] = [
    ...events.map(({ eventId, type, receivedAt, verdict, lastError }) => ({
      at: receivedAt,
      what: `Stripe reported ${type}`,
      state: eventStateOf({ verdict, lastError }),
      note: lastError,
      eventId,
    })),
    ...visits.map(({ visitedAt, verdict, note }) => ({
      at: visitedAt,
      what: 'The shopper came back from the payment page',
      state: verdict,
      note,
      eventId: null,
    })),
  ]
  return flights.sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** As long as events are kept. */
export const forgetOldVisits = async (knex: Knex): Promise<number> =>
  knex('return_visits').whereRaw("visited_at < now() - interval '35 days'").delete()
