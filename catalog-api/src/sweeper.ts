// What the process tidies by itself: holds past their end, used token ids that could not be used any more,
// scratch goods of a proof that died. A failed
// round is logged and tried again; two processes may sweep at once.
import { removeLeftovers } from './inventory/proof/scratch.ts'
import { releaseExpired } from './inventory/release.ts'
import { db } from './lib/db.ts'
import type { Logger } from './lib/log.ts'

const everyMs = 30_000

/** One round; ends holds in batches until none is overdue, or between two when `isStopping`. @returns how many holds ended */
export async function sweep(isStopping: () => boolean = () => false, batch = 100): Promise<number> {
  await db().raw('DELETE FROM service_jti WHERE expires_at <= now()')
  await removeLeftovers()
  let ended = 0
  for (;;) {
    const released = await releaseExpired(batch)
    ended += released
    if (released < batch || isStopping()) return ended
  }
}

/** Sweeps now and every 30 s; `stop` waits for the round under way. */
export function startSweeper(log: Logger): { stop: () => Promise<void> } {
  let round: Promise<void> = Promise.resolve()
  let stopping = false
  const run = () => {
    round = round
      .then(() => sweep(() => stopping))
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
      stopping = true
      clearInterval(timer)
      return round
    },
  }
}
