// Builds the storefront when its build is missing or older than its sources; the sources' hash stands beside the build.
// As a command (`npm run build`) it always builds.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { runNode } from './children.ts'
import { takeLock } from './lock.ts'
import { root, StartError } from './settings.ts'

type Environment = Record<string, string | undefined>

const storefront = path.join(root, 'storefront')
/** Outside the build, which the builder sweeps away; of the checkout, whatever DATA_DIR a shop has. */
const lock = path.join(root, '.data', 'storefront-build.lock')
const stamp = path.join(storefront, 'build', '.built-from')
/** What a build is made of; tests and texts beside the sources change nothing, but telling them apart is not worth it. */
const sources = ['app', 'server', 'public', 'vite.config.ts', 'package.json']

/** Whether the build is of today's sources. */
export function isBuilt(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash()
}

function sourcesHash(): string {
  const hash = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')))
  for (const source of sources) addTo(hash, path.join(storefront, source))
  return hash.digest('hex')
}

function addTo(hash: ReturnType<typeof createHash>, file: string): void {
  if (!existsSync(file)) return
  const entries = readdirOf(file)
  if (!entries) {
    hash.update(path.relative(root, file)).update(readFileSync(file))
    return
  }
  for (const entry of entries) addTo(hash, path.join(file, entry))
}

function readdirOf(file: string): string[] | null {
  try {
    return readdirSync(file)
      .filter((name) => !name.includes('.test.'))
      .sort()
  } catch {
    return null
  }
}

/**
 * Builds unless the build is of today's sources; waits where another start of this checkout is building already.
 * @throws StartError with what the builder said was wrong
 */
export async function ensureBuilt(env: Environment, signal?: AbortSignal): Promise<void> {
  for (;;) {
    if (isBuilt()) return
    const taken = takeLock(lock, 'building the storefront')
    if ('release' in taken) {
      return build(env, signal).finally(taken.release)
    }
    await sleep(200, undefined, { signal })
  }
}

async function build(env: Environment, signal?: AbortSignal): Promise<void> {
  const before = sourcesHash()
  rmSync(stamp, { force: true })
  const remix = path.join(
    path.dirname(createRequire(path.join(storefront, 'package.json')).resolve('@remix-run/dev')),
    'cli.js',
  )
  const child = runNode([remix, 'vite:build'], {
    env: { ...env, NODE_ENV: 'production' },
    output: 'pipe',
    signal,
    cwd: storefront,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000)
    })
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new StartError(`The storefront could not be built.\n${withoutStack(said)}`)
  writeFileSync(stamp, before)
}

function withoutStack(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() && !/^\s+at |^build\//.test(line))
  const wrong = lines.findIndex((line) => /error|failed|✗/i.test(line))
  return lines.slice(Math.max(0, wrong)).slice(0, 12).join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(stamp, { force: true })
  ensureBuilt(process.env).then(
    () => process.stdout.write('The storefront is built.\n'),
    (error: Error) => {
      process.stderr.write(`${error.message}\n`)
      process.exitCode = 1
    },
  )
}
