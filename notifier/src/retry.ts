// What a failed try means for the event: try again and when, or park it for a person. Pure.
import type { FailureKind } from './lib/failure.ts'
import { backOff } from './lib/pause.ts'

/** Tries before an event is parked. */
export const maxAttempts = 12
/** Providers remember an idempotency key for 24 h; later a retry could send twice, so a person decides. */
const maxAgeMs = 20 * 60 * 60 * 1000
/** An outage uses up no more tries than this, so that a mail server's long night parks nothing. */
const outageAttempts = 9

const firstWaitMs = 2_000
const longestWaitMs = 10 * 60 * 1000

type Verdict = { park: true; reason: string } | { park: false; attempts: number; waitMs: number }

/** Decides for an event on its `attempts`-th try (this one included), `ageMs` after it was written. */
export function afterFailure(
  failure: { kind: FailureKind; message: string },
  attempts: number,
  ageMs: number,
  random?: () => number,
): Verdict {
  if (failure.kind === 'rejected') return { park: true, reason: failure.message }
  if (ageMs >= maxAgeMs) return { park: true, reason: `not sent within 20 h: ${failure.message}` }
  const counted = failure.kind === 'unreachable' ? Math.min(attempts, outageAttempts) : attempts
  if (counted >= maxAttempts) return { park: true, reason: `gave up after ${counted} tries: ${failure.message}` }
  return { park: false, attempts: counted, waitMs: backOff(counted, firstWaitMs, longestWaitMs, random) }
}
