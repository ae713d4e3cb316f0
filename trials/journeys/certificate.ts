// Writes what /no-js shows: the pages that journeys opened with JavaScript switched off, and the journeys that did.
// Only a whole run in which nothing failed writes it: `npm run certify`.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter'
import { house } from '../house/sources.ts'
import { patternOf, seenPages } from '../map/pages.ts'
import { openedWithoutScript } from './journey.ts'

const certificateFile = 'storefront/app/routes/system/no-js.json'

export default class Certificate implements Reporter {
  readonly #journeysOf = new Map<string, Set<string>>()
  #browser = ''

  onTestEnd(journey: TestCase, result: TestResult): void {
    if (result.status !== 'passed') return
    for (const { type, description } of result.annotations) {
      if (type === 'browser' && description) this.#browser = description
      const pattern = type === openedWithoutScript && description ? patternOf(description) : undefined
      if (!pattern) continue
      const journeys = this.#journeysOf.get(pattern) ?? new Set()
      this.#journeysOf.set(pattern, journeys.add(journey.title))
    }
  }

  async onEnd({ status }: FullResult): Promise<{ status: 'failed' } | undefined> {
    const pages = seenPages.map((pattern) => ({ pattern, journeys: [...(this.#journeysOf.get(pattern) ?? [])].sort() }))
    const missing = pages.filter(({ journeys }) => journeys.length === 0)
    if (status !== 'passed' || missing.length > 0) {
      console.error('No certificate is written. Never opened without JavaScript:', missing)
      return { status: 'failed' }
    }
    const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: house }).toString().trim()
    const certificate = { commit, date: new Date().toISOString().slice(0, 10), browser: this.#browser, pages }
    writeFileSync(join(house, certificateFile), `${JSON.stringify(certificate, null, 2)}\n`)
    return undefined
  }
}
