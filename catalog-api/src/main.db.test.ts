// The process itself: how it starts, refuses to start, outlives its database's troubles, and stops.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { emptyDatabase, freshDatabase, type TestDatabase } from '../../local/postgres/test-database.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
let database: TestDatabase
const running: ChildProcess[] = []

beforeAll(async () => {
  database = await freshDatabase('catalog')
})
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
})
afterAll(() => database.drop())

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  return port
}

/** Starts catalog-api as a process of its own; `said` is all it printed so far. */
async function launch(settings: Record<string, string> = {}) {
  const port = settings.CATALOG_PORT ?? String(await freePort())
  const env: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    // The tests' Postgres forgets what a power cut takes: only a test may run on it.
    NODE_ENV: 'test',
    CATALOG_PORT: port,
    CATALOG_DATABASE_URL: database.url,
    SERVICE_TOKEN_SECRET: 'kJ8sLq0vXz3nB5mR7tY9wE2uI4oP6aSd',
    ...settings,
  }
  const child = spawn(process.execPath, ['--import', 'tsx', main], { cwd: root, env: env as NodeJS.ProcessEnv })
  running.push(child)
  const output = { said: '' }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output.said += chunk))
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  return { child, output, exited, url: `http://127.0.0.1:${port}`, port: Number(port) }
}

async function answers(url: string, status = 200, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs
  for (;;) {
    const got = await fetch(url).then(
      (response) => response.status,
      () => 0,
    )
    if (got === status) return
    if (Date.now() > end) throw new Error(`${url} answered ${got}, not ${status}`)
    await sleep(50)
  }
}

describe('starting', () => {
  it.each([
    ['a missing database', { CATALOG_DATABASE_URL: '' }, 'CATALOG_DATABASE_URL'],
    ['a short key', { SERVICE_TOKEN_SECRET: 'short' }, 'SERVICE_TOKEN_SECRET'],
    [
      'a Postgres that is not there',
      { CATALOG_DATABASE_URL: 'postgres://u:hidden@127.0.0.1:9/x' },
      'CATALOG_DATABASE_URL',
    ],
  ])('is refused in one sentence with %s', async (_what, settings, name) => {
    const { output, exited } = await launch(settings)
    expect(await exited).toBe(1)
    expect(output.said.trim().split('\n')).toHaveLength(1)
    expect(output.said).toContain(name)
    expect(output.said).not.toContain('hidden')
  })

  it('is refused on a database without its migrations, and says what to run', async () => {
    const empty = await emptyDatabase()
    const { output, exited } = await launch({ CATALOG_DATABASE_URL: empty.url })
    expect(await exited).toBe(1)
    await empty.drop()
    expect(output.said).toContain('npm run db:migrate')
  })

  it('is refused on a Postgres that may forget what it has confirmed, and names what is off', async () => {
    const { output, exited } = await launch({ NODE_ENV: 'development' })
    expect(await exited).toBe(1)
    expect(output.said).toContain('fsync, full_page_writes, synchronous_commit = off')
  })

  it('is refused on a port that is taken, and names it', async () => {
    const server = net.createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as net.AddressInfo
    const { output, exited } = await launch({ CATALOG_PORT: String(port) })
    expect(await exited).toBe(1)
    server.close()
    expect(output.said).toContain(`port ${port} is taken`)
  })
})

describe('running', () => {
  it('answers, and stops cleanly when asked', async () => {
    const { child, url, exited, output } = await launch()
    await answers(`${url}/health`)
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
    expect(output.said).not.toMatch(/kJ8sLq0v|postgres:\/\//)
  })

  it('outlives the loss of every database connection', async () => {
    const { url, child } = await launch()
    await answers(`${url}/health`)
    await Promise.all(Array.from({ length: 5 }, () => fetch(`${url}/catalog/products`)))
    const killer = new pg.Client({ connectionString: database.url })
    await killer.connect()
    await killer.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'highstreet-catalog-api'`)
    await killer.end()
    await answers(`${url}/health`, 200, 5_000)
    expect(child.exitCode).toBeNull()
  })

  it('marks its connections with its name and its limits', async () => {
    const { url } = await launch()
    await answers(`${url}/health`)
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const { rows } = await client.query(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'highstreet-catalog-api'`,
    )
    await client.end()
    expect(rows[0].n).toBeGreaterThan(0)
  })

  it('does not wait for slow headers for ever, nor read endless ones', async () => {
    const { url, port } = await launch()
    await answers(`${url}/health`)
    const socket = net.connect(port, '127.0.0.1')
    let said = ''
    socket.on('data', (chunk) => (said += chunk))
    socket.on('error', () => undefined)
    socket.write(`GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)
    await once(socket, 'close')
    expect(said).toContain('431')
  })

  it('counts a chunked body on what it reads', async () => {
    const { url, port } = await launch()
    await answers(`${url}/health`)
    const socket = net.connect(port, '127.0.0.1')
    let said = ''
    socket.on('data', (chunk) => (said += chunk))
    socket.on('error', () => undefined)
    const chunk = 'x'.repeat(64 * 1024)
    socket.write(
      'POST /inventory/reserve HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n',
    )
    for (let n = 0; n < 4; n++) socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    socket.write('0\r\n\r\n')
    await once(socket, 'close')
    expect(said).toContain('413')
    await answers(`${url}/health`)
  })
})
