// Runs named tests in a folder and says which were green and which red, with the first words of why.
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

export type Looked =
  | { colour: 'green' | 'red'; why: string }
  /** The test did not run: nothing is proven. */
  | { colour: 'none'; why: string }

type Report = {
  testResults: {
    message: string
    assertionResults: { title: string; fullName: string; status: string; failureMessages: string[] }[]
  }[]
}

/** A title as in the source: `%s`, `%i`, `%j` and `$name` stand for any words. */
export const patternOf = (title: string): string =>
  title
    .split(/%[sijdfo]|\$[a-zA-Z]\w*/)
    .map((words) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')

/** What a crowded machine also says; it proves nothing before it is said twice. */
const doubtful = /timed out|cannot be reached|STACK_TRACE_ERROR|ECONN|lock timeout/

/** Runs the tests of `file` whose title is one of `titles`, in the checkout at `folder`; what is doubtful, twice. */
export async function look(folder: string, file: string, titles: readonly string[]): Promise<Looked> {
  const first = await lookOnce(folder, file, titles)
  return first.colour === 'green' || (first.colour === 'red' && !doubtful.test(first.why))
    ? first
    : lookOnce(folder, file, titles)
}

async function lookOnce(folder: string, file: string, titles: readonly string[]): Promise<Looked> {
  const report = path.join(folder, 'guards-report.json')
  rmSync(report, { force: true })
  const pattern = titles.map((title) => `${patternOf(title)}$`).join('|')
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    file,
    '-t',
    pattern,
    '--reporter=json',
    `--outputFile=${report}`,
  ]
  const said = await run(folder, args)
  return judge(report, titles, said)
}

function run(cwd: string, args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, NO_COLOR: '1' } })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-4_000)
      })
    child.on('close', () => resolve(said))
  })
}

function judge(report: string, titles: readonly string[], said: string): Looked {
  let found: Report
  try {
    found = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { colour: 'none', why: lineOf(said) }
  }
  const ran = found.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
  const missing = titles.filter((title) => !ran.some((one) => new RegExp(`${patternOf(title)}$`).test(one.title)))
  if (missing.length > 0)
    return { colour: 'none', why: `did not run: ${missing[0]} ${lineOf(found.testResults[0]?.message ?? said)}` }
  const failed = ran.find(({ status }) => status === 'failed')
  return failed ? { colour: 'red', why: lineOf(failed.failureMessages[0] ?? '') } : { colour: 'green', why: '' }
}

const lineOf = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find(Boolean)
    ?.slice(0, 160) ?? ''
