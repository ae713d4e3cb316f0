// What the process tidies by itself: holds past their end, used token ids that could not be used any more,
// scratch goods of a proof that died. A failed
// round is logged and tried again; two processes may sweep at once.
import { removeLeftovers } from './inventory/proof/scratch.ts'
import { releaseExpired } from './inventory/release.ts'
import { db } from './lib/db.ts'
import type { Logger } from './lib/log.ts'

const everyMs = 30_000

/** One round. @returns how many holds ended */
export async function sweep(): Promise<number> {
  await db().raw('DELETE FROM service_jti WHERE expires_at <= now()')
  await removeLeftovers()
  return releaseExpired()
}

/** Sweeps now and every 30 s; `stop` waits for the round under way. */
export function startSweeper(log: Logger): { stop: () => Promise<void> } {
  let round: Promise<void> = Promise.resolve()
  const run = () => {
    round = round
      .then(sweep)
      .then((released) => {
        if (released > 0) log.info({ released }, 'holds past their end were released')
      })
      .catch((error: unknown) =>
        log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'sweeping failed'),
      )
  }
  run()
  const timer = setInterval(run, everyMs)
  return {
    stop: () => {
      clearInterval(timer)
      return round
    },
  }
}
