import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { seal } from '#app/http/cookies.server.ts'
import { parse, parseQuery, readPost, safeRedirect } from '#app/http/parse.server.ts'
import type { Args, Visitor } from '#app/http/session.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import '../../test/settings.ts'

const sid = `g.${'a'.repeat(43)}`
const visitor: Visitor = { sid, csrf: '', user: null, cartId: null, ip: '127.0.0.1', userAgent: '', requestId: '' }

function post(body: BodyInit, headers: Record<string, string> = {}, method = 'POST'): Args {
  return {
    request: new Request('http://localhost:5173/cart', {
      method,
      body: method === 'GET' ? undefined : body,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    }),
    context: { nonce: '', requestId: '', visitor: async () => visitor, setCookie: () => undefined },
  }
}
const withToken = (body: string, token = seal('csrf', sid)) => `${body}&csrf=${encodeURIComponent(token)}`

async function refusalOf(args: Args): Promise<string> {
  const error = await readPost(args).catch((reason: unknown) => reason)
  return isDomainError(error) ? error.code : 'taken'
}

describe('a form post', () => {
  test("is taken from the shop's own pages, with what was typed and the pressed button", async () => {
    const read = await readPost(
      post(withToken('intent=add&sku=MUG'), { Origin: 'http://localhost:5173', 'Sec-Fetch-Site': 'same-origin' }),
    )
    expect(read.intent).toBe('add')
    expect({ ...read.values }).toEqual({ intent: 'add', sku: 'MUG' })
  })

  test('without Origin and Sec-Fetch-Site is decided by its token', async () => {
    expect(await refusalOf(post(withToken('a=1')))).toBe('taken')
    expect(await refusalOf(post('a=1'))).toBe('csrf_failed')
  })

  test.each([
    ['another origin', { Origin: 'https://evil.example' }],
    ['a null origin', { Origin: 'null' }],
    ['the same host on another port', { Origin: 'http://localhost:9999' }],
    ['a cross-site fetch', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling domain', { 'Sec-Fetch-Site': 'same-site' }],
  ])('from %s is refused even with the right token', async (_what, headers) => {
    expect(await refusalOf(post(withToken('a=1'), headers))).toBe('csrf_failed')
  })

  test("with another visitor's token, an empty or a shortened one is refused", async () => {
    const others = seal('csrf', `g.${'b'.repeat(43)}`)
    for (const token of [others, '', seal('csrf', sid).slice(0, -1), seal('cart', sid)])
      expect(await refusalOf(post(withToken('a=1', token)))).toBe('csrf_failed')
  })

  test.each(['text/plain', 'application/json', ''])('of content type “%s” is refused', async (type) => {
    expect(await refusalOf(post(withToken('a=1'), { 'Content-Type': type }))).toBe('unsupported_media_type')
  })

  test('with a character that cannot be kept is refused beside its field', async () => {
    const error = await readPost(post(withToken('name=a%00b'))).catch((reason: unknown) => reason)
    expect(isDomainError(error, 'validation_failed') && error.extra.fields).toEqual({ name: [expect.any(String)] })
  })

  test('with a capitalised content type is read all the same', async () => {
    expect(await refusalOf(post(withToken('a=1'), { 'Content-Type': 'Application/X-WWW-Form-UrlEncoded' }))).toBe(
      'taken',
    )
  })

  test('that names a field twice is refused; lists end in []', async () => {
    expect(await refusalOf(post(withToken('id=1&id=2')))).toBe('validation_failed')
    expect((await readPost(post(withToken('id[]=1&id[]=2')))).values['id[]']).toBe('1\n2')
  })

  test('that is too large is refused, however many fields it is spread over', async () => {
    expect(await refusalOf(post(withToken(`a=${'x'.repeat(17_000)}`)))).toBe('payload_too_large')
    expect(await refusalOf(post(withToken(`a=${'x'.repeat(300_000)}`)))).toBe('payload_too_large')
    const many = Array.from({ length: 500 }, (_, index) => `f${index}=1`).join('&')
    expect(await refusalOf(post(withToken(many)))).toBe('payload_too_large')
  })

  test('cannot touch the prototype of what it is read into', async () => {
    const read = await readPost(post(withToken('__proto__=x&constructor=y')))
    expect(read.intent).toBe('default')
    expect(({} as Record<string, unknown>).x).toBeUndefined()
    expect(Object.getPrototypeOf(read.values)).toBeNull()
  })

  test('is never a GET, PUT or DELETE', async () => {
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect(await refusalOf(post(withToken('a=1'), {}, method))).toBe('method_not_allowed')
  })
})

describe('parse', () => {
  test('says a message for each wrong field', () => {
    const schema = z.object({ name: z.string().min(1, 'Your name?'), age: z.coerce.number('How old?') })
    expect(parse(schema, { name: 'Ada', age: '36' })).toEqual({ name: 'Ada', age: 36 })
    const error = (() => {
      try {
        return parse(schema, { name: '', age: 'x' })
      } catch (thrown) {
        return thrown
      }
    })()
    expect(isDomainError(error) && error.extra.fields).toEqual({ name: ['Your name?'], age: ['How old?'] })
  })
})

test("a page's query is read with one value a name, without what no text can hold", () => {
  const asked = new Request('http://localhost:5173/search?q=mu%00g&q=second&__proto__=x')
  expect(parseQuery(z.object({ q: z.string() }), asked)).toEqual({ q: 'mug' })
})

test('a page mark is read whole where other values are cut: the mark of a long foreign title leads on, not back', () => {
  const asked = new Request(`http://localhost:5173/search?q=${'q'.repeat(600)}&cursor=${'c'.repeat(940)}`)
  const read = parseQuery(z.object({ q: z.string(), cursor: z.string() }), asked)
  expect([read.q.length, read.cursor.length]).toEqual([500, 940])
})

describe('safeRedirect', () => {
  test('keeps a path of the shop with its query', () => {
    expect(safeRedirect('/p/mug?sku=MUG-SAGE#reviews', '/')).toBe('/p/mug?sku=MUG-SAGE#reviews')
  })

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    'evil',
    '',
    '/a\r\nSet-Cookie: x=1',
  ])('sends %j to the fallback', (to) => expect(safeRedirect(to, '/cart')).toBe('/cart'))

  test('never leaves the shop, whatever is asked', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom('/', '\\', '.', '@', ':', '?', '#', 'evil.example', 'http', '\t', '%5c', '%2f', '%0d%0a'),
        )
        .map((parts) => parts.join('')),
      fc.array(fc.constantFrom('/', '.', '..', '%2e', 'a', 'evil.example')).map((parts) => `/${parts.join('')}`),
    )
    fc.assert(
      fc.property(hostile, (to) => {
        const safe = safeRedirect(to, '/')
        expect(new URL(safe, 'https://shop.example').origin).toBe('https://shop.example')
      }),
      { numRuns: 20_000 },
    )
  })
})
