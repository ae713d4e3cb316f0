// Tells which unit and database tests passed only at the second try: a crowded CI machine gets one, and it is never silent.
import type { Reporter, TestCase } from 'vitest/node'

export default class SecondTry implements Reporter {
  readonly #titles: string[] = []

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#titles.push(`${test.module.relativeModuleId}: ${test.fullName}`)
  }

  onTestRunEnd(): void {
    if (this.#titles.length > 0) console.log(`\n${this.#titles.length} flaky\n  ${this.#titles.join('\n  ')}`)
  }
}
