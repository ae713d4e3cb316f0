// Works through the kept webhook events. An event is a hint: the object it names is read again at the provider and that
// decides. An event about an order not known yet waits and is tried again; it is never dropped. Nothing is driven on from
// here: what is written down wakes its order, and the completer takes it.
import { backoffSeconds, unknownOrderSeconds } from '#app/domain/checkout/steps/constants.ts'
import { lookInto } from '#app/domain/checkout/webhook-handlers.server.ts'
import { claimEvents, closeEvent, type EventRow, postponeEvent } from '#app/domain/payments/events.server.ts'
import type { By } from '#app/lib/clock.ts'
import { byDatabase, jobsDb } from '#app/lib/db.server.ts'
import { failpoint, Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'

/** Handles waiting events, each taken up right before its work. Answers how many. */
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
    const looked = await lookInto(event)
    const now = await byDatabase({ ...by, actor: 'stripe' }, jobsDb())
    const { verdict, note, orderId } = await looked.write(now)
    if (verdict !== 'wait') return await closeEvent(jobsDb(), event, { verdict, note: note ?? null, orderId })
    const ageSeconds = (now.at.getTime() - event.receivedAt.getTime()) / 1000
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
