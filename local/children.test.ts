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

beforeEach(async () => {
  logs = await mkdtemp(path.join(tmpdir(), 'highstreet-children-'))
  const port = (await freePorts()).STOREFRONT_PORT ?? ''
  url = `http://127.0.0.1:${port}`
  said = ''
  const script = path.join(import.meta.dirname, 'testing', 'hold-child.ts')
  const words = [script, 'answering', 'local/testing/answering.ts', `${url}/health`, logs]
  starter = spawn(process.execPath, ['--import', 'tsx', ...words], { env: { ...process.env, PORT: port } })
  starter.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await expect.poll(() => said, { timeout: 15_000 }).toContain('ready')
})
afterEach(async () => {
  starter.kill('SIGKILL')
  await rm(logs, { recursive: true, force: true })
})

const pid = async () => Number(await (await fetch(url)).text())

test('a process that crashed is started again', async () => {
  const first = await pid()
  await fetch(`${url}/die`)
  await expect.poll(() => said, { timeout: 15_000 }).toContain('answering is back')
  expect(said).toContain('ended with code 3')
  expect(await pid()).not.toBe(first)
})

test('kill -9 of the starter leaves no orphan', async () => {
  const child = await pid()
  starter.kill('SIGKILL')
  await expect.poll(() => isAlive(child), { timeout: 10_000 }).toBe(false)
})
