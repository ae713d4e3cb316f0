// What `npm start` says when it cannot start: one sentence, what to do, an exit code, and nothing left running.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePorts } from './ports.ts'

let dataDir: string
let ports: Record<string, string>

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'highstreet-start-'))
  ports = await freePorts()
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

async function start(more: Record<string, string> = {}, ...flags: string[]) {
  const base: NodeJS.ProcessEnv = {
    NODE_ENV: 'development',
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    DATA_DIR: dataDir,
    ...ports,
  }
  const script = path.join(import.meta.dirname, 'start.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...flags], {
    env: { ...base, ...more },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said: said.trim() }
}

test('a taken port is named with the variable that moves it', async () => {
  const blocker = createServer().listen(Number(ports.CATALOG_PORT), '127.0.0.1')
  const { code, said } = await start()
  expect(said).toBe(
    `Port ${ports.CATALOG_PORT} (catalog-api) is taken. Stop what uses it, or set CATALOG_PORT to another.`,
  )
  expect(code).toBe(1)
  expect(existsSync(path.join(dataDir, 'postgres'))).toBe(false)
  expect(existsSync(path.join(dataDir, 'shop.json'))).toBe(false)
  blocker.close()
})

test('a wrong setting is named, without a stack', async () => {
  expect(await start({ NOTIFIER_PORT: 'abc' })).toEqual({
    code: 1,
    said: 'NOTIFIER_PORT: "abc" is no port. Set a number from 1 to 65535.',
  })
  const short = await start({ SESSION_SECRET: 'short' })
  expect(short.said).toMatch(/^SESSION_SECRET: .*32 characters/)
  expect(short.said).not.toContain('    at ')
})

test('a Postgres that cannot be reached is told without its password', async () => {
  const url = 'postgres://shop:hush@127.0.0.1:1/orders'
  const { code, said } = await start({ STOREFRONT_DATABASE_URL: url, CATALOG_DATABASE_URL: url })
  expect(said).toBe('The Postgres of postgres://shop:***@127.0.0.1:1/orders cannot be used: nothing answers there.')
  expect(code).toBe(1)
})

test('production names every missing secret and starts no stand-in', async () => {
  const { code, said } = await start({}, '--production')
  expect(code).toBe(1)
  for (const variable of [
    'STOREFRONT_DATABASE_URL',
    'SESSION_SECRET',
    'SERVICE_TOKEN_SECRET',
    'API_JWT_SECRET',
    'STRIPE_SECRET_KEY',
    'STRIPE_WEBHOOK_SECRET',
  ]) {
    expect(said.split(`${variable}:`)).toHaveLength(2)
  }
  expect(existsSync(path.join(dataDir, 'secrets.json'))).toBe(false)
})

test('a second start in the same folder says that one is running; a killed one is no obstacle', async () => {
  const stat = readFileSync(`/proc/${process.pid}/stat`, 'utf8')
  const born = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  const file = path.join(dataDir, 'shop.json')
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, JSON.stringify({ pid: process.pid, born, note: 'http://localhost:5173' }))
  const { said } = await start()
  expect(said).toContain(`already runs from this folder: http://localhost:5173 (process ${process.pid})`)
  writeFileSync(file, JSON.stringify({ pid: process.pid, born: '1', note: 'http://localhost:5173' }))
  const next = await start({ STOREFRONT_DATABASE_URL: 'postgres://u@127.0.0.1:1/x' })
  expect(next.said).toContain('nothing answers there')
})
