// The list of guards cannot rot: what it takes away is still there, and so is each test that it names.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tablesTest } from '../guards/guard.ts'
import { listGuards } from '../guards/list.ts'
import { published, readSeen, resultsFile } from '../guards/results.ts'
import { cutText } from '../guards/scratch.ts'
import { tableRules } from '../guards/table-rules.ts'
import { house } from './sources.ts'

const guards = listGuards()
const read = (file: string): string => readFileSync(join(house, file), 'utf8')

describe('the list of guards', () => {
  it('names each guard once, and more than a hundred', () => {
    expect(new Set(guards.map(({ name }) => name)).size).toBe(guards.length)
    expect(guards.length).toBeGreaterThan(100)
  })

  it('takes away what is there: rules in the schema, texts in the source', () => {
    const lost: string[] = []
    for (const { removal } of guards) {
      const sources = new Map<string, string>()
      for (const cut of 'sql' in removal ? [] : removal.cuts)
        try {
          sources.set(cut.file, cutText(sources.get(cut.file) ?? read(cut.file), cut))
        } catch (error) {
          lost.push((error as Error).message)
        }
    }
    expect(lost).toEqual([])
  })

  it('names tests that are there', () => {
    const written = (title: string): string[] => [title, title.replaceAll("'", "\\'")]
    const missing = guards
      .filter(({ test }) => test.file !== tablesTest)
      .filter(
        ({ test }) =>
          !existsSync(join(house, test.file)) || !written(test.title).some((one) => read(test.file).includes(one)),
      )
      .map(({ test }) => `${test.file}: ${test.title}`)
    expect(missing).toEqual([])
    expect(guards.filter(({ test }) => test.file === tablesTest)).toHaveLength(tableRules.length)
  })

  it('is the one that is published, each guard seen to turn its test red (npm run trial:guards -- --write)', () => {
    const seen = readSeen()
    expect(guards.filter(({ name }) => !seen[name]).map(({ name }) => name)).toEqual([])
    expect(readFileSync(resultsFile, 'utf8')).toBe(published(guards, seen))
  })
})
