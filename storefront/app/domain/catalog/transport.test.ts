import '../../../test/settings.ts'
import { createHash } from 'node:crypto'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import { delay, HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  catalogIsStale,
  listCategories,
  listVariants,
  listVariantsToShow,
  suggest,
} from '#app/domain/catalog/catalog.server.ts'
import { commit, release, reserve } from '#app/domain/catalog/inventory.server.ts'
import { resetTransport } from '#app/domain/catalog/transport.server.ts'
import { newId } from '#app/lib/ids.ts'
import { aVariant } from '../../../test/catalogue.ts'

const at = (path: string) => `http://catalog.test${path}`
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => {
  server.resetHandlers()
  resetTransport()
  vi.useRealTimers()
})
afterAll(() => server.close())

const variants = (answer: () => Response | Promise<Response>) => {
  let calls = 0
  server.use(
    http.get(at('/catalog/variants'), () => {
      calls += 1
      return answer()
    }),
  )
  return () => calls
}
const well = () => HttpResponse.json({ items: [aVariant({ sku: 'MUG' })] })
const unavailable = { code: 'catalog_unavailable' }

describe('reading', () => {
  test('a read that fails once is tried again, and only once', async () => {
    const answers = [() => HttpResponse.error(), well]
    variants(() => (answers.shift() ?? well)())
    expect(await listVariants(['MUG'])).toHaveLength(1)
    const calls = variants(() => HttpResponse.error())
    await expect(listVariants(['MUG'])).rejects.toMatchObject(unavailable)
    expect(calls()).toBe(2)
  })

  test('an answer that takes too long is no answer', async () => {
    variants(async () => {
      await delay(3_000)
      return well()
    })
    const start = performance.now()
    await expect(listVariants(['MUG'])).rejects.toMatchObject(unavailable)
    expect(performance.now() - start).toBeLessThan(2_500)
  })

  test.each([
    ['not JSON', () => new HttpResponse('<html>', { headers: { 'Content-Type': 'application/json' } })],
    ['a price in euros', () => HttpResponse.json({ items: [{ ...aVariant({ sku: 'MUG' }), priceMinor: '12.00' }] })],
    ['a negative price', () => HttpResponse.json({ items: [{ ...aVariant({ sku: 'MUG' }), priceMinor: -1 }] })],
    ['a server error', () => HttpResponse.json({ code: 'internal' }, { status: 500 })],
    ['a redirect', () => HttpResponse.redirect(at('/elsewhere'))],
  ])('%s is treated as a failure, not shown', async (_what, answer) => {
    variants(answer)
    await expect(listVariants(['MUG'])).rejects.toMatchObject(unavailable)
  })

  test('fields the shop does not know are dropped', async () => {
    variants(() => HttpResponse.json({ items: [{ ...aVariant({ sku: 'MUG' }), costPriceMinor: 300 }] }))
    expect((await listVariants(['MUG']))[0]).not.toHaveProperty('costPriceMinor')
  })

  test('after ten failures of twenty the catalogue is left in peace, and asked again after five seconds', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const calls = variants(() => HttpResponse.error())
    for (let tries = 0; tries < 15; tries++) await listVariants(['MUG']).catch(() => undefined)
    const before = calls()
    expect(before).toBeLessThanOrEqual(21)
    await expect(listVariants(['MUG'])).rejects.toMatchObject(unavailable)
    expect(calls()).toBe(before)
    vi.setSystemTime(Date.now() + 6_000)
    variants(well)
    expect(await listVariants(['MUG'])).toHaveLength(1)
  })

  test('requests that fail inside the catalogue do not shut it for others; a gateway that finds nobody behind it does', async () => {
    const failing = variants(() => HttpResponse.json({ code: 'internal' }, { status: 500 }))
    for (let tries = 0; tries < 15; tries++) await expect(listVariants(['X'])).rejects.toMatchObject(unavailable)
    expect(failing()).toBe(30)
    variants(well)
    expect(await listVariants(['MUG'])).toHaveLength(1)
    for (const answer of [
      () => HttpResponse.json({ code: 'unavailable' }, { status: 503 }),
      () => new HttpResponse('Bad gateway', { status: 500 }),
    ]) {
      resetTransport()
      const shut = variants(answer)
      for (let tries = 0; tries < 15; tries++) await listVariants(['MUG']).catch(() => undefined)
      expect(shut()).toBeLessThanOrEqual(21)
    }
  })
})

describe('the last good copy', () => {
  test('is shown while the catalogue is away, at most fifteen minutes, and pages can say so', async () => {
    const tree = { items: [] }
    server.use(http.get(at('/catalog/categories'), () => HttpResponse.json(tree)))
    vi.useFakeTimers({ toFake: ['Date'] })
    expect(await listCategories()).toEqual([])
    expect(catalogIsStale()).toBe(false)
    server.use(http.get(at('/catalog/categories'), () => HttpResponse.error()))
    vi.setSystemTime(Date.now() + 60_000)
    expect(await listCategories()).toEqual([])
    expect(catalogIsStale()).toBe(true)
    vi.setSystemTime(Date.now() + 15 * 60_000)
    await expect(listCategories()).rejects.toMatchObject(unavailable)
  })

  test('of a page is pushed out by nothing that is typed into a search box', async () => {
    server.use(http.get(at('/catalog/categories'), () => HttpResponse.json({ items: [] })))
    const words = { products: [], categories: [], queries: [] }
    server.use(http.get(at('/catalog/suggestions'), () => HttpResponse.json(words)))
    vi.useFakeTimers({ toFake: ['Date'] })
    await listCategories()
    for (let typed = 0; typed < 505; typed++) await suggest(`mug ${typed}`)
    server.use(http.get(at('/catalog/categories'), () => HttpResponse.error()))
    vi.setSystemTime(Date.now() + 60_000)
    expect(await listCategories()).toEqual([])
  })

  test('is never what a charge is made of', async () => {
    variants(well)
    await listVariantsToShow(['MUG'])
    variants(() => HttpResponse.error())
    expect(await listVariantsToShow(['MUG'])).toHaveLength(1)
    await expect(listVariants(['MUG'])).rejects.toMatchObject(unavailable)
  })
})

describe('writing', () => {
  const ref = newId()
  const lines = [{ sku: 'MUG', quantity: 2 }]

  test('a write is not repeated by itself', async () => {
    let calls = 0
    server.use(
      http.post(at('/inventory/reserve'), () => {
        calls += 1
        return HttpResponse.error()
      }),
    )
    await expect(reserve({ ref, ttlSeconds: 2700, lines })).rejects.toMatchObject(unavailable)
    expect(calls).toBe(1)
  })

  test('a hold that is short says which lines', async () => {
    const shortages = [{ sku: 'MUG', requested: 2, available: 1 }]
    server.use(
      http.post(at('/inventory/reserve'), () =>
        HttpResponse.json({ code: 'out_of_stock', shortages }, { status: 409 }),
      ),
    )
    await expect(reserve({ ref, ttlSeconds: 2700, lines })).rejects.toMatchObject({
      code: 'out_of_stock',
      extra: { details: { shortages } },
    })
  })

  test.each([
    [409, 'reservation_mismatch', 'conflict'],
    [410, 'reservation_released', 'conflict'],
    [404, 'not_found', 'not_found'],
    [401, 'unauthorized', 'catalog_unavailable'],
    [429, 'too_many_requests', 'overloaded'],
  ])("an answer of %i %s is the shop's %s", async (status, code, ours) => {
    server.use(http.post(at('/inventory/commit'), () => HttpResponse.json({ code }, { status })))
    await expect(commit({ ref })).rejects.toMatchObject({ code: ours })
  })

  test('each call carries its own short-lived token for exactly what it does', async () => {
    const tokens: string[] = []
    server.use(
      http.post(at('/inventory/release'), ({ request }) => {
        tokens.push((request.headers.get('Authorization') ?? '').replace('Bearer ', ''))
        return HttpResponse.json({ ref, status: 'released' })
      }),
    )
    await release({ ref, reason: 'cancelled' })
    await release({ ref, reason: 'cancelled' })
    const key = process.env.SERVICE_TOKEN_SECRET as string
    const [first, second] = await Promise.all(
      tokens.map((token) =>
        jwtVerify(token, new TextEncoder().encode(key), {
          algorithms: ['HS256'],
          audience: 'catalog-api',
          issuer: 'highstreet',
        }),
      ),
    )
    expect(first?.payload).toMatchObject({ sub: 'storefront', scope: 'inventory:write' })
    expect((first?.payload.exp ?? 0) - (first?.payload.iat ?? 0)).toBeLessThanOrEqual(60)
    expect(first?.payload.jti).not.toBe(second?.payload.jti)
    expect(decodeProtectedHeader(tokens[0] as string)).toMatchObject({
      alg: 'HS256',
      kid: createHash('sha256').update(key).digest('hex').slice(0, 8),
    })
  })
})
