// Starts and stops the embedded Postgres on a folder of ours: loopback only, a free port, a generated password.
// Never runs two servers on one folder and never leaves one behind.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type Account, chooseAccount } from './account.ts'
import { findBinaries, PostgresError, program } from './binaries.ts'
import {
  clusterOf,
  ensureCluster,
  isAlive,
  quietEnvironment,
  readPidFile,
  servesCluster,
  stopLeftover,
  superuser,
} from './cluster.ts'

export { PostgresError }

export interface Postgres {
  /** URL of the maintenance database, as superuser. */
  adminUrl: string
  urlFor: (database: string) => string
  /** Resolves when the server has ended; a second call waits for the same end. */
  stop: () => Promise<void>
  /** Called once when the server ends without having been asked to. */
  onUnexpectedEnd: (listener: (why: string) => void) => void
}

export interface PostgresOptions {
  dataDir: string
  /** Server settings, e.g. `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>
  /** Unset: a free one. Trials that kill the server need it back where it was. */
  port?: number
}

const defaults: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_duration_statement: '1000',
  log_checkpoints: 'off',
}

/**
 * Starts Postgres on `dataDir`, making the cluster at the first time. A server left over by a killed launcher is
 * stopped first.
 * @throws PostgresError with one sentence, also when a living launcher already serves the folder
 */
export async function startPostgres({ dataDir, settings = {}, port: wanted }: PostgresOptions): Promise<Postgres> {
  const native = await findBinaries()
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const home = realpathSync(dataDir)
  const account = await chooseAccount(native, home)
  const cluster = clusterOf(account)
  const owner = livingOwner(home)
  if (owner && readPidFile(cluster)) {
    throw new PostgresError(`The embedded Postgres in ${home} is already run by process ${owner}. Stop that one first.`)
  }
  writeFileSync(path.join(home, 'owner'), String(process.pid))
  await stopLeftover(cluster)
  const password = await ensureCluster(account, home, settings.fsync !== 'off')
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await freePort())
    const server = launch(account, home, { ...defaults, ...settings, port: String(port) })
    const problem = await readiness(server, home, url(password, port, 'postgres'))
    if (!problem) return handle(server, home, (database) => url(password, port, database))
    if (attempt >= 5 || !/in use/.test(problem)) throw new PostgresError(`Postgres does not start: ${problem}`)
    await sleep(200)
  }
}

/**
 * A URL maker for the server a living launcher runs on `dataDir`, or null when none does. Lets command line tools work
 * beside a running shop.
 */
export function findRunningPostgres(dataDir: string): ((database: string) => string) | null {
  try {
    const home = realpathSync(dataDir)
    const cluster = realpathSync(path.join(home, 'cluster'))
    const running = readPidFile(cluster)
    if (!running || !livingOwner(home) || !servesCluster(running.pid, cluster)) return null
    const password = readFileSync(path.join(home, 'password'), 'utf8').trim()
    return (database) => url(password, running.port, database)
  } catch {
    return null
  }
}

function livingOwner(home: string): number | null {
  try {
    const pid = Number(readFileSync(path.join(home, 'owner'), 'utf8'))
    return pid > 0 && pid !== process.pid && isAlive(pid) && looksLikeNode(pid) ? pid : null
  } catch {
    return null
  }
}

function looksLikeNode(pid: number): boolean {
  if (process.platform !== 'linux') return true
  try {
    return path.basename(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '').startsWith('node')
  } catch {
    return false
  }
}

function url(password: string, port: number, database: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function launch(account: Account, home: string, settings: Record<string, string>): ChildProcess {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const words = [
    ...account.before,
    ...account.beforeServer,
    program(account.native, 'postgres'),
    '-D',
    clusterOf(account),
  ]
  const [command, ...args] = [...words, ...flags] as [string, ...string[]]
  const log = openLog(path.join(home, 'postgres.log'))
  // A process group of its own: Ctrl-C in the terminal must reach the launcher first, which stops Postgres last.
  const server = spawn(command, args, {
    env: quietEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
    ...(account.uid === undefined ? {} : { uid: account.uid, gid: account.gid }),
  })
  closeSync(log)
  server.unref()
  if (account.beforeServer.length === 0 && server.pid) guard(server.pid)
  return server
}

/** Goes on with the log of earlier starts until it is too long to be of use. */
function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  return openSync(file, size > 5_000_000 ? 'w' : 'a', 0o600)
}

/** Where the kernel cannot tell Postgres of our death, a tiny process watches our end of a pipe instead. */
function guard(pid: number): void {
  const file = fileURLToPath(new URL('./guard.mjs', import.meta.url))
  const child = spawn(process.execPath, [file, String(pid)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  child.on('error', () => undefined)
  child.stdin?.on('error', () => undefined)
  child.unref()
}

/** Null when the server answers, else why it does not. */
async function readiness(server: ChildProcess, home: string, adminUrl: string): Promise<string | null> {
  let ended: string | null = null
  server.once('error', (error) => (ended = error.message))
  server.once('exit', () => (ended ??= lastLogLine(home)))
  for (let waited = 0; waited < 60_000; waited += 40) {
    if (ended) return ended
    const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return null
    } catch {
      await sleep(40)
    }
  }
  server.kill('SIGQUIT')
  return 'it did not answer within a minute'
}

function lastLogLine(home: string): string {
  const lines = readFileSync(path.join(home, 'postgres.log'), 'utf8').trim().split('\n')
  const telling = lines.slice(-8).findLast((line) => /FATAL|ERROR|could not|error/.test(line)) ?? lines.at(-1)
  return telling?.replace(/^.*(FATAL|ERROR|LOG|PANIC):\s*/, '') ?? 'it ended at once'
}

function handle(server: ChildProcess, home: string, urlFor: (database: string) => string): Postgres {
  let stopping = false
  const ended = new Promise<void>((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) resolve()
    else server.once('exit', () => resolve())
  })
  const stop = async () => {
    stopping = true
    server.kill('SIGINT')
    const slow = setTimeout(() => server.kill('SIGQUIT'), 8_000)
    await ended
    clearTimeout(slow)
    rmSync(path.join(home, 'owner'), { force: true })
  }
  return {
    adminUrl: urlFor('postgres'),
    urlFor,
    stop,
    onUnexpectedEnd: (listener) => {
      void ended.then(() => {
        if (!stopping) listener(lastLogLine(home))
      })
    },
  }
}
