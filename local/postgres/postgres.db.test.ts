// The embedded Postgres through good and bad days. Each test has a folder of its own, with a blank in its name.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isAlive } from './cluster.ts'
import { findRunningPostgres, type Postgres, startPostgres } from './postgres.ts'

let dataDir: string
const running: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  dataDir = path.join(await mkdtemp(path.join(tmpdir(), 'highstreet pg ')), 'data')
})
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop()
  await rm(path.dirname(dataDir), { recursive: true, force: true })
})

async function start(): Promise<Postgres> {
  const postgres = await startPostgres({ dataDir, settings: { fsync: 'off' } })
  running.push(() => postgres.stop())
  return postgres
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}

/** Another process that runs Postgres on the folder, as a starter would. */
async function launcher(): Promise<{ child: ChildProcess; url: string }> {
  const { LANG: _, LC_ALL: __, ...env } = process.env
  const script = path.join(import.meta.dirname, '..', 'testing', 'hold-postgres.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(async () => {
    const server = existsSync(path.join(dataDir, 'cluster', 'postmaster.pid')) ? pidOf() : 0
    child.kill('SIGKILL')
    if (server) await expect.poll(() => isAlive(server), { timeout: 10_000 }).toBe(false)
  })
  const [words] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, url: words.toString().trim() }
}

const pidOf = () => Number(readFileSync(path.join(dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])

test('a new cluster speaks UTF-8 with the C.UTF-8 rules, on this machine only, behind a password', async () => {
  const { adminUrl } = await start()
  const [row] = await ask(
    adminUrl,
    `SELECT current_setting('server_encoding') AS encoding, datlocale AS locale, current_setting('listen_addresses') AS addresses,
      upper('café') AS upper FROM pg_database WHERE datname = current_database()`,
  )
  expect(row).toEqual({ encoding: 'UTF8', locale: 'C.UTF-8', addresses: '127.0.0.1', upper: 'CAFÉ' })
  const wrong = new URL(adminUrl)
  wrong.password = 'guess'
  await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
  expect(statSync(dataDir).mode & 0o777).toBe(0o700)
  expect(statSync(path.join(dataDir, 'password')).mode & 0o777).toBe(0o600)
})

test('what was written is there after a stop and a start', async () => {
  const first = await startPostgres({ dataDir })
  await ask(first.adminUrl, 'CREATE TABLE kept AS SELECT 42 AS answer')
  await first.stop()
  expect(await ask((await start()).adminUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
})

test('Postgres ends when its launcher is killed, and the next start has its data', async () => {
  const { child, url } = await launcher()
  await ask(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
  const server = pidOf()
  child.kill('SIGKILL')
  await expect.poll(() => isAlive(server), { timeout: 10_000 }).toBe(false)
  expect(await ask((await start()).adminUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
})

test('a pid file left by a power cut is no obstacle, even when its pid is now someone else', async () => {
  const first = await startPostgres({ dataDir })
  await first.stop()
  writeFileSync(path.join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDir}\n0\n5432\n\n127.0.0.1\n`)
  expect(await ask((await start()).adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a second launcher is refused while the first lives, and tools find the running server', async () => {
  expect(findRunningPostgres(dataDir)).toBeNull()
  const { child } = await launcher()
  await expect(start()).rejects.toThrow(new RegExp(`already run by process ${child.pid}`))
  const url = findRunningPostgres(dataDir)?.('postgres')
  expect(await ask(url ?? '', 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a start that was broken off while making the cluster is made up for', async () => {
  const first = await startPostgres({ dataDir })
  await first.stop()
  await rm(path.join(dataDir, 'cluster', 'PG_VERSION'))
  await rm(path.join(dataDir, 'cluster'), { recursive: true })
  writeFileSync(path.join(dataDir, 'cluster.new'), 'half')
  expect(await ask((await start()).adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(existsSync(path.join(dataDir, 'cluster.new'))).toBe(false)
})

test('data of another major version is refused with a sentence, not touched', async () => {
  const first = await startPostgres({ dataDir })
  await first.stop()
  writeFileSync(path.join(dataDir, 'cluster', 'PG_VERSION'), '15\n')
  await expect(start()).rejects.toThrow(/is of PostgreSQL 15, this shop brings 18/)
})
