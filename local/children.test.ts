// The starter's care for its processes: they come back when they crash and go when the starter goes.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePorts } from './ports.ts'
import { isAlive } from './postgres/cluster.ts'

let logs: string
let starter: ChildProcess
let url: string
let said = ''

/** @param searchPath where the starter finds programs; without setpriv the processes are tied by a pipe instead */
async function startStarter(searchPath = process.env.PATH): Promise<void> {
  const port = (await freePorts()).STOREFRONT_PORT ?? ''
  url = `http://127.0.0.1:${port}`
  said = ''
  const script = path.join(import.meta.dirname, 'testing', 'hold-child.ts')
  const words = [script, 'answering', 'local/testing/answering.ts', `${url}/health`, logs]
  const env = { ...process.env, PATH: searchPath, PORT: port }
  starter = spawn(process.execPath, ['--import', 'tsx', ...words], { env })
  starter.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await expect.poll(() => said, { timeout: 15_000 }).toContain('ready')
}

beforeEach(async () => {
  logs = await mkdtemp(path.join(tmpdir(), 'highstreet-children-'))
})
afterEach(async () => {
  starter.kill('SIGKILL')
  await rm(logs, { recursive: true, force: true })
})

const pid = async () => Number(await (await fetch(url)).text())

test('a process that crashed is started again', async () => {
  await startStarter()
  const first = await pid()
  await fetch(`${url}/die`)
  await expect.poll(() => said, { timeout: 15_000 }).toContain('answering is back')
  expect(said).toContain('ended with code 3')
  expect(await pid()).not.toBe(first)
})

test.each([
  ['', process.env.PATH],
  [', on a system without setpriv too', '/nowhere'],
])('kill -9 of the starter leaves no orphan%s', async (_, searchPath) => {
  await startStarter(searchPath)
  const child = await pid()
  starter.kill('SIGKILL')
  await expect.poll(() => isAlive(child), { timeout: 10_000 }).toBe(false)
})
