// `npm run trial:guards`: takes away each guard in turn, in a copy of the checkout, and looks whether the named test goes red.
// Exits with 1 when one stays green. `--only REGEX --lanes N --write` (notes what was red in trials/guards/README.md)
import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import setUpPostgres from '../../local/postgres/test-setup.ts'
import { root } from '../../local/settings.ts'
import type { Guard } from './guard.ts'
import { listGuards } from './list.ts'
import { type Looked, look } from './look.ts'
import { writeResults } from './results.ts'
import { Scratch } from './scratch.ts'

export type Result = { guard: Guard; looked: Looked }

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    lanes: { type: 'string', default: '2' },
    write: { type: 'boolean', default: false },
  },
})

/** Hands out `jobs` to the lanes, one after another. */
async function share<Job>(
  jobs: readonly Job[],
  lanes: readonly Scratch[],
  work: (scratch: Scratch, job: Job) => Promise<void>,
) {
  const left = [...jobs]
  await Promise.all(
    lanes.map(async (scratch) => {
      for (let job = left.shift(); job !== undefined; job = left.shift()) await work(scratch, job)
    }),
  )
}

/** With every guard in place all named tests are green: otherwise red proves nothing. Answers the files that are not. */
async function lookAtWhole(guards: readonly Guard[], lanes: readonly Scratch[]): Promise<Map<string, string>> {
  const titles = new Map<string, Set<string>>()
  for (const { test } of guards) titles.set(test.file, (titles.get(test.file) ?? new Set()).add(test.title))
  const wrong = new Map<string, string>()
  await share([...titles], lanes, async (scratch, [file, names]) => {
    const { colour, why } = await look(scratch.folder, file, [...names])
    if (colour !== 'green') wrong.set(file, why)
  })
  return wrong
}

async function takeEachAway(guards: readonly Guard[], lanes: readonly Scratch[]): Promise<Result[]> {
  const results: Result[] = []
  await share(guards, lanes, async (scratch, guard) => {
    const looked = await scratch
      .without(guard.removal, () => look(scratch.folder, guard.test.file, [guard.test.title]))
      .catch((error: Error): Looked => ({ colour: 'none', why: error.message }))
    results.push({ guard, looked })
    console.log(
      `${looked.colour === 'red' ? 'red  ' : looked.colour.toUpperCase()} ${guard.kind}: ${guard.name}\n      ${looked.why}`,
    )
  })
  return guards.flatMap((guard) => results.find((result) => result.guard === guard) ?? [])
}

async function main(): Promise<void> {
  const guards = listGuards().filter(
    ({ name, test }) => !values.only || new RegExp(values.only, 'u').test(`${name} ${test.file}`),
  )
  const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: root }).toString().trim()
  const stopPostgres = await setUpPostgres()
  const lanes = Array.from({ length: Number(values.lanes) }, () => new Scratch())
  const from = performance.now()
  try {
    const wrong = await lookAtWhole(guards, lanes)
    for (const [file, why] of wrong) console.error(`${file} is not green with every guard in place: ${why}`)
    const results = await takeEachAway(guards, lanes)
    const notRed = results.filter(({ looked }) => looked.colour !== 'red')
    const minutes = ((performance.now() - from) / 60_000).toFixed(1)
    console.log(
      `\ncommit ${commit}: ${guards.length} guards, ${results.length - notRed.length} red without, ${notRed.length} not; ${minutes} min at load ${loadavg()[0]?.toFixed(1)}`,
    )
    for (const { guard, looked } of notRed)
      console.log(`${looked.colour}: ${guard.name} — ${guard.test.file}: ${guard.test.title} ${looked.why}`)
    if (values.write) {
      const red = results.filter(({ guard, looked }) => looked.colour === 'red' && !wrong.has(guard.test.file))
      writeResults(
        listGuards(),
        red.map(({ guard }) => guard),
        commit,
      )
    }
    process.exitCode = notRed.length + wrong.size === 0 ? 0 : 1
  } finally {
    for (const lane of lanes) lane.remove()
    await stopPostgres?.()
  }
}

await main()
