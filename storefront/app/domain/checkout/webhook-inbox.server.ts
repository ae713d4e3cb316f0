// Works through the kept webhook events. An event is a hint: the object it names is read again at the provider and that
// decides. An event about an order not known yet waits and is tried again; it is never dropped.
import { hurry } from '#app/domain/checkout/complete.server.ts'
import { backoffSeconds, unknownOrderSeconds } from '#app/domain/checkout/steps/constants.ts'
import { type Handled, lookInto } from '#app/domain/checkout/webhook-handlers.server.ts'
import { claimEvents, closeEvent, type EventRow, postponeEvent } from '#app/domain/payments/events.server.ts'
import type { By } from '#app/lib/clock.ts'
import { jobsDb } from '#app/lib/db.server.ts'
import { failpoint, Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'

/** Handles waiting events. Answers how many were taken up. */
export async function workInbox(by: By, limit = 10): Promise<number> {
  // One by one, so that each has its whole lease, however slow the provider is with those before it.
  for (let taken = 0; taken < limit; taken++) {
    const [event] = await claimEvents(jobsDb(), 1)
    if (!event) return taken
    failpoint('webhook_claimed')
    await workOn(event, by)
  }
  return limit
}

async function workOn(event: EventRow, by: By): Promise<void> {
  try {
    const { verdict, note, orderId } = await handle(event, by)
    if (verdict !== 'wait') return await closeEvent(jobsDb(), event, { verdict, note: note ?? null, orderId })
    const ageSeconds = (by.at.getTime() - event.receivedAt.getTime()) / 1000
    if (ageSeconds > unknownOrderSeconds)
      return await closeEvent(jobsDb(), event, { verdict: 'ignored', note: 'its order never became known here' })
    await postponeEvent(jobsDb(), event, backoffSeconds(event.attempts), note ?? 'its order is not known yet')
  } catch (error) {
    if (error instanceof Killed) throw error
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ eventId: event.eventId, type: event.type, reason }, 'a webhook event is tried again')
    await postponeEvent(jobsDb(), event, backoffSeconds(event.attempts), reason)
  }
}

/** Reads the event's object again, writes down what it says and drives its order on. Doing it again changes nothing. */
export async function handle(event: EventRow, by: By): Promise<Handled> {
  const looked = await lookInto(event)
  const handled = await looked.write({ actor: 'stripe', at: by.at })
  if (handled.drive && handled.orderId) await hurry(handled.orderId, by)
  return handled
}
