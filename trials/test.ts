// `npm test`: lint, types, unit and database tests, journeys in a real browser; then one line "N passed, N failed".
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

type Count = { passed: number; failed: number; skipped: number }
/** `report`: where a runner of tests writes what it found. */
type Step = { name: string; args: string[]; report?: string; count: (exitCode: number) => Count }

const reports = mkdtempSync(join(tmpdir(), 'highstreet-tests-'))
const unitReport = join(reports, 'unit.json')
const bin = (file: string) => join('node_modules', file)

const asOne = (exitCode: number): Count => ({
  passed: exitCode === 0 ? 1 : 0,
  failed: exitCode === 0 ? 0 : 1,
  skipped: 0,
})

/** A runner that died before it wrote its report has failed, whatever it had counted. */
function counted(exitCode: number, report: string, read: (json: Record<string, never>) => Count): Count {
  let count: Count
  try {
    count = read(JSON.parse(readFileSync(report, 'utf8')))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const silent = count.failed === 0 && (exitCode !== 0 || count.passed === 0)
  return silent ? { ...count, failed: 1 } : count
}

const steps: Step[] = [
  { name: 'lint', args: [bin('@biomejs/biome/bin/biome'), 'check', '.'], count: asOne },
  {
    name: 'import rules',
    args: [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'storefront',
      'catalog-api',
      'notifier',
      'migrations',
      'seeds',
      'local',
      'trials',
    ],
    count: asOne,
  },
  { name: 'types', args: [bin('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit'], count: asOne },
  {
    name: 'API documents',
    args: [bin('@redocly/cli/bin/cli.js'), 'lint', 'catalog-api/openapi.json', 'storefront/openapi.json'],
    count: asOne,
  },
  {
    name: 'unit and database tests',
    args: [
      bin('vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=./trials/second-try.ts',
      '--reporter=json',
      `--outputFile.json=${unitReport}`,
    ],
    report: unitReport,
    count: (exitCode) =>
      counted(exitCode, unitReport, (json) => ({
        passed: json.numPassedTests ?? 0,
        failed:
          (json.numFailedTests ?? 0) +
          (json.numFailedTestSuites && !json.numFailedTests ? json.numFailedTestSuites : 0),
        skipped: json.numPendingTests ?? 0,
      })),
  },
  {
    name: 'journeys',
    args: [bin('@playwright/test/cli.js'), 'test', '-c', 'trials/playwright.config.ts'],
    count: (exitCode) =>
      counted(exitCode, join(reports, 'journeys.json'), ({ stats }: { stats?: Record<string, number> }) => ({
        passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
        failed: stats?.unexpected ?? 0,
        skipped: stats?.skipped ?? 0,
      })),
  },
]

function run(step: Step): Promise<number> {
  console.log(`\n── ${step.name}`)
  const env = {
    ...process.env,
    FORCE_COLOR: process.env.FORCE_COLOR ?? '0',
    JOURNEYS_REPORT: join(reports, 'journeys.json'),
    REDOCLY_TELEMETRY: 'off',
  }
  const child = spawn(process.execPath, step.args, { stdio: ['ignore', 'inherit', 'inherit'], env })
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)))
}

/** The titles of the tests that failed, so that the end of the output tells what to look at. */
function failedTests(report: string): string[] {
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[]
    }
    return testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName }) => `     ${relative('.', name)}: ${fullName}`),
    )
  } catch {
    return []
  }
}

const total: Count = { passed: 0, failed: 0, skipped: 0 }
const summary: string[] = []
for (const step of steps) {
  const started = performance.now()
  const exitCode = await run(step)
  const count = step.count(exitCode)
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  summary.push(
    `${count.failed === 0 ? 'ok  ' : 'FAIL'} ${step.name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`,
    ...(step.report ? failedTests(step.report) : []),
  )
}
console.log(`\n${summary.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exitCode = total.failed === 0 ? 0 : 1
