// A stage for tests of catalog-api: a database of its own, the whole API in this process, tokens, and a small shop.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../local/postgres/test-database.ts'
import { createApp } from '../src/app.ts'
import { keyId } from '../src/http/auth.ts'
import { closeDatabase, db, openDatabase } from '../src/lib/db.ts'
import { createLog } from '../src/lib/log.ts'

export const key = 'a-key-of-the-tests-that-is-long-enough-1'
export const olderKey = 'a-key-of-the-tests-that-is-long-enough-0'
export const allowedOrigin = 'https://shop.example'

type Call = { json?: unknown; form?: FormData; scope?: string; token?: string; headers?: Record<string, string> }
// biome-ignore lint/suspicious/noExplicitAny: an answer's body is whatever the test expects it to be
export type Answer = { status: number; body: any; headers: Headers }

let database: TestDatabase
let app: ReturnType<typeof createApp>
export let mediaDir: string

/** Opens the stage for a test file: call it once at the top. */
export function stage(options: { pool?: number } = {}): void {
  beforeAll(async () => {
    database = await freshDatabase('catalog')
    openDatabase(database.url, { max: options.pool ?? 10 })
    mediaDir = mkdtempSync(path.join(tmpdir(), 'highstreet-media-'))
    const settings = { tokenKeys: [key, olderKey], corsOrigins: [allowedOrigin], mediaDir, production: false }
    app = createApp(settings, createLog('silent'))
  })
  afterAll(async () => {
    await closeDatabase()
    await database.drop()
    rmSync(mediaDir, { recursive: true, force: true })
  })
}

/** A service token; `claims` and `header` overwrite what a good one has. */
export async function token(scope: string, claims: Record<string, unknown> = {}, signWith = key): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const good = {
    iss: 'highstreet',
    aud: 'catalog-api',
    sub: 'storefront',
    scope,
    iat: now,
    nbf: now,
    exp: now + 60,
    jti: randomUUID(),
  }
  return new SignJWT({ ...good, ...claims })
    .setProtectedHeader({ alg: 'HS256', kid: keyId(signWith) })
    .sign(new TextEncoder().encode(signWith))
}

/** Calls the API; with `scope` a fresh token goes along. The body is parsed when it is JSON. */
export async function call(
  method: string,
  url: string,
  { json, form, scope, token: given, headers = {} }: Call = {},
): Promise<Answer> {
  const bearer = given ?? (scope ? await token(scope) : undefined)
  const response = await app.request(url, {
    method,
    headers: {
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    body: form ?? (json === undefined ? undefined : typeof json === 'string' ? json : JSON.stringify(json)),
  })
  const isJson = method !== 'HEAD' && /json/.test(response.headers.get('content-type') ?? '')
  const body = isJson ? await response.json() : Buffer.from(await response.arrayBuffer())
  return { status: response.status, body, headers: response.headers }
}

export const get = (url: string, options: Call = {}) => call('GET', url, options)
export const post = (url: string, json: unknown, scope?: string) => call('POST', url, { json, scope })
export const put = (url: string, json: unknown, scope?: string) => call('PUT', url, { json, scope })
export const remove = (url: string, scope?: string) => call('DELETE', url, { scope })

/** Calls expecting this status, and says what came instead. */
export function expectStatus(answer: Answer, status: number): Answer {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status)
  return answer
}

/** Expects problem+json with this code. */
export function expectProblem(answer: Answer, code: string, status: number): void {
  expect({ code: answer.body.code, status: answer.status }).toEqual({ code, status })
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(answer.body).toMatchObject({ type: 'about:blank', status, requestId: answer.headers.get('x-request-id') })
  expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|select |insert |\.ts:/i)
}

/** How many SQL statements `work` sends; BEGIN and COMMIT count. */
export async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  let count = 0
  const add = () => {
    count += 1
  }
  db().on('query', add)
  await work()
  db().removeListener('query', add)
  return count
}

export const rowsOf = (table: string, where: Record<string, unknown> = {}) => db()(table).where(where)
