// `npm run trial:kills`: kill -9 at every named place and at random, of every process and of Postgres, under a crowd that
// keeps buying. Exits with 1 when anything was lost, doubled or broken, an order was not final in time, or the plan is not done.
// `--each N --random N --lanes N --seed N --minutes N --figures file.json` (a later run with the same file goes on, and every
// run's seed and commit is kept there and printed).
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { root } from '../../local/settings.ts'
import { Campaign } from './campaign.ts'
import { type Figures, type KillPlan, noFigures, total, unfinished } from './figures.ts'
import { notKilledAt, places } from './places.ts'
import { startChaosShop } from './shop.ts'

const usual = { each: '5', random: '300', lanes: '4', seed: '', minutes: '600', figures: '' }

function readPlan(): KillPlan & { file: string } {
  const options = Object.fromEntries(
    Object.entries(usual).map(([name, value]) => [name, { type: 'string' as const, default: value }]),
  )
  const { values } = parseArgs({ options })
  const number = (name: keyof typeof usual) => Number(values[name])
  const seed = Number(values.seed) || Date.now() % 1_000_000
  const plan = { each: number('each'), random: number('random'), lanes: number('lanes'), minutes: number('minutes') }
  return { ...plan, seed, file: String(values.figures) }
}

const readFigures = (file: string): Figures =>
  file && existsSync(file) ? { ...noFigures(), ...(JSON.parse(readFileSync(file, 'utf8')) as Figures) } : noFigures()

const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: root }).toString().trim()

function listPlaces(): void {
  console.log('crash points of the failure model and where they are tried:')
  for (const { k, point, errand } of places.filter((place) => place.k !== '+'))
    console.log(`  ${k} ${point} (${errand})`)
  console.log(
    `  and ${places
      .filter(({ k }) => k === '+')
      .map(({ point }) => point)
      .join(', ')}`,
  )
  for (const [what, why] of Object.entries(notKilledAt)) console.log(`  ${what}: ${why}`)
}

/** The summary. Answers whether the plan is done and all is sound. */
function tell(figures: Figures, plan: KillPlan, seconds: number): boolean {
  const random = Object.entries(figures.random).map(([name, count]) => `${count} × ${name}`)
  console.log(`\nthis run ${Math.round(seconds / 60)} min, ${figures.chapters} chapters in all`)
  for (const run of figures.runs) console.log(`seed ${run.seed}, commit ${run.commit}: ${run.kills} kills begun`)
  const told = figures.runs.reduce((sum, { kills }) => sum + kills, 0)
  if (told < total(figures.named) + total(figures.random))
    console.log('and runs from before seeds and commits were kept: not a figure of this commit alone')
  console.log(
    `${total(figures.named)} kills at ${Object.keys(figures.named).length} named places, ${total(figures.random)} at random (${random.join(', ') || 'none'})`,
  )
  console.log(
    `${figures.orders} bought, ${figures.refused} refused or walked away, ${figures.gaveUp} gave up waiting, ${figures.mails} mails`,
  )
  console.log(
    `at rest at most ${figures.worstRestSeconds.toFixed(0)} s after a chapter's last kill; every order final within ${figures.longestSeconds.toFixed(0)} s of the kill that hit it`,
  )
  console.log(figures.bad.length === 0 ? '0 lost, 0 doubled, 0 invariants broken' : `${figures.bad.length} breaches:`)
  for (const line of new Set(figures.bad)) console.log(`  ${line}`)
  const left = unfinished(figures, plan)
  for (const line of left) console.log(`UNFINISHED: ${line}`)
  return figures.bad.length === 0 && left.length === 0
}

async function main(): Promise<void> {
  const { file, ...plan } = readPlan()
  const figures = readFigures(file)
  const started = performance.now()
  listPlaces()
  const shop = await startChaosShop(console.log)
  const campaign = new Campaign(shop, plan, figures, console.log)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => campaign.stop())
  try {
    await campaign.run(commit)
  } catch (error) {
    figures.bad.push(`the campaign itself came to an end: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    const sound = tell(figures, plan, (performance.now() - started) / 1000)
    if (file) writeFileSync(file, JSON.stringify(figures, null, 2))
    process.exitCode = sound ? 0 : 1
    await shop.stop()
  }
}

await main()
