import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { files } from './files.ts'

const build = mkdtempSync(path.join(tmpdir(), 'highstreet-files-'))
const put = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(build, name)), { recursive: true })
  writeFileSync(path.join(build, name), text)
}
put('server/index.js', 'the server')
put('client/index.js', 'outside assets')
put('client/.vite/manifest.json', 'the manifest')
put('client/assets/page-ABC.js', 'the page')
put('client/assets/page-ABC.js.br', 'the packed page')
put('client/assets/plain-ABC.js', 'only plain')
put('client/assets/.hidden', 'hidden')
put('client/assets/.git/config', 'hidden')
put('client/assets/page-ABC.js.map', 'the sources')
put('client/favicon.svg', '<svg/>')
afterAll(() => rmSync(build, { recursive: true, force: true }))

const shop = files(path.join(build, 'client'))
const get = (url: string, headers: Record<string, string> = {}) => shop.request(url, { headers })

describe('a file of the build', () => {
  test('with a content hash is kept for ever, others an hour', async () => {
    const page = await get('/assets/page-ABC.js')
    expect(await page.text()).toBe('the page')
    expect(page.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    expect(page.headers.get('Content-Type')).toMatch(/^text\/javascript/)
    expect((await get('/favicon.svg')).headers.get('Cache-Control')).toBe('public, max-age=3600')
  })

  test('is sent packed to whoever takes it, and caches are told', async () => {
    const packed = await get('/assets/page-ABC.js', { 'Accept-Encoding': 'gzip, br' })
    expect(await packed.text()).toBe('the packed page')
    expect(packed.headers.get('Content-Encoding')).toBe('br')
    expect(packed.headers.get('Vary')).toBe('Accept-Encoding')
    const refused = await get('/assets/page-ABC.js', { 'Accept-Encoding': 'br;q=0' })
    expect(await refused.text()).toBe('the page')
    expect((await get('/assets/plain-ABC.js', { 'Accept-Encoding': 'br' })).headers.get('Content-Encoding')).toBeNull()
  })

  test('that is not there is a 404 and never kept', async () => {
    const gone = await get('/assets/page-OLD.js')
    expect(gone.status).toBe(404)
    expect(gone.headers.get('Cache-Control')).toBeNull()
    expect((await get('/assets/')).status).toBe(404)
  })

  test.each([
    '/assets/../index.js',
    '/assets/%2e%2e/index.js',
    '/assets/%2E%2E/%2e%2e/server/index.js',
    '/assets/%252e%252e/index.js',
    '/assets/..%2findex.js',
    '/assets/..%252findex.js',
    '/assets/..%5cindex.js',
    '/assets/..\\index.js',
    '/assets/%2e%2e%5c%2e%2e%5cserver%5cindex.js',
    '/assets/%c0%ae%c0%ae/index.js',
    '/assets/page-ABC.js%00.css',
    '/assets/%00',
    '/assets//page-ABC.js',
    '/assets/./../index.js',
    '/assets/%E0%A4%A',
    '/assets/.hidden',
    '/assets/%2ehidden',
    '/assets/.git/config',
    '/assets/page-ABC.js.map',
    '/index.js',
    '/.vite/manifest.json',
    '/server/index.js',
    '/robots.txt/../index.js',
  ])('is not reached by way of %s', async (url) => {
    const answer = await get(url)
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toMatch(/server|outside|hidden|manifest|sources|highstreet/)
  })

  test('is only read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await shop.request('/assets/page-ABC.js', { method })).status).toBe(404)
  })
})
