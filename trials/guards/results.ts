// The published list: which test went red without which guard, and at which commit it was last seen to. Written by the trial.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Guard, Kind, Removal } from './guard.ts'

export const resultsFile = path.join(import.meta.dirname, 'README.md')
const seenFile = path.join(import.meta.dirname, 'seen.json')

const headings: Record<Kind, string> = {
  'order of steps': 'Order of steps',
  lock: 'Locks',
  lease: 'Leases',
  'conditional update': 'Conditional updates',
  check: 'Checks',
  key: 'Keys',
  constraint: 'Constraints',
}

/** By the guard's name, the commit at which its test was last seen to go red. */
export const readSeen = (): Record<string, string> =>
  existsSync(seenFile) ? JSON.parse(readFileSync(seenFile, 'utf8')) : {}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const takenFrom = (removal: Removal): string =>
  'sql' in removal ? `${removal.database} database` : [...new Set(removal.cuts.map(({ file }) => file))].join(', ')

/** The list as it is published. */
export function published(guards: readonly Guard[], seen: Record<string, string>): string {
  const row = ({ name, removal, test }: Guard) =>
    `| ${cell(name)} | ${cell(takenFrom(removal))} | ${cell(test.title)} (${cell(test.file)}) | ${seen[name] ? `red, ${seen[name]}` : 'not looked at'} |`
  const parts = Object.entries(headings).map(([kind, heading]) => {
    const rows = guards.filter((guard) => guard.kind === kind).map(row)
    return `## ${heading} (${rows.length})\n\n| guard | taken from | the test that goes red | result, commit |\n|---|---|---|---|\n${rows.join('\n')}\n`
  })
  const red = guards.filter(({ name }) => seen[name]).length
  const head = `# Guards, taken away in turn

Written by \`npm run trial:guards -- --write\`. Of ${guards.length} guards, ${red} were taken away in a copy of the checkout, each by itself, and the
named test, green before, went red; the commit is the one at which that was last seen. A house test keeps the list to
today's source.
`
  return `${head}\n${parts.join('\n')}`
}

/** Notes what was red at `commit`, forgets guards that are no more, and writes the list. */
export function writeResults(guards: readonly Guard[], red: readonly Guard[], commit: string): void {
  const before = readSeen()
  const now = new Map(red.map(({ name }) => [name, commit]))
  const seen: Record<string, string> = {}
  for (const { name } of guards) {
    const commitOf = now.get(name) ?? before[name]
    if (commitOf) seen[name] = commitOf
  }
  writeFileSync(seenFile, `${JSON.stringify(seen, null, 2)}\n`)
  writeFileSync(resultsFile, published(guards, seen))
}
