// The folder of a Postgres cluster: making it, and tidying up after a launcher that was killed.
// Never deletes data, and never removes the pid file of a server that lives.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './account.ts'
import { PostgresError, program } from './binaries.ts'

export const majorVersion = '18'
export const superuser = 'highstreet'

/** Environment of Postgres' programs: nothing of the caller's locale or PG* settings. */
export function quietEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env }
  for (const name of Object.keys(environment)) if (/^(PG|LC_|LANG)/.test(name)) delete environment[name]
  return { ...environment, LC_ALL: 'C', TZ: 'UTC' }
}

export function clusterOf(account: Account): string {
  return path.join(account.home, 'cluster')
}

/**
 * The superuser's password, after making the cluster if there is none. An interrupted start leaves nothing half made:
 * initdb works in a folder of its own that is renamed at the end.
 * @throws PostgresError when initdb fails or the cluster is of another major version
 */
export async function ensureCluster(account: Account, home: string, sync: boolean): Promise<string> {
  const cluster = clusterOf(account)
  const passwordFile = path.join(home, 'password')
  if (existsSync(path.join(cluster, 'PG_VERSION'))) {
    const version = (await readFile(path.join(cluster, 'PG_VERSION'), 'utf8')).trim()
    if (version !== majorVersion) {
      throw new PostgresError(
        `The data in ${cluster} is of PostgreSQL ${version}, this shop brings ${majorVersion}. Move that folder away.`,
      )
    }
    if (!existsSync(passwordFile)) {
      throw new PostgresError(`The password file ${passwordFile} is gone. Restore it, or move ${home} away.`)
    }
    return (await readFile(passwordFile, 'utf8')).trim()
  }
  const password = randomBytes(24).toString('base64url')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  await initialise(account, password, sync)
  return password
}

async function initialise(account: Account, password: string, sync: boolean): Promise<void> {
  const fresh = path.join(account.home, 'cluster.new')
  const secret = path.join(account.home, 'initial-password')
  await rm(fresh, { recursive: true, force: true })
  writeFileSync(secret, password, { mode: 0o600 })
  account.give(secret)
  const args = [
    ...['-D', fresh, '-U', superuser, `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
    ...(sync ? [] : ['--no-sync']),
  ]
  const [command, ...rest] = [
    ...account.before,
    ...account.beforeServer,
    program(account.native, 'initdb'),
    ...args,
  ] as [string, ...string[]]
  try {
    await run(command, rest, account)
  } finally {
    rmSync(secret, { force: true })
  }
  await rename(fresh, clusterOf(account))
}

function run(command: string, args: string[], account: Account): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: quietEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(account.uid === undefined ? {} : { uid: account.uid, gid: account.gid }),
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', (error) => reject(new PostgresError(`Postgres cannot be set up: ${error.message}.`)))
    child.on('close', (code) => {
      if (code === 0) return resolve()
      reject(
        new PostgresError(
          `Postgres cannot be set up: ${said.trim().split('\n').at(-1) ?? `initdb ended with ${code}`}`,
        ),
      )
    })
  })
}

/** What `postmaster.pid` says, or null when there is no readable one. */
export function readPidFile(cluster: string): { pid: number; port: number } | null {
  try {
    const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]) } : null
  } catch {
    return null
  }
}

/** Whether the process is a Postgres serving this very cluster (a pid may have been given to someone else). */
export function servesCluster(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return words.some((word) => path.basename(word) === 'postgres') && words.includes(cluster)
  } catch {
    return false
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Stops a server whose launcher was killed, or removes the pid file it left; does nothing when all is tidy. */
export async function stopLeftover(cluster: string): Promise<void> {
  const left = readPidFile(cluster)
  if (!left) return
  if (!servesCluster(left.pid, cluster)) {
    rmSync(path.join(cluster, 'postmaster.pid'), { force: true })
    return
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(left.pid, signal)
    } catch {
      return
    }
    for (let waited = 0; waited < 8_000; waited += 50) {
      if (!isAlive(left.pid)) return
      await sleep(50)
    }
  }
  throw new PostgresError(`An earlier Postgres (process ${left.pid}) does not stop. End it by hand and start again.`)
}
