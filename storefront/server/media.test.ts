import '../test/settings.ts'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { media } from './media.ts'

const asked: string[] = []
const catalog = setupServer(
  http.get('http://catalog.test/*', ({ request }) => {
    asked.push(request.url)
    const headers = { 'Content-Type': 'image/webp', 'Set-Cookie': 'planted=1', Server: 'inner', 'X-Inner': 'yes' }
    return new HttpResponse('picture', { headers })
  }),
)
beforeAll(() => catalog.listen({ onUnhandledRequest: 'error' }))
afterEach(() => {
  catalog.resetHandlers()
  asked.length = 0
})
afterAll(() => catalog.close())

const shop = media()
const picture = '/media/mug-sage-320.webp'

describe('a product picture', () => {
  test('comes from catalog-api and is kept for ever; nothing else of that answer passes', async () => {
    const answer = await shop.request(`${picture}?width=1`)
    expect(await answer.text()).toBe('picture')
    expect(asked).toEqual([`http://catalog.test${picture}`])
    expect(Object.fromEntries(answer.headers)).toEqual({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': '7',
      'content-type': 'image/webp',
    })
  })

  test.each([
    '/media/',
    '/media/mug-sage.webp',
    '/media/mug-sage-320.svg',
    '/media/mug-sage-320.webp.html',
    '/media/mug-sage-99999.webp',
    '/media/MUG-320.webp',
    '/media/../catalog/products-320.webp',
    '/media/%2e%2e/admin/products-320.webp',
    '/media/%252e%252e/products-320.webp',
    '/media/..%5cproducts-320.webp',
    '/media/mug%00-320.webp',
    '/media/mug%0d%0aHost:evil-320.webp',
    '/media//evil.example/x-320.webp',
    '/media/.hidden-320.webp',
    '/media/@evil.example-320.webp',
  ])('has a shape, and %s has not: catalog-api is not even asked', async (path) => {
    expect((await shop.request(path)).status).toBe(404)
    expect(asked).toEqual([])
  })

  test('is not available for a moment when catalog-api is away: 503, try again', async () => {
    catalog.use(http.get('http://catalog.test/*', () => HttpResponse.error()))
    const answer = await shop.request(picture)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('Retry-After')).toBe('5')
    expect(answer.headers.get('Cache-Control')).toBeNull()
  })

  test('that catalog-api has not is a 404, and one that it cannot give is not called missing', async () => {
    catalog.use(http.get('http://catalog.test/*', () => new HttpResponse('no', { status: 404 })))
    expect((await shop.request(picture)).status).toBe(404)
    catalog.use(http.get('http://catalog.test/*', () => new HttpResponse('SELECT * FROM', { status: 500 })))
    const broken = await shop.request(picture)
    expect(broken.status).toBe(503)
    expect(await broken.text()).not.toContain('SELECT')
  })

  test('has arrived whole before it is passed on: a visitor on a slow line gets all of it', async () => {
    const twoParts = (end: (parts: ReadableStreamDefaultController) => void) =>
      new ReadableStream({
        start(parts) {
          parts.enqueue(new TextEncoder().encode('first '))
          setTimeout(() => end(parts), 20)
        },
      })
    let ended = false
    const whole = twoParts((parts) => {
      parts.enqueue(new TextEncoder().encode('last'))
      parts.close()
      ended = true
    })
    catalog.use(http.get('http://catalog.test/*', () => new HttpResponse(whole)))
    const answer = await shop.request(picture)
    expect(ended).toBe(true)
    expect(await answer.text()).toBe('first last')
    const broken = twoParts((parts) => parts.error(new Error('lost')))
    catalog.use(http.get('http://catalog.test/*', () => new HttpResponse(broken)))
    expect((await shop.request(picture)).status).toBe(503)
  })

  test('is never fetched from where catalog-api points to', async () => {
    catalog.use(http.get('http://catalog.test/*', () => HttpResponse.redirect('http://169.254.169.254/latest')))
    expect((await shop.request(picture)).status).toBe(503)
  })
})
