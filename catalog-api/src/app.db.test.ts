// What every request meets: ids, errors in one form, limits, methods, other origins, health and documents.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allowedOrigin, call, expectProblem, expectStatus, get, post, stage, token } from '../test/stage.ts'
import { db } from './lib/db.ts'
import { newId } from './lib/ids.ts'

stage()

type Operation = { operationId: string; security?: unknown[]; 'x-scope'?: string }
const document: { paths: Record<string, Record<string, Operation>> } = JSON.parse(
  readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'),
)
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
)
const filled = (path: string) =>
  path
    .replace('{sku}', 'SKU-1')
    .replace('{file}', 'x-320.webp')
    .replace(/\{[^}]+\}/g, newId())

describe('every answer', () => {
  it('carries a request id: the caller’s when it is sane', async () => {
    const mine = 'order-0199a3c2'
    expect((await get('/stores', { headers: { 'x-request-id': mine } })).headers.get('x-request-id')).toBe(mine)
    for (const bad of ['short', 'a b c d e f g', '<script>alert(1)</script>', 'x'.repeat(101)]) {
      const answered = (await get('/stores', { headers: { 'x-request-id': bad } })).headers.get('x-request-id')
      expect(answered).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  it('carries the plain security headers, errors too', async () => {
    for (const url of ['/stores', '/no-such-thing', '/admin/products']) {
      const { headers } = await get(url)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-request-id')).toBeTruthy()
    }
  })
})

describe('what is not there', () => {
  it.each([
    '/',
    '/nothing',
    '/admin',
    '/catalog',
    '//admin/products',
    '/admin%2Fproducts',
    '/%61dmin/products/x/y',
    '/catalog/products/a/b',
    '/media/',
    '/openapi.json/x',
  ])('%s is a 404 in the one form, or asks for a token: never an open door', async (url) => {
    const answer = await get(url)
    expect([401, 404, 422]).toContain(answer.status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  it.each([
    ['/%61dmin/products', 'GET'],
    ['//admin/products', 'GET'],
    ['/admin//products', 'GET'],
    ['/admin/products/', 'GET'],
    ['/ADMIN/products', 'GET'],
    ['/admin/./products', 'GET'],
    ['/x/../admin/products', 'GET'],
  ])('%s gives no product away without a token', async (url, method) => {
    expect([401, 404]).toContain((await call(method, url)).status)
  })

  it('says which methods there are', async () => {
    const answer = await call('DELETE', '/catalog/products')
    expectProblem(answer, 'method_not_allowed', 405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
    expectProblem(await call('PATCH', `/admin/products/${newId()}`, { json: {} }), 'method_not_allowed', 405)
    expect((await call('PATCH', `/admin/products/${newId()}`)).headers.get('allow')).toBe('GET, PUT, DELETE, HEAD')
    expectProblem(await call('OPTIONS', '/inventory/reserve'), 'method_not_allowed', 405)
  })

  it('answers HEAD like GET, without a body', async () => {
    const answer = expectStatus(await call('HEAD', '/catalog/categories'), 200)
    expect(answer.body).toHaveLength(0)
  })
})

describe('bodies', () => {
  const scope = 'inventory:write'

  it.each(['{', '', 'null,', '{"ref":}', '\u0000'])('that are no JSON (%j) are 400', async (json) => {
    expectProblem(await call('POST', '/inventory/commit', { json, scope }), 'malformed_json', 400)
  })

  it.each([
    'null',
    '[]',
    '"text"',
    '7',
    '{"ref":null}',
    '{"ref":["a"]}',
    '{"ref":{"$gt":""}}',
    '{"__proto__":{"ref":"a"}}',
  ])('of another shape (%s) are 422', async (json) =>
    expectProblem(await call('POST', '/inventory/commit', { json, scope }), 'validation_failed', 422),
  )

  it('of another type are 415', async () => {
    const answer = await call('POST', '/inventory/commit', {
      json: 'ref=1',
      scope,
      headers: { 'content-type': 'text/plain' },
    })
    expectProblem(answer, 'unsupported_media_type', 415)
  })

  it('above 100 kB are 413, counted on what is read', async () => {
    const json = JSON.stringify({ ref: 'a', pad: 'x'.repeat(101 * 1024) })
    expectProblem(await call('POST', '/inventory/commit', { json, scope }), 'payload_too_large', 413)
    const lying = await call('POST', '/inventory/commit', { json, scope, headers: { 'transfer-encoding': 'chunked' } })
    expectProblem(lying, 'payload_too_large', 413)
  })

  it('nested without end are refused, not followed', async () => {
    const json = `${'['.repeat(40_000)}${']'.repeat(40_000)}`
    const answer = await call('POST', '/inventory/commit', { json, scope })
    expect([400, 422]).toContain(answer.status)
  })
})

describe('other origins', () => {
  it('may read when they are on the list, exactly', async () => {
    const { headers } = await get('/catalog/products', { headers: { origin: allowedOrigin } })
    expect(headers.get('access-control-allow-origin')).toBe(allowedOrigin)
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('vary')?.toLowerCase()).toContain('origin')
  })

  it.each([
    'null',
    'https://shop.example.evil',
    'https://evil-shop.example',
    'http://shop.example',
    'https://SHOP.example',
    'https://shop.example:444',
  ])('are told nothing when they are %s', async (origin) => {
    expect(
      (await get('/catalog/products', { headers: { origin } })).headers.get('access-control-allow-origin'),
    ).toBeNull()
  })

  it('may never write', async () => {
    const headers = { origin: allowedOrigin, 'access-control-request-method': 'POST' }
    const answer = await call('OPTIONS', '/inventory/reserve', { headers })
    expect(answer.headers.get('access-control-allow-methods') ?? '').not.toContain('POST')
  })
})

describe('the operations of the document', () => {
  const secured = operations.filter(({ operation }) => operation.security)

  it('are all there', () => {
    expect(operations.length).toBeGreaterThanOrEqual(38)
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
  })

  it('that write all need a token', () => {
    for (const { method, path, operation } of operations) {
      if (method !== 'GET') expect(operation.security, `${method} ${path}`).toEqual([{ serviceToken: [] }])
      if (path.startsWith('/admin')) expect(operation['x-scope'], path).toBeTruthy()
    }
  })

  it.each(secured.map(({ method, path, operation }) => [method, path, operation['x-scope']]))(
    '%s %s refuses no token, and a token without %s',
    async (method, path, scope) => {
      const json = method === 'GET' || method === 'DELETE' ? undefined : {}
      expectProblem(await call(method, filled(path), { json }), 'unauthorized', 401)
      expectProblem(await call(method, filled(path), { json, token: await token('nothing:else') }), 'forbidden', 403)
      expect(scope).toMatch(/^[a-z]+:(read|write)$/)
    },
  )
})

describe('operations', () => {
  it('health knows the database and its migrations', async () => {
    expect(expectStatus(await get('/health'), 200).body).toEqual({ status: 'ok', database: 'ok', migrations: 'ok' })
    await db()('knex_migrations').where({ name: '006_places' }).update({ name: 'x' })
    const answer = await get('/health')
    expectProblem(answer, 'unavailable', 503)
    expect(answer.body.detail).toContain('006_places')
    await db()('knex_migrations').where({ name: 'x' }).update({ name: '006_places' })
  })

  it('serves its document and a page for it from this machine alone', async () => {
    expect((await get('/openapi.json')).body).toEqual(document)
    const page = await get('/docs')
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    const html = page.body.toString()
    const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
    expect(addresses.length).toBeGreaterThan(3)
    for (const address of addresses) {
      expect(address).toMatch(/^\/(docs\/|openapi\.json$)/)
      expectStatus(await get(address), 200)
    }
    for (const file of ['package.json', 'swagger-ui.js', '..%2fpackage.json', '__proto__', 'constructor'])
      expectProblem(await get(`/docs/${file}`), 'not_found', 404)
  })

  it('counts requests by route, never by address', async () => {
    await get('/catalog/products/some-secret-slug')
    const text = (await get('/metrics')).body.toString()
    expect(text).toContain('route="/catalog/products/:idOrSlug"')
    expect(text).not.toContain('some-secret-slug')
  })

  it('answers a fault without giving anything away', async () => {
    await db().raw('ALTER TABLE stores RENAME TO stores_gone')
    const answer = await get('/stores')
    await db().raw('ALTER TABLE stores_gone RENAME TO stores')
    expectProblem(answer, 'internal', 500)
    expect(answer.body.detail).toContain(answer.body.requestId)
    expect(JSON.stringify(answer.body)).not.toMatch(/relation|stores_gone|42P01/)
  })

  it('gives every connection its limits', async () => {
    const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'application_name']
    const { rows } = await db().raw(`SELECT ${names.map((name) => `current_setting('${name}') AS ${name}`).join(', ')}`)
    expect(rows).toEqual([
      {
        statement_timeout: '5s',
        lock_timeout: '2s',
        idle_in_transaction_session_timeout: '10s',
        application_name: 'highstreet-catalog-api',
      },
    ])
  })

  it('refuses with 503 within 2.5 s when no connection is free', async () => {
    const taken = await Promise.all(Array.from({ length: 10 }, () => db().transaction()))
    const start = performance.now()
    const answer = await get('/stores')
    expect(performance.now() - start).toBeLessThan(2_500)
    expectProblem(answer, 'unavailable', 503)
    expect(answer.headers.get('retry-after')).toBe('5')
    await Promise.all(taken.map((trx) => trx.rollback()))
    expectStatus(await get('/stores'), 200)
  })

  it('gives up on a row that stays locked, and says 503', async () => {
    const ref = newId()
    await post('/inventory/release', { ref, reason: 'x' }, 'inventory:write')
    const other = await db().transaction()
    await other.raw('SELECT 1 FROM reservations WHERE ref = ? FOR UPDATE', [ref])
    const answer = await post('/inventory/commit', { ref }, 'inventory:write')
    await other.rollback()
    expectProblem(answer, 'unavailable', 503)
  }, 15_000)
})
