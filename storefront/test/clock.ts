// Time for tests: a second passes with every look, so that what happened first also sorts first.
import type { By } from '#app/lib/clock.ts'

/** `now()` is a verb's second argument: who (a guest unless said) and when. */
export function startClock(start = '2026-08-03T09:00:00Z'): (actor?: string) => By {
  let at = new Date(start).getTime()
  return (actor = 'guest') => {
    at += 1000
    return { actor, at: new Date(at) }
  }
}
