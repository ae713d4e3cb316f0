import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, createBrotliDecompress, gunzipSync } from 'node:zlib'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { compress } from './compress.ts'

const words = 'A mug that keeps its word. '.repeat(100)
const html = { 'Content-Type': 'text/html; charset=utf-8' }
const encoder = new TextEncoder()

const shop = new Hono()
shop.use(compress())
shop.get('/page', () => new Response(words, { headers: html }))
shop.get('/small', (c) => c.text('hello', 200, { 'Content-Length': '5' }))
shop.get('/picture', () => new Response(words, { headers: { 'Content-Type': 'image/webp' } }))
shop.get('/packed', () => new Response('packed already', { headers: { ...html, 'Content-Encoding': 'br' } }))
shop.get('/by-language', () => new Response(words, { headers: { ...html, Vary: 'Accept-Language' } }))
shop.get(
  '/in-parts',
  () =>
    new Response(
      stream(async (part) => part('the end')),
      { headers: html },
    ),
)
shop.get('/breaks', () =>
  Promise.resolve(
    new Response(
      stream(async (part) => {
        part(words)
        throw new Error('the page broke')
      }),
      { headers: html },
    ),
  ),
)

const stream = (write: (part: (text: string) => void) => Promise<void>) =>
  new ReadableStream<Uint8Array>({
    async start(controller) {
      try {
        await write((text) => controller.enqueue(encoder.encode(text)))
        controller.close()
      } catch (error) {
        controller.error(error)
      }
    },
  })

const ask = (path: string, acceptEncoding?: string, method = 'GET') =>
  shop.request(path, { method, headers: acceptEncoding === undefined ? {} : { 'Accept-Encoding': acceptEncoding } })

const servers: { close: () => void }[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function serve(app: Hono): Promise<string> {
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a page', () => {
  test('travels packed, tells caches so, and is the same page afterwards', async () => {
    const brotli = await ask('/page', 'gzip, deflate, br')
    expect(brotli.headers.get('Content-Encoding')).toBe('br')
    expect(brotli.headers.get('Vary')).toBe('Accept-Encoding')
    expect(brotliDecompressSync(await brotli.arrayBuffer()).toString()).toBe(words)
    const gzip = await ask('/page', 'gzip')
    expect(gzip.headers.get('Content-Encoding')).toBe('gzip')
    expect(gunzipSync(await gzip.arrayBuffer()).toString()).toBe(words)
  })

  test('that travels unpacked tells caches too that there is a packed one', async () => {
    const plain = await ask('/page')
    expect(plain.headers.get('Content-Encoding')).toBeNull()
    expect(plain.headers.get('Vary')).toBe('Accept-Encoding')
    expect(await plain.text()).toBe(words)
  })

  test('keeps what it already varied by', async () => {
    expect((await ask('/by-language', 'br')).headers.get('Vary')).toBe('Accept-Language, Accept-Encoding')
  })

  test.each([
    ['br;q=0', null],
    ['br; q=0', null],
    ['br ; q=0.000, gzip', 'gzip'],
    ['gzip;q=0, br;q=0', null],
    ['*;q=0', null],
    ['identity', null],
    ['', null],
    ['x-br, brotli, gzipped', null],
    ['*', 'br'],
    ['*, br;q=0', 'gzip'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['BR', 'br'],
    ['br;q=many', null],
    ['br;level=11', 'br'],
  ])('for a visitor who takes “%s” is sent as %s', async (accepted, encoding) => {
    const answer = await ask('/page', accepted)
    expect(answer.headers.get('Content-Encoding')).toBe(encoding)
    await answer.body?.cancel()
  })

  test('is not packed a second time, nor when it is a picture, a few bytes, or only asked about', async () => {
    const packed = await ask('/packed', 'gzip, br')
    expect(packed.headers.get('Content-Encoding')).toBe('br')
    expect(await packed.text()).toBe('packed already')
    expect((await ask('/picture', 'br')).headers.get('Content-Encoding')).toBeNull()
    expect((await ask('/picture', 'br')).headers.get('Vary')).toBeNull()
    expect((await ask('/small', 'br')).headers.get('Content-Encoding')).toBeNull()
    expect((await ask('/page', 'br', 'HEAD')).headers.get('Content-Encoding')).toBeNull()
  })
})

describe('a page that is written in parts', () => {
  test.each(['br', 'gzip'])('reaches the visitor part by part, also packed as %s', async (encoding) => {
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const app = new Hono()
    app.use(compress())
    app.get('/', () => {
      const body = stream(async (part) => {
        part('the first part')
        await held
        part(' and the rest')
      })
      return new Response(body, { headers: html })
    })
    const answer = await fetch(await serve(app), { headers: { 'Accept-Encoding': encoding } })
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
    const first = await reader.read()
    expect(Buffer.from(first.value ?? []).toString()).toBe('the first part')
    release()
    const second = await reader.read()
    expect(Buffer.from(second.value ?? []).toString()).toBe(' and the rest')
    expect((await reader.read()).done).toBe(true)
  })

  test('that breaks in the middle breaks off visibly, and the shop goes on', async () => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const origin = await serve(shop)
    const asked = get(`${origin}/breaks`, { headers: { 'Accept-Encoding': 'br' } })
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    const unpacked = answer.pipe(createBrotliDecompress())
    unpacked.on('error', () => undefined).resume()
    const ended = await new Promise((resolve) => {
      answer.on('end', () => resolve('complete'))
      answer.on('error', () => resolve('broken off'))
    })
    expect(ended).toBe('broken off')
    expect(complaint).toHaveBeenCalledWith(new Error('the page broke'))
    expect((await fetch(`${origin}/page`)).status).toBe(200)
  })

  test('is given up when its visitor leaves', async () => {
    let left: () => void = () => undefined
    const gone = new Promise<void>((resolve) => {
      left = resolve
    })
    const app = new Hono()
    app.use(compress())
    app.get('/', () => {
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(encoder.encode(crypto.randomUUID().repeat(100))),
        cancel: () => left(),
      })
      return new Response(body, { headers: html })
    })
    const leaving = new AbortController()
    const answer = await fetch(await serve(app), { headers: { 'Accept-Encoding': 'br' }, signal: leaving.signal })
    await answer.body?.getReader().read()
    leaving.abort()
    await gone
  })
})
