import { type ChildProcess, spawn } from 'node:child_process'
import net, { type AddressInfo } from 'node:net'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Kit, startKit, until } from '../test/kit.ts'

const root = path.resolve(import.meta.dirname, '../..')
let kit: Kit
const children: ChildProcess[] = []
beforeEach(async () => {
  kit = await startKit()
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await kit.stop()
})

async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The real process with these settings; `ended` resolves with its exit code and all it printed. */
function start(settings: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'notifier/src/main.ts'], {
    cwd: root,
    // The tests' Postgres forgets what a power cut takes: only a test may run on it.
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'test', LOG_LEVEL: 'info', ...settings },
  })
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, output })),
  )
  return { child, ended, output: () => output }
}

const good = async (): Promise<Record<string, string>> => ({
  NOTIFIER_PORT: String(await freePort()),
  STOREFRONT_DATABASE_URL: kit.urls.storefront,
  CATALOG_DATABASE_URL: kit.urls.catalog,
  SERVICE_TOKEN_SECRET: 'k7Qm2xZ9pL4vT8wR1nB6yC3dF5gH0jKsAbCd',
  SMTP_HOST: '127.0.0.1',
  SMTP_PORT: String(kit.mailServer.port),
})

const isHealthy = (settings: Record<string, string>) =>
  fetch(`http://127.0.0.1:${settings.NOTIFIER_PORT}/health`).then(
    async (answer) => ((await answer.json()) as { status: string }).status === 'ok',
    () => false,
  )

test('a process killed in the middle of a mail loses nothing, and ends cleanly when it is asked to', async () => {
  kit.mailServer.mood.slowMs = 60_000
  const settings = await good()
  const first = start(settings)
  await until('health', () => isHealthy(settings), 15_000)
  const id = await kit.append('order.paid')
  await until('the mail to be handed over', () => kit.mailServer.tries())
  first.child.kill('SIGKILL')
  await first.ended
  expect(await kit.row(id)).toMatchObject({ done_at: null, lease_token: expect.any(String) })

  kit.mailServer.mood.slowMs = 0
  await kit.pools.storefront.query(`UPDATE outbox SET lease_until = now() - interval '1 second' WHERE id = $1`, [id])
  const second = start(settings)
  await until('the row to be done', async () => (await kit.row(id)).done_at, 15_000)
  expect(kit.mails.map((mail) => mail.messageId)).toEqual([`<${id}.email@highstreet.example>`])

  second.child.kill('SIGTERM')
  const { code, output } = await second.ended
  expect(code).toBe(0)
  expect(output).not.toContain('alice@example.com')
  const { rows } = await kit.pools.storefront.query('SELECT 1 FROM outbox WHERE lease_token IS NOT NULL')
  expect(rows).toEqual([])
}, 40_000)

test('a wrong setting, a database that is not there or not migrated, and a taken port stop the start in a sentence', async () => {
  const settings = await good()
  const taken = net.createServer()
  const takenPort = await freePort()
  await new Promise<void>((resolve) => taken.listen(takenPort, '127.0.0.1', resolve))
  const away = kit.urls.catalog.replace(/@[^/]+\//, `@127.0.0.1:${await freePort()}/`)
  await kit.pools.catalog.query("DELETE FROM knex_migrations WHERE name LIKE '005%'")
  const tries = [
    { settings: { ...settings, SERVICE_TOKEN_SECRET: '' }, says: /SERVICE_TOKEN_SECRET: make one with/ },
    {
      settings: { ...settings, CATALOG_DATABASE_URL: away },
      says: /CATALOG_DATABASE_URL: the database cannot be reached/,
    },
    { settings, says: /The catalog database lacks 005_outbox\. Run: npm run db:migrate/ },
  ]
  for (const { settings: given, says } of tries) {
    const { code, output } = await start(given).ended
    expect(code).toBe(1)
    expect(output).toMatch(says)
    expect(output).not.toMatch(/\n\s+at /)
  }
  await kit.pools.catalog.query(
    "INSERT INTO knex_migrations (name, batch, migration_time) VALUES ('005_outbox', 1, now())",
  )
  const { code, output } = await start({ ...settings, NOTIFIER_PORT: String(takenPort) }).ended
  expect([code, output]).toEqual([1, expect.stringContaining(`NOTIFIER_PORT: port ${takenPort} is taken`)])
  taken.close()
}, 40_000)
