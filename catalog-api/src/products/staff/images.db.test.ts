// Pictures: what may come in, how it goes out, and that nothing else on the machine can be read.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { aProduct } from '../../../test/factories.ts'
import { call, expectProblem, expectStatus, get, mediaDir, put, remove, stage } from '../../../test/stage.ts'
import { newId } from '../../lib/ids.ts'

stage()

const scope = 'catalog:write'
const picture = (width = 1600, height = 900, format: 'png' | 'jpeg' | 'webp' = 'png') =>
  sharp({ create: { width, height, channels: 3, background: { r: 150, g: 170, b: 150 } } })
    .toFormat(format)
    .toBuffer()

function upload(
  productId: string,
  bytes: Uint8Array,
  fields: Record<string, string> = { alt: 'A mug' },
  name = 'mug.png',
) {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(bytes)], name))
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  return call('POST', `/admin/products/${productId}/images`, { form, scope })
}

describe('uploading a picture', () => {
  it.each(['png', 'jpeg', 'webp'] as const)(
    'keeps a %s in three widths under the hash of its content',
    async (format) => {
      const { id, slug } = await aProduct()
      const { body } = expectStatus(await upload(id, await picture(1600, 900, format)), 201)
      expect(body).toMatchObject({
        key: expect.stringMatching(/^p-[0-9a-f]{32}$/),
        alt: 'A mug',
        width: 1200,
        height: 675,
        position: 0,
      })
      for (const width of body.widths) {
        const file = expectStatus(await get(`${body.src}-${width}.webp`), 200)
        expect(await sharp(file.body).metadata()).toMatchObject({ format: 'webp', width })
      }
      expect((await get(`/catalog/products/${slug}`)).body.image).toMatchObject({ src: body.src })
    },
  )

  it('keeps nothing of the original file: no place, no camera, upright', async () => {
    const { id } = await aProduct()
    const turned = await sharp(await picture(1600, 900, 'jpeg'))
      .withMetadata({ orientation: 6, exif: { IFD0: { Make: 'Spy' } } })
      .jpeg()
      .toBuffer()
    const { body } = expectStatus(await upload(id, turned), 201)
    expect(body.height).toBeGreaterThan(body.width)
    const { body: bytes } = await get(`${body.src}-320.webp`)
    expect(bytes.includes('Spy')).toBe(false)
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
  })

  it('does not make a small picture larger', async () => {
    const { id } = await aProduct()
    expect((await upload(id, await picture(400, 400))).body).toMatchObject({ width: 400, height: 400 })
  })

  it('leaves a script in a picture behind', async () => {
    const { id } = await aProduct()
    const polyglot = Buffer.concat([await picture(), Buffer.from('<script>alert(1)</script>')])
    const { body } = expectStatus(await upload(id, polyglot), 201)
    for (const width of body.widths)
      expect((await get(`${body.src}-${width}.webp`)).body.includes('<script>')).toBe(false)
  })

  it.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a page called .jpg', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['an empty file', Buffer.alloc(0)],
    ['a PNG that is none', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(200)])],
    ['half a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ])('refuses %s', async (_what, bytes) => {
    const { id } = await aProduct()
    const before = readdirSync(mediaDir).length
    expectProblem(await upload(id, bytes, { alt: 'x' }, 'x.jpg'), 'validation_failed', 422)
    expect(readdirSync(mediaDir)).toHaveLength(before)
  })

  it('refuses more than 40 megapixels, though the file is small', async () => {
    const { id } = await aProduct()
    const bomb = await sharp({ create: { width: 8000, height: 6000, channels: 3, background: 'white' } })
      .png({ compressionLevel: 9 })
      .toBuffer()
    expect(bomb.length).toBeLessThan(1_000_000)
    const answer = await upload(id, bomb)
    expectProblem(answer, 'validation_failed', 422)
    expect(answer.body.detail).toContain('40 megapixels')
  })

  it('refuses more than 5 MB, and stops reading beyond', async () => {
    const { id } = await aProduct()
    expectProblem(await upload(id, Buffer.alloc(5 * 1024 * 1024 + 1)), 'payload_too_large', 413)
    expectProblem(await upload(id, Buffer.alloc(8 * 1024 * 1024)), 'payload_too_large', 413)
  })

  it('wants words for those who cannot see it, and an option the product has', async () => {
    const { id } = await aProduct({
      options: [{ name: 'Colour', values: ['Sage'] }],
      variants: [{ sku: `IMG-${Date.now()}`, optionValues: { Colour: 'Sage' } }],
    })
    const bytes = await picture(40, 40)
    expectProblem(await upload(id, bytes, {}), 'validation_failed', 422)
    expectProblem(await upload(id, bytes, { alt: '  ' }), 'validation_failed', 422)
    expectProblem(await upload(id, bytes, { alt: 'x', optionName: 'Colour' }), 'validation_failed', 422)
    expectProblem(
      await upload(id, bytes, { alt: 'x', optionName: 'Colour', optionValue: 'Red' }),
      'validation_failed',
      422,
    )
    expect((await upload(id, bytes, { alt: 'x', optionName: 'Colour', optionValue: 'Sage' })).body).toMatchObject({
      optionValue: 'Sage',
    })
  })

  it('needs a product, a file and a form', async () => {
    expectProblem(await upload(newId(), await picture(40, 40)), 'not_found', 404)
    const { id } = await aProduct()
    const form = new FormData()
    form.set('alt', 'x')
    form.set('file', 'text')
    expectProblem(await call('POST', `/admin/products/${id}/images`, { form, scope }), 'validation_failed', 422)
    expectProblem(
      await call('POST', `/admin/products/${id}/images`, { json: {}, scope }),
      'unsupported_media_type',
      415,
    )
    const broken = { scope, headers: { 'content-type': 'multipart/form-data; boundary=x' }, json: '--y nonsense' }
    expect([400, 422]).toContain((await call('POST', `/admin/products/${id}/images`, broken)).status)
  })
})

describe('arranging pictures', () => {
  it('changes words and order, and takes a picture away without its files', async () => {
    const { id, slug } = await aProduct()
    const one = (await upload(id, await picture(60, 40))).body
    const two = (await upload(id, await picture(80, 40))).body
    expect(two.position).toBe(1)
    const url = `/admin/products/${id}/images/${one.id}`
    expect(expectStatus(await put(url, { alt: 'Changed', position: 5 }, scope), 200).body).toMatchObject({
      alt: 'Changed',
      position: 5,
    })
    expect((await get(`/catalog/products/${slug}`)).body).toMatchObject({
      image: { key: two.key },
      hoverImage: { key: one.key },
    })
    expectStatus(await remove(url, scope), 204)
    expectProblem(await remove(url, scope), 'not_found', 404)
    expectProblem(await put(url, { alt: 'x', position: 0 }, scope), 'not_found', 404)
    expectStatus(await get(`${one.src}-320.webp`), 200)
  })

  it('does not touch another product’s pictures', async () => {
    const [mine, other] = [await aProduct(), await aProduct()]
    const image = (await upload(mine.id, await picture(60, 40))).body
    expectProblem(await remove(`/admin/products/${other.id}/images/${image.id}`, scope), 'not_found', 404)
  })
})

describe('serving pictures', () => {
  it('gives a file for ever, as a picture and nothing else', async () => {
    mkdirSync(path.join(mediaDir, 'deep'), { recursive: true })
    writeFileSync(path.join(mediaDir, 'deep/mug-sage-640.webp'), await picture(640, 480, 'webp'))
    const { headers } = expectStatus(await get('/media/deep/mug-sage-640.webp'), 200)
    expect(headers.get('content-type')).toBe('image/webp')
    expect(headers.get('cache-control')).toContain('immutable')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain('sandbox')
  })

  it.each([
    '/media/../package.json',
    '/media/%2e%2e/%2e%2e/etc/passwd',
    '/media/..%2fsecret-320.webp',
    '/media/%252e%252e%252fsecret-320.webp',
    '/media/..%5csecret-320.webp',
    '/media/a%00-320.webp',
    '/media/.hidden-320.webp',
    '/media/deep/',
    '/media/deep',
    '/media//etc/passwd-320.webp',
    '/media/mug-sage-640.svg',
    '/media/mug-sage-0.webp',
    '/media/mug-sage-.webp',
    '/media/MUG-320.webp',
    `/media/${'a'.repeat(400)}-320.webp`,
    '/media/%E0%A4%A-320.webp',
  ])('%s finds nothing', async (url) => {
    writeFileSync(path.join(mediaDir, '../../secret-320.webp'), 'secret')
    const answer = await get(url)
    expectProblem(answer, 'not_found', 404)
  })
})
