// The published list: which test goes red without which guard. Written by the trial alone.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Guard, Kind, Removal } from './guard.ts'

export const resultsFile = path.join(import.meta.dirname, 'README.md')

const kinds: readonly Kind[] = ['order of steps', 'lock', 'lease', 'conditional update', 'check', 'key', 'constraint']
const headings: Record<Kind, string> = {
  'order of steps': 'Order of steps',
  lock: 'Locks',
  lease: 'Leases',
  'conditional update': 'Conditional updates',
  check: 'Checks',
  key: 'Keys',
  constraint: 'Constraints',
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const takenFrom = (removal: Removal): string =>
  'sql' in removal ? `${removal.database} database` : [...new Set(removal.cuts.map(({ file }) => file))].join(', ')

const rowOf = ({ name, removal, test }: Guard): string =>
  `| ${cell(name)} | ${cell(takenFrom(removal))} | ${cell(test.title)} (${cell(test.file)}) | red |`

/** Writes the list; every guard in it was seen to turn its test red. */
export function writeResults(results: readonly { guard: Guard }[], commit: string): void {
  const guards = results.map(({ guard }) => guard)
  const parts = kinds.map((kind) => {
    const rows = guards.filter((guard) => guard.kind === kind).map(rowOf)
    return `## ${headings[kind]} (${rows.length})\n\n| guard | taken from | the test that goes red | result |\n|---|---|---|---|\n${rows.join('\n')}\n`
  })
  const head = `# Guards, taken away in turn

Written by \`npm run trial:guards -- --write\` at commit ${commit}: each of ${guards.length} guards was taken away in a copy of the checkout, and
the named test, green before, went red. A house test keeps the list to today's source.
`
  writeFileSync(resultsFile, `${head}\n${parts.join('\n')}`)
}
