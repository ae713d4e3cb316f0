// What a browser looked at: who is remembered, who is not, and what a cookie may hold.
import '../../test/settings.ts'
import { expect, test } from 'vitest'
import { forgetViewed, readViewed, rememberViewed } from './recently-viewed.server.ts'

const id = (number: number) => `0199a3c2-0000-7000-8000-${String(number).padStart(12, '0')}`
const person = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1'

function look(product: string, cookie = '', headers: Record<string, string> = {}, method = 'GET'): string[] {
  const set: string[] = []
  const request = new Request('http://shop.test/p/mug', {
    method,
    headers: { 'User-Agent': person, Cookie: cookie, ...headers },
  })
  rememberViewed({ request, context: { setCookie: (header: string) => set.push(header) } } as never, product)
  return set
}
const reading = (cookie: string) => readViewed(new Request('http://shop.test/', { headers: { Cookie: cookie } }))
const pair = (header = '') => header.split(';')[0] ?? ''

test('the newest comes first, nothing stands there twice, and the ninth pushes the oldest out', () => {
  let cookie = ''
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 3, 9]) cookie = pair(look(id(number), cookie)[0])
  expect(reading(cookie)).toEqual([9, 3, 8, 7, 6, 5, 4, 2].map(id))
  expect(look(id(9), cookie)).toEqual([])
})

test('the cookie is for this shop’s pages alone, lives thirty days and names nobody', () => {
  const [header = ''] = look(id(1))
  expect(header).toBe(`hs_viewed=${id(1)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000`)
  const forgotten: string[] = []
  forgetViewed({ setCookie: (line) => forgotten.push(line) })
  expect(forgotten).toEqual([expect.stringContaining('hs_viewed=; ')])
  expect(forgotten[0]).toContain('Max-Age=0')
})

test.each([
  ['a crawler', { 'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }],
  ['a link preview', { 'User-Agent': 'facebookexternalhit/1.1' }],
  ['a program without a name', { 'User-Agent': '' }],
  ['a page fetched ahead', { 'Sec-Purpose': 'prefetch' }],
  ['a person who asks not to be followed', { 'Sec-GPC': '1' }],
])('nothing is remembered of %s', (_who, headers) => {
  expect(look(id(1), '', headers)).toEqual([])
})

test('posting a review is no looking', () => {
  expect(look(id(1), '', {}, 'POST')).toEqual([])
})

test.each([
  ['text', 'hs_viewed=mug'],
  ['a quote', `hs_viewed=${id(1)}';--`],
  ['one id too many', `hs_viewed=${Array.from({ length: 9 }, (_, at) => id(at)).join('.')}`],
  ['a half id', `hs_viewed=${id(1)}.${id(2).slice(1)}`],
  ['a cookie sent twice', `hs_viewed=${id(1)}; hs_viewed=${id(2)}`],
  ['nothing', ''],
])('a cookie that holds %s counts as none, and the next look begins anew', (_what, cookie) => {
  expect(reading(cookie)).toEqual([])
  expect(pair(look(id(5), cookie)[0])).toBe(`hs_viewed=${id(5)}`)
})
