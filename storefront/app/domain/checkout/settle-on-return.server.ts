// The shopper comes back from the payment page: the provider is asked at once, and what came of it is kept with the flight
// recorder. Never throws for the provider: the webhook or the completer will do it.
import { settle } from '#app/domain/checkout/complete.server.ts'
import type { Settled } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { keepVisit, type VisitVerdict } from '#app/domain/payments/flight-recorder.server.ts'
import type { By } from '#app/lib/clock.ts'
import { failpoint, Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'

const verdicts: Record<Settled['outcome'], VisitVerdict> = {
  paid: 'applied',
  paid_twice: 'applied',
  ended: 'applied',
  already: 'duplicate',
  over: 'duplicate',
  waiting: 'waiting',
  processing: 'waiting',
  mismatch: 'failed',
  unknown_order: 'failed',
  foreign: 'stale',
}

/**
 * `sessionId`: as the address names it, believed for nothing. `hasGivenUp`: by the page's way back without paying; the
 * provider is asked all the same, and it decides.
 */
export async function settleOnReturn(
  { orderId, sessionId, hasGivenUp = false }: { orderId: string; sessionId: string | null; hasGivenUp?: boolean },
  by: By,
): Promise<void> {
  const named = sessionId && /^cs_[A-Za-z0-9_]{1,200}$/.test(sessionId) ? sessionId : null
  const visit = { orderId, objectId: named, ...(hasGivenUp && { note: 'by the way back without paying' }) }
  failpoint('back_from_payment')
  try {
    const known = await settle({ orderId }, by)
    // Our own row may not know its session yet (we were killed in between); the provider does.
    const settled = known ?? (named ? await settle({ sessionId: named }, by) : null)
    await keepVisit({ ...visit, verdict: settled ? verdicts[settled.outcome] : 'stale' }, by)
  } catch (error) {
    if (error instanceof Killed) throw error
    log.warn({ orderId, reason: error instanceof Error ? error.message : '' }, 'could not settle on return')
    await keepVisit({ ...visit, verdict: 'failed', note: 'the provider could not be asked' }, by).catch(() => undefined)
  }
}
