// Unit, database and API tests of the whole shop. Journeys in a browser are trials/ and run by Playwright.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Trials wait for leases to end: whoever waits longest begins first. */
class TrialsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isKills = ({ moduleId }: TestSpecification) => moduleId.includes('/trials/chaos/')
    return [...sorted.filter(isKills), ...sorted.filter((one) => !isKills(one))]
  }
}

export default defineConfig({
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/build/**', '.data/**', 'trials/journeys/**'],
    globalSetup: ['local/postgres/test-setup.ts'],
    setupFiles: ['vitest.setup.ts'],
    sequence: { sequencer: TrialsFirst },
    pool: 'forks',
    // One more than the machine of two cores that this is meant for: tests of the database wait a good part of their time.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // As in the journeys: a crowded CI machine gets a second look, and trials/second-try.ts tells of it.
    retry: process.env.CI ? 1 : 0,
    env: { NODE_ENV: 'test', LOG_LEVEL: 'silent', TZ: 'UTC' },
    coverage: { provider: 'v8', include: ['{storefront,catalog-api,notifier,migrations,seeds,local}/**/*.{ts,tsx}'] },
  },
})
