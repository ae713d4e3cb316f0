// Reviews: one each, moderated, and a rating that always is the sum of what is approved.
import { describe, expect, it } from 'vitest'
import { aProduct } from '../../test/factories.ts'
import { asRead, readVersion } from '../../test/read-version.ts'
import { expectProblem, expectStatus, get, post, stage, statementsOf } from '../../test/stage.ts'
import { db } from '../lib/db.ts'
import { newId } from '../lib/ids.ts'

stage()

const scope = 'reviews:write'
const write = (productId: string, more = {}) =>
  post(
    '/reviews',
    { productId, authorRef: newId(), authorName: 'Alice', rating: 5, title: 'Fine', body: 'Very fine.', ...more },
    scope,
  )
const moderate = async (id: string, status: string, words?: string, version?: string) => {
  const why = status === 'rejected' && { reason: 'other', words }
  return post(`/admin/reviews/${id}/moderate`, { status, version: version ?? (await readVersion(id)), ...why }, scope)
}
const rating = async (id: string) => (await get(`/catalog/products/${id}`)).body.rating
const approved = async (productId: string, stars: number, more = {}) => {
  const { body } = await write(productId, { rating: stars, ...more })
  expectStatus(await moderate(body.id, 'approved'), 200)
  return body
}

describe('a review', () => {
  it('waits unseen until it is approved, then counts', async () => {
    const { id } = await aProduct()
    const { body } = expectStatus(await write(id, { rating: 4, verifiedBuyer: true }), 201)
    expect(body).toMatchObject({ status: 'pending', verifiedBuyer: true, rating: 4 })
    expect((await get(`/reviews/product/${id}`)).body).toMatchObject({ items: [], total: 0 })
    expect(await rating(id)).toEqual({ average: null, count: 0 })
    await moderate(body.id, 'approved')
    expect((await get(`/reviews/product/${id}`)).body).toMatchObject({
      total: 1,
      items: [{ rating: 4, authorName: 'Alice' }],
    })
    expect(await rating(id)).toEqual({ average: 4, count: 1 })
  })

  it('shows nobody who wrote it beyond the name, nor what staff noted', async () => {
    const { id } = await aProduct()
    await approved(id, 5)
    const [item] = (await get(`/reviews/product/${id}`)).body.items
    expect(Object.keys(item).sort()).toEqual([
      'authorName',
      'body',
      'createdAt',
      'helpfulCount',
      'id',
      'rating',
      'reply',
      'title',
      'unhelpfulCount',
      'verifiedBuyer',
    ])
  })

  it('is one each: writing again replaces it and waits again', async () => {
    const { id } = await aProduct()
    const authorRef = newId()
    const first = await approved(id, 1, { authorRef })
    const second = expectStatus(await write(id, { authorRef, rating: 5 }), 200)
    expect(second.body).toMatchObject({ id: first.id, status: 'pending', rating: 5, rejection: null })
    expect(await rating(id)).toEqual({ average: null, count: 0 })
  })

  it('can be read again by its author, whatever became of it, and by no other', async () => {
    const { id } = await aProduct()
    const { body } = await write(id, { authorRef: 'user:7' })
    const own = (author: string) => get(`/reviews/product/${id}/by/${author}`, { scope: 'catalog:read' })
    expect(expectStatus(await own('user:7'), 200).body).toMatchObject({ id: body.id, status: 'pending' })
    await moderate(body.id, 'rejected', 'advertising')
    expect((await own('user:7')).body).toMatchObject({
      status: 'rejected',
      rejection: { reason: 'other', words: 'advertising' },
    })
    expect((await own('user:7')).body).not.toHaveProperty('moderationNote')
    for (const author of ['user:8', '%25', "'"]) expectProblem(await own(author), 'not_found', 404)
    expectProblem(await get(`/reviews/product/${id}/by/user:7`), 'unauthorized', 401)
  })

  it('may be decided anew; the rating follows each time', async () => {
    const { id } = await aProduct()
    await approved(id, 5)
    const other = await approved(id, 2)
    expect(await rating(id)).toEqual({ average: 3.5, count: 2 })
    expect((await moderate(other.id, 'rejected', 'spam')).body).toMatchObject({
      status: 'rejected',
      rejection: { reason: 'other', words: 'spam' },
    })
    expect(await rating(id)).toEqual({ average: 5, count: 1 })
    expect((await get(`/catalog/products/${id}`)).body.ratingHistogram).toEqual({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 1 })
  })

  it('counts right when twenty are approved at once', async () => {
    const { id } = await aProduct()
    const written = await Promise.all(Array.from({ length: 20 }, (_, n) => write(id, { rating: (n % 5) + 1 })))
    await Promise.all(written.map((answer) => moderate(answer.body.id, 'approved')))
    expect(await rating(id)).toEqual({ average: 3, count: 20 })
  })

  it('of a draft or of nothing is not taken', async () => {
    const { id } = await aProduct({ status: 'draft' })
    expectProblem(await write(id), 'not_found', 404)
    expectProblem(await write(newId()), 'not_found', 404)
    expectProblem(await get(`/reviews/product/${id}`), 'not_found', 404)
    expectProblem(await moderate(newId(), 'approved'), 'not_found', 404)
  })

  it.each([
    ['six stars', { rating: 6 }],
    ['half a star', { rating: 0.5 }],
    ['a title too long', { title: 'x'.repeat(121) }],
    ['a body too long', { body: 'x'.repeat(4001) }],
    ['control characters', { body: 'a\u0000b' }],
    ['a status', { rating: '5' }],
  ])('with %s is refused', async (_what, more) => {
    const { id } = await aProduct()
    expectProblem(await write(id, more), 'validation_failed', 422)
  })
})

describe('lists of reviews', () => {
  it('go newest first, page by page, by stars when asked', async () => {
    const { id, slug } = await aProduct()
    for (const stars of [1, 2, 3, 4, 5]) await approved(id, stars)
    const first = (await get(`/reviews/product/${slug}?limit=2`)).body
    const second = (await get(`/reviews/product/${id}?limit=2&cursor=${first.nextCursor}`)).body
    const third = (await get(`/reviews/product/${id}?limit=2&cursor=${second.nextCursor}`)).body
    expect([first, second, third].flatMap((page) => page.items.map((item: { rating: number }) => item.rating))).toEqual(
      [5, 4, 3, 2, 1],
    )
    expect(third.nextCursor).toBeNull()
    expect((await get(`/reviews/product/${id}?rating=4`)).body).toMatchObject({ total: 1, items: [{ rating: 4 }] })
    expect(await statementsOf(() => get(`/reviews/product/${id}?limit=1`))).toBe(3)
    expect(await statementsOf(() => get(`/reviews/product/${id}?limit=5`))).toBe(3)
  })

  it('for staff are the queue, oldest first, with the product', async () => {
    const { id, title } = await aProduct()
    await db()('reviews').update({ status: 'rejected' }).where({ status: 'pending' })
    for (const stars of [1, 2, 3]) await write(id, { rating: stars })
    const list = async (query: string) =>
      expectStatus(await get(`/admin/reviews?${query}`, { scope: 'catalog:read' }), 200).body
    const first = await list('limit=2')
    expect(first).toMatchObject({
      total: 3,
      items: [{ rating: 1, productTitle: title, status: 'pending' }, { rating: 2 }],
    })
    expect((await list(`limit=2&cursor=${first.nextCursor}`)).items).toMatchObject([{ rating: 3 }])
    expectProblem(await get('/admin/reviews'), 'unauthorized', 401)
    expectProblem(await get('/admin/reviews?status=all', { scope: 'catalog:read' }), 'validation_failed', 422)
  })

  it('refuse a page mark of a time that never was, to everybody and to staff', async () => {
    const { slug } = await aProduct()
    const mark = (o: string, k: string) =>
      Buffer.from(JSON.stringify({ o, k, id: newId(), d: 'next' })).toString('base64url')
    for (const time of ['9999-99-99T99:99:99.9Z', '2026-02-30T12:00:00.0Z', '0000-01-01T00:00:00.0Z']) {
      for (const sort of ['newest', 'helpful', 'highest', 'lowest'])
        expectProblem(
          await get(`/reviews/product/${slug}?sort=${sort}&cursor=${mark(`reviews.${sort}`, `1|${time}`)}`),
          'validation_failed',
          422,
        )
      const queue = `/admin/reviews?cursor=${mark('queue', time)}`
      expectProblem(await get(queue, { scope: 'catalog:read' }), 'validation_failed', 422)
    }
  })

  it('equal what the audit would count', async () => {
    const { rows } = await db().raw(`
      SELECT p.id FROM products p LEFT JOIN reviews r ON r.product_id = p.id AND r.status = 'approved'
      GROUP BY p.id HAVING p.rating_count <> count(r.id) OR p.rating_sum <> COALESCE(sum(r.rating), 0)`)
    expect(rows).toEqual([])
  })
})

describe('several reviews at once', () => {
  const decide = (body: unknown) => post('/admin/reviews/moderate', body, scope)

  it('are decided together; only what changed is told, and ratings follow', async () => {
    const [one, two] = [await aProduct(), await aProduct()]
    const ids: string[] = []
    for (const product of [one, one, two]) ids.push((await write(product.id, { rating: 3 })).body.id)
    await moderate(ids[0] ?? '', 'approved')
    const { body } = expectStatus(await decide({ reviews: await asRead(ids), status: 'approved', note: 'fine' }), 200)
    expect(body.changed.map((review: { id: string }) => review.id)).toEqual(ids.slice(1))
    expect(body.changed[0]).toMatchObject({ status: 'approved', productTitle: one.title, moderationNote: 'fine' })
    expect((await decide({ reviews: await asRead(ids), status: 'approved' })).body.changed).toEqual([])
    expect([await rating(one.id), await rating(two.id)]).toEqual([
      { average: 3, count: 2 },
      { average: 3, count: 1 },
    ])
    expectStatus(await decide({ reviews: await asRead(ids), status: 'rejected', reason: 'advertising' }), 200)
    expect(await rating(one.id)).toEqual({ average: null, count: 0 })
  })

  it('are not touched when one of them is not there, or the decision is none', async () => {
    const { id } = await aProduct()
    const { body } = await write(id)
    const reviews = await asRead([body.id])
    const [read] = reviews
    const missing = [...reviews, { ...read, id: newId() }]
    expectProblem(await decide({ reviews: missing, status: 'approved' }), 'not_found', 404)
    for (const wrong of [
      { reviews: [], status: 'approved' },
      { reviews: [{ ...read, id: '1' }], status: 'approved' },
      { reviews: [{ id: body.id }], status: 'approved' },
      { reviews: [{ id: body.id, version: 'now' }], status: 'approved' },
      { ids: [body.id], status: 'approved' },
      { reviews: Array.from({ length: 101 }, () => ({ ...read, id: newId() })), status: 'approved' },
      { reviews, status: 'pending' },
      { reviews, status: 'rejected' },
      { reviews, status: 'rejected', reason: 'I do not like it' },
      { reviews, status: 'rejected', reason: 'other', words: 'x'.repeat(501) },
      { reviews, status: 'approved', note: 'x'.repeat(501) },
      { reviews: read, status: 'approved' },
    ])
      expectProblem(await decide(wrong), 'validation_failed', 422)
    expect((await get(`/reviews/product/${id}`)).body.total).toBe(0)
  })

  it('are decided as they were read: what its author changed since stays in the queue', async () => {
    const { id } = await aProduct()
    const [edited, same] = [await write(id, { authorRef: 'edits', title: 'Kind' }), await write(id)]
    const ids: string[] = [edited.body.id, same.body.id]
    const reviews = await asRead(ids)
    await write(id, { authorRef: 'edits', title: 'Rude' })
    const { body } = expectStatus(await decide({ reviews, status: 'approved' }), 200)
    expect(body.stale).toEqual([ids[0]])
    expect(body.changed.map((review: { id: string }) => review.id)).toEqual([ids[1]])
    const waiting = (await get('/admin/reviews?q=Rude', { scope: 'catalog:read' })).body.items
    expect(waiting).toMatchObject([{ id: ids[0], status: 'pending' }])
    const old = reviews[0]?.version
    expectProblem(await moderate(ids[0] ?? '', 'approved', undefined, old), 'version_conflict', 409)
    expectProblem(await moderate(ids[0] ?? '', 'rejected', 'no', old), 'version_conflict', 409)
    expect(await rating(id)).toMatchObject({ count: 1 })
    expectStatus(await moderate(ids[0] ?? '', 'approved'), 200)
    expect((await decide({ reviews, status: 'approved' })).body).toEqual({ changed: [], stale: [] })
  })

  it('can be looked for by stars and words', async () => {
    const { id } = await aProduct({ title: 'Quux lantern' })
    await write(id, { rating: 2, title: 'Dim', body: 'It glows 100% weakly' })
    await write(id, { rating: 5 })
    const found = async (query: string) =>
      (await get(`/admin/reviews?${query}`, { scope: 'catalog:read' })).body.items.length
    expect([
      await found('q=quux'),
      await found('q=quux&rating=2'),
      await found('q=100%25'),
      await found('q=%25zz'),
    ]).toEqual([2, 1, 1, 0])
  })
})

it('needs the right scope to write and to moderate', async () => {
  const { id } = await aProduct()
  const body = { productId: id, authorRef: 'a', authorName: 'A', rating: 5, title: 't', body: 'b' }
  expectProblem(await post('/reviews', body), 'unauthorized', 401)
  expectProblem(await post('/reviews', body, 'catalog:write'), 'forbidden', 403)
  expectProblem(
    await post(`/admin/reviews/${id}/moderate`, { status: 'approved', version: '0'.repeat(20) }, 'catalog:read'),
    'forbidden',
    403,
  )
})
