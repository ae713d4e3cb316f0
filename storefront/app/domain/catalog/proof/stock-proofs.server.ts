// Proofs asked for at the counter of the admin: begun here, run in the background, one at a time over all processes (a unique
// index says so), and kept with what came of them. A process that dies leaves its proof to be closed by the next.
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { callCatalogue } from '#app/domain/catalog/proof/call-catalogue.server.ts'
import { type ProofPlan, ProofRefused, type ProofReport, raceForScratch } from '#app/domain/catalog/proof/race.ts'
import { StockProofModel } from '#app/domain/catalog/proof-models.server.ts'
import type { By } from '#app/lib/clock.ts'
import { brokenConstraint, db, onJobsPool, transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { log } from '#app/lib/log.server.ts'

/** Nobody's shopping is kept waiting for long by so many at the same moment. */
const atOnce = 50
/** Older ones have lost their process. */
const abandonedMinutes = 3
const shown = 10

/**
 * Begins a proof and answers at once; `done` resolves when its result is kept, and never rejects. Throws conflict while
 * another one runs.
 */
export async function startProof(plan: Pick<ProofPlan, 'buyers' | 'units'>, by: By): Promise<{ done: Promise<void> }> {
  const id = newId(by.at.getTime())
  try {
    await transaction(async (trx) => {
      await StockProofModel.query(trx)
        .whereNull('finishedAt')
        .whereRaw('started_at < now() - make_interval(mins => ?)', [abandonedMinutes])
        .patch({ finishedAt: by.at, failure: 'It did not come to an end: the process that ran it stopped.' })
      await StockProofModel.query(trx).insert({ id, ...plan, askedBy: by.staff?.name ?? by.actor })
      await recordAct(trx, by, { action: 'stock:prove', subject: `stock-proof:${id}`, after: { ...plan } })
    })
  } catch (error) {
    if (brokenConstraint(error) !== 'stock_proofs_one_at_a_time') throw error
    throw new DomainError('conflict', 'A proof is running already. Its result will stand here in a moment.')
  }
  return { done: onJobsPool(() => run(id, plan)) }
}

async function run(id: string, plan: Pick<ProofPlan, 'buyers' | 'units'>): Promise<void> {
  try {
    const report = await raceForScratch(callCatalogue, { ...plan, atOnce })
    if (report.broken.length > 0) log.error({ proof: id, broken: report.broken }, 'a proof of the stock’s rules failed')
    await keep(id, { report })
  } catch (error) {
    log.warn({ proof: id, reason: error instanceof Error ? error.message : '' }, 'a proof could not be made')
    await keep(id, { failure: wordsOf(error) }).catch((failed: unknown) =>
      log.error(
        { proof: id, reason: failed instanceof Error ? failed.message : '' },
        'a proof’s end could not be kept',
      ),
    )
  }
}

/** What catalog-api says to its refusals is meant to be read; a fault's words stay in the log. */
const wordsOf = (error: unknown): string =>
  error instanceof ProofRefused ? error.message : 'The catalogue did not answer.'

async function keep(id: string, result: { report: ProofReport } | { failure: string }): Promise<void> {
  await StockProofModel.query(db())
    .findById(id)
    .whereNull('finishedAt')
    .patch({ ...result, finishedAt: StockProofModel.raw('now()') as never })
}

export type StockProof = Pick<StockProofModel, 'id' | 'buyers' | 'units' | 'askedBy' | 'report' | 'failure'> & {
  startedAt: Date
  finishedAt: Date | null
  /** Under way; one that lost its process is not. */
  isRunning: boolean
}

/** The latest proofs, ten at most. */
export async function listProofs(at: Date): Promise<StockProof[]> {
  const rows = await StockProofModel.query(db()).orderBy('startedAt', 'desc').limit(shown)
  const abandonedAt = at.getTime() - abandonedMinutes * 60_000
  return rows.map(({ id, buyers, units, askedBy, report, failure, startedAt, finishedAt }) => ({
    ...{ id, buyers, units, askedBy, report, failure, startedAt, finishedAt },
    isRunning: finishedAt === null && startedAt.getTime() > abandonedAt,
  }))
}
