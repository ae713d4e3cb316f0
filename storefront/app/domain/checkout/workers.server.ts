// The storefront's background work: completer, webhook inbox, refunds, sweeper, reconciler and the count
// of what is bought together, on the pool of jobs. Several instances
// may run at once; rows are shared out by SKIP LOCKED and leases. What calls others goes in several lanes, each with one
// thing in hand: a call that hangs holds up its own lane alone. Stopping waits for what is in hand, and takes nothing new.
import { completeDueOrders } from '#app/domain/checkout/complete.server.ts'
import { reconcile } from '#app/domain/checkout/reconcile/rounds.server.ts'
import { reconcileLookSeconds, sweepSeconds, workerPauseMs } from '#app/domain/checkout/steps/constants.ts'
import { refundDue, sweep } from '#app/domain/checkout/sweep.server.ts'
import { workInbox } from '#app/domain/checkout/webhook-inbox.server.ts'
import { countBoughtTogether } from '#app/domain/orders/together/bought-together.server.ts'
import { sweepReservations } from '#app/domain/reservations/sweep.server.ts'
import { requestReviews } from '#app/domain/reviews/request-reviews.server.ts'
import { type By, by } from '#app/lib/clock.ts'
import { onJobsPool } from '#app/lib/db.server.ts'
import { log } from '#app/lib/log.server.ts'

type Work = {
  name: string
  /** One round; answers how many things it found to do. A long one asks between two things whether it should stop. */
  run: (by: By, isStopping: () => boolean) => Promise<unknown>
  everyMs: number
  /** How many run side by side; 1 when absent. */
  lanes?: number
}

const works: Work[] = [
  { name: 'completer', run: (by) => completeDueOrders(by, 1), everyMs: workerPauseMs, lanes: 4 },
  { name: 'webhook inbox', run: (by) => workInbox(by, 1), everyMs: workerPauseMs, lanes: 4 },
  { name: 'refunds', run: (by) => refundDue(by, 1), everyMs: workerPauseMs, lanes: 2 },
  { name: 'sweeper', run: sweep, everyMs: sweepSeconds * 1000 },
  { name: 'store reservations', run: sweepReservations, everyMs: sweepSeconds * 1000 },
  { name: 'reconciler', run: reconcile, everyMs: reconcileLookSeconds * 1000 },
  { name: 'review requests', run: requestReviews, everyMs: 5_000 },
  { name: 'bought together', run: countBoughtTogether, everyMs: 15 * 60_000 },
]

/** Starts all workers; the answer stops them and resolves when nothing is in hand any more. */
export function startWorkers(): () => Promise<void> {
  const stops = works.flatMap((work) => Array.from({ length: work.lanes ?? 1 }, () => keepRunning(work)))
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

function keepRunning({ name, run, everyMs }: Work): () => Promise<void> {
  let stopped = false
  let wakeUp = () => {}
  const loop = async () => {
    while (!stopped) {
      // A round that found work is followed at once by the next.
      const found = await onJobsPool(() => run(by('system'), () => stopped)).catch((error: unknown) => {
        log.error({ worker: name, reason: error instanceof Error ? error.message : String(error) }, 'a worker stumbled')
        return 0
      })
      if (stopped || (typeof found === 'number' && found > 0)) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs * (0.75 + Math.random() / 2))
        wakeUp = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const running = loop()
  return async () => {
    stopped = true
    wakeUp()
    await running
  }
}
