// Replaying a kept event: dry, which shows what it would change and writes nothing, or for real. The object it names is read
// again at the provider either way; an event that did its work changes nothing the second time.
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { hurry } from '#app/domain/checkout/complete.server.ts'
import { type Change, rehearseWatched, watch } from '#app/domain/checkout/rehearsal.server.ts'
import { type Handled, lookInto } from '#app/domain/checkout/webhook-handlers.server.ts'
import { type EventRow, findEvent, noteReplay, type Verdict } from '#app/domain/payments/events.server.ts'
import { findPaymentOf, findPaymentOfIntent } from '#app/domain/payments/payments.server.ts'
import type { By } from '#app/lib/clock.ts'
import { byDatabase, transaction } from '#app/lib/db.server.ts'
import { DomainError, isDomainError, notFound } from '#app/lib/errors.ts'
import { Killed } from '#app/lib/failpoints.ts'

export type Replay = {
  verdict: Verdict | 'wait'
  note: string | null
  changes: Change[]
  /** The order goes on from there: goods are sold or released. */
  drives: boolean
}

/** What the event would change now. Writes nothing. Throws not_found, payment_unavailable. */
export async function dryRun(eventId: string, by: By): Promise<Replay> {
  const event = await findEvent(eventId)
  if (!event) throw notFound('The event')
  const looked = await asked(lookInto(event))
  const { result, changes } = await rehearseWatched(await orderOf(event), () =>
    looked.write({ actor: 'stripe', at: by.at }),
  )
  return replayOf(event, result, changes)
}

/** Handles the event once more. Audited when it changed something. Throws not_found, payment_unavailable. */
export async function replayEvent(eventId: string, by: By): Promise<Replay> {
  const event = await findEvent(eventId)
  if (!event) throw notFound('The event')
  const { result, changes } = await watch(await orderOf(event), () => asked(handle(event, by)))
  const replay = replayOf(event, result, changes)
  await transaction(async (trx) => {
    await noteReplay(trx, event, replay, result.orderId ?? null)
    if (changes.length === 0) return
    await recordAct(trx, by, {
      action: 'webhooks:replay',
      subject: `event:${eventId}`,
      before: { verdict: event.verdict },
      after: { verdict: replay.verdict, changes: changes.length },
    })
  })
  return replay
}

/** Who pressed the button sees what comes of it: the order is driven on at once. */
async function handle(event: EventRow, by: By): Promise<Handled> {
  const looked = await lookInto(event)
  const handled = await looked.write(await byDatabase({ actor: 'stripe', at: by.at }))
  if (handled.drive && handled.orderId) await hurry(handled.orderId, by)
  return handled
}

/** What was handled before and changed nothing now is a duplicate, whatever kind it is. */
function replayOf(event: EventRow, { verdict, note, drive }: Handled, changes: Change[]): Replay {
  const isAgain = event.verdict !== null && verdict !== 'wait' && changes.length === 0
  return { verdict: isAgain ? 'duplicate' : verdict, note: note ?? null, changes, drives: drive ?? false }
}

/** The order to watch: the event's own, or that of the payment it names. */
async function orderOf({ orderId, objectId, payload }: EventRow): Promise<string | null> {
  if (orderId) return orderId
  const { data } = payload as { data?: { object?: { payment_intent?: unknown } } }
  const intent = data?.object?.payment_intent
  const payment =
    (await findPaymentOf(objectId)) ??
    (await findPaymentOfIntent(objectId)) ??
    (typeof intent === 'string' ? await findPaymentOfIntent(intent) : undefined)
  return payment?.orderId ?? null
}

async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (isDomainError(error) || error instanceof Killed) throw error
    throw new DomainError('payment_unavailable', 'The payment provider cannot be asked right now. Try again.')
  }
}
