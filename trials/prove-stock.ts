// `npm run prove-stock -- --buyers 200 --units 1`: in the shop that runs here (or the one that is configured) so many buyers
// want so many units of scratch goods that nobody else sees. Prints what came of it; exits with 1 when a promise broke.
import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readSettings, root } from '../local/settings.ts'
import { ProofRefused, type ProofReport, raceForScratch } from '../storefront/app/domain/catalog/proof/race.ts'
import { callerOf } from './races/catalogue.ts'

const { values } = parseArgs({
  options: { buyers: { type: 'string', default: '200' }, units: { type: 'string', default: '1' } },
})

function within(name: 'buyers' | 'units', most: number): number {
  const value = Number(values[name])
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  throw new Error(`--${name}: "${values[name]}" is no whole number from 1 to ${most}.`)
}

/** One proof at a time; what a killed one left is taken away by the shop after two minutes. */
async function whenItIsOurTurn(race: () => Promise<ProofReport>): Promise<ProofReport> {
  for (let waited = 0; ; waited += 5) {
    try {
      return await race()
    } catch (error) {
      if (!(error instanceof ProofRefused) || error.status !== 409 || waited >= 180) throw error
      if (waited === 0) console.log(`${error.message} Waiting for it, or for what is left of one that was killed …`)
      await sleep(5_000)
    }
  }
}

async function main(): Promise<void> {
  const plan = { buyers: within('buyers', 2_000), units: within('units', 1_000) }
  const { env } = readSettings(process.env.NODE_ENV === 'production' ? 'production' : 'start', process.env)
  const { CATALOG_API_URL: url = '', SERVICE_TOKEN_SECRET: secret } = env
  if (!secret) throw new Error('SERVICE_TOKEN_SECRET: not set.')
  await fetch(`${url}/health`).catch(() => {
    throw new Error(`Nobody answers at ${url}. Start the shop first (npm start), or set CATALOG_API_URL.`)
  })
  const report = await whenItIsOurTurn(() => raceForScratch(callerOf({ urls: [url], secret }).call, plan))
  const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: root }).toString().trim()
  console.log(
    `${plan.buyers} buyers for ${plan.units === 1 ? 'the last unit' : `${plan.units} units`}, commit ${commit}`,
  )
  console.log(`${report.sold} sold, ${report.refused} refused, ${report.holdsLeft} holds left`)
  console.log(`${report.negativeRows} rows below zero`)
  console.log(`first answer: p50 ${report.p50Ms} ms, p95 ${report.p95Ms} ms; asked again ${report.askedAgain} times`)
  for (const line of report.broken) console.log(`BROKEN: ${line}`)
  process.exitCode = report.broken.length > 0 ? 1 : 0
}

main().catch((error: unknown) => {
  console.error(error instanceof ProofRefused || error instanceof Error ? error.message : error)
  process.exitCode = 1
})
