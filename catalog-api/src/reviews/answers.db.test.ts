// What people do with reviews: sort them, call them helpful, report them, reply to them, delete their own, and leave.
import { describe, expect, it } from 'vitest'
import { aProduct } from '../../test/factories.ts'
import { asRead } from '../../test/read-version.ts'
import { expectProblem, expectStatus, get, post, put, remove, rowsOf, stage, statementsOf } from '../../test/stage.ts'
import { brokenConstraint, db } from '../lib/db.ts'
import { newId } from '../lib/ids.ts'

stage()

const scope = 'reviews:write'
const read = { scope: 'catalog:read' }
type Given = { productId: string; authorRef?: string; rating?: number; [more: string]: unknown }
const write = async (given: Given) =>
  (await post('/reviews', { authorRef: newId(), authorName: 'Al', rating: 5, title: 'T', body: 'B', ...given }, scope))
    .body
const decide = async (ids: string[], status: string, more = {}) => {
  const why = status === 'rejected' && { reason: 'other' }
  return post('/admin/reviews/moderate', { reviews: await asRead(ids), status, ...why, ...more }, scope)
}
const published = async (given: Given) => {
  const review = await write(given)
  expectStatus(await decide([review.id], 'approved'), 200)
  return review
}
const listed = async (productId: string, query = '') => (await get(`/reviews/product/${productId}?${query}`)).body
const vote = (id: string, voterRef: string, helpful: boolean | null, formerRef?: string) =>
  post(`/reviews/${id}/vote`, { voterRef, helpful, formerRef }, scope)
const report = (id: string, reporterRef: string, reason = 'offensive', words = '') =>
  post(`/reviews/${id}/report`, { reporterRef, reason, words }, scope)
const queue = async (query: string) => (await get(`/admin/reviews?${query}`, read)).body
const ratingOf = async (productId: string) => (await get(`/catalog/products/${productId}`)).body.rating

/** Products whose rating is not that of their reviews, and reviews whose counts are not those of their votes and reports. */
const wrongCounts = async () =>
  (
    await db().raw(`
      SELECT p.id FROM products p LEFT JOIN reviews r ON r.product_id = p.id AND r.status = 'approved'
      GROUP BY p.id HAVING p.rating_count <> count(r.id) OR p.rating_sum <> COALESCE(sum(r.rating), 0)
      UNION ALL
      SELECT r.id FROM reviews r WHERE r.helpful_count <> (SELECT count(*) FROM review_votes v WHERE v.review_id = r.id AND helpful)
        OR r.unhelpful_count <> (SELECT count(*) FROM review_votes v WHERE v.review_id = r.id AND NOT helpful)
        OR r.report_count <> (SELECT count(*) FROM review_reports o WHERE o.review_id = r.id AND handled_at IS NULL)`)
  ).rows

describe('a list of reviews', () => {
  it('can be sorted in four ways, page by page without doubles, with as many statements for many as for one', async () => {
    const { id: productId } = await aProduct()
    const reviews: { id: string }[] = []
    for (const rating of [3, 5, 1, 5, 2, 4]) reviews.push(await published({ productId, rating }))
    const at = (index: number): string => reviews[index]?.id ?? ''
    for (const [index, yes, no] of [
      [2, 3, 0],
      [0, 2, 1],
      [4, 0, 2],
    ] as const) {
      for (let n = 0; n < yes; n++) await vote(at(index), newId(), true)
      for (let n = 0; n < no; n++) await vote(at(index), newId(), false)
    }
    const walk = async (sort: string, more = '') => {
      const ids: string[] = []
      for (let cursor = ''; ; ) {
        const page = await listed(productId, `sort=${sort}&limit=2${more}${cursor}`)
        ids.push(...page.items.map((item: { id: string }) => item.id))
        if (!page.nextCursor) return ids.map((id) => reviews.findIndex((review) => review.id === id))
        cursor = `&cursor=${page.nextCursor}`
      }
    }
    expect(await walk('newest')).toEqual([5, 4, 3, 2, 1, 0])
    expect(await walk('helpful')).toEqual([2, 0, 5, 3, 1, 4])
    expect(await walk('highest')).toEqual([3, 1, 5, 0, 4, 2])
    expect(await walk('lowest')).toEqual([2, 4, 0, 5, 3, 1])
    expect(await walk('helpful', '&rating=5')).toEqual([3, 1])
    for (const sort of ['newest', 'helpful', 'highest', 'lowest'])
      for (const limit of [1, 50])
        expect(await statementsOf(() => get(`/reviews/product/${productId}?sort=${sort}&limit=${limit}`))).toBe(3)
    const { nextCursor } = await listed(productId, 'sort=helpful&limit=1')
    for (const wrong of [
      'sort=best',
      'sort=',
      'rating=6',
      `sort=newest&cursor=${nextCursor}`,
      `cursor=${Buffer.from(JSON.stringify({ o: 'reviews.newest', k: "0|'; --", id: newId(), d: 'next' })).toString('base64url')}`,
    ])
      expectProblem(await get(`/reviews/product/${productId}?${wrong}`), 'validation_failed', 422)
  })
})

describe('a helpful vote', () => {
  it('is one each, changed and taken back at will; the counts on the review follow', async () => {
    const { id: productId } = await aProduct()
    const review = await published({ productId, authorRef: 'user:alice' })
    expect((await vote(review.id, 'user:bob', true)).body).toEqual({ helpfulCount: 1, unhelpfulCount: 0 })
    await vote(review.id, 'user:bob', true)
    expect((await vote(review.id, 'user:carla', false)).body).toEqual({ helpfulCount: 1, unhelpfulCount: 1 })
    expect((await vote(review.id, 'user:bob', false)).body).toEqual({ helpfulCount: 0, unhelpfulCount: 2 })
    const mine = `/reviews/votes?voter=user:bob&reviews=${review.id},${newId()}`
    expect((await get(mine, read)).body.items).toEqual([{ reviewId: review.id, helpful: false }])
    expect((await vote(review.id, 'user:bob', null)).body).toEqual({ helpfulCount: 0, unhelpfulCount: 1 })
    expect((await get(mine, read)).body.items).toEqual([])
    expect((await listed(productId)).items[0]).toMatchObject({ helpfulCount: 0, unhelpfulCount: 1 })
  })

  it('of twenty people at once is counted twenty times', async () => {
    const { id: productId } = await aProduct()
    const { id } = await published({ productId })
    await Promise.all(Array.from({ length: 20 }, (_, n) => vote(id, `many:${n}`, n % 4 > 0)))
    expect((await listed(productId)).items[0]).toMatchObject({ helpfulCount: 15, unhelpfulCount: 5 })
    await Promise.all(Array.from({ length: 20 }, () => vote(id, 'many:0', true)))
    expect((await listed(productId)).items[0]).toMatchObject({ helpfulCount: 16, unhelpfulCount: 4 })
  })

  it('is refused on one’s own review, also one written before having an account, and the database agrees', async () => {
    const { id: productId } = await aProduct()
    const review = await published({ productId, authorRef: 'mailbox:alice' })
    expectProblem(await vote(review.id, 'mailbox:alice', true), 'conflict', 409)
    expectProblem(await vote(review.id, 'user:alice', true, 'mailbox:alice'), 'conflict', 409)
    const plant = (row: Record<string, unknown>) =>
      db()('review_votes')
        .insert({ reviewId: review.id, helpful: true, ...row })
        .catch((error: unknown) => brokenConstraint(error))
    expect(await plant({ authorRef: 'mailbox:alice', voterRef: 'mailbox:alice' })).toBe('review_votes_not_on_ones_own')
    expect(await plant({ authorRef: 'somebody', voterRef: 'mailbox:alice' })).toBe('review_votes_of_a_review')
    expect(await rowsOf('review_votes', { reviewId: review.id })).toEqual([])
  })

  it('needs a published review and a whole vote', async () => {
    const { id: productId } = await aProduct()
    const review = await write({ productId })
    expectProblem(await vote(review.id, 'user:bob', true), 'not_found', 404)
    expectProblem(await vote(newId(), 'user:bob', true), 'not_found', 404)
    await decide([review.id], 'approved')
    for (const wrong of [{}, { voterRef: 'b' }, { voterRef: '', helpful: true }, { voterRef: 'b', helpful: 'yes' }])
      expectProblem(await post(`/reviews/${review.id}/vote`, wrong, scope), 'validation_failed', 422)
    expectProblem(await post(`/reviews/${review.id}/vote`, { voterRef: 'b', helpful: true }), 'unauthorized', 401)
    for (const wrong of ['voter=b', 'reviews=1&voter=b', `reviews=${newId()}`, `voter=&reviews=${newId()}`])
      expectProblem(await get(`/reviews/votes?${wrong}`, read), 'validation_failed', 422)
  })
})

describe('a report', () => {
  it('shows the review to staff until they decide; once each, and no second one after the decision', async () => {
    const { id: productId, title } = await aProduct()
    const review = await published({ productId })
    expect((await report(review.id, 'user:bob', 'private', 'My telephone number')).body).toEqual({ created: true })
    expect((await report(review.id, 'user:bob', 'other')).body).toEqual({ created: false })
    await report(review.id, 'network:1')
    const { items, total } = await queue('status=reported')
    expect({ total, items }).toMatchObject({
      total: 1,
      items: [{ productTitle: title, reportCount: 2, reports: [{ reason: 'private' }, { reason: 'offensive' }] }],
    })
    expect((await get('/admin/work', read)).body.reviewsReported).toBe(1)
    expect((await decide([review.id], 'approved')).body.changed).toMatchObject([{ status: 'approved', reportCount: 0 }])
    expect((await queue('status=reported')).total).toBe(0)
    expect((await report(review.id, 'user:bob')).body).toEqual({ created: false })
    expect((await listed(productId)).total).toBe(1)
    expect((await decide([review.id], 'approved')).body.changed).toEqual([])
  })

  it('needs a published review and a known reason', async () => {
    const { id: productId } = await aProduct()
    const review = await write({ productId })
    expectProblem(await report(review.id, 'user:bob'), 'not_found', 404)
    await decide([review.id], 'approved')
    expectProblem(await report(review.id, 'user:bob', 'boring'), 'validation_failed', 422)
    expectProblem(await report(review.id, '', 'other'), 'validation_failed', 422)
    expectProblem(await report(review.id, 'user:bob', 'other', 'x'.repeat(501)), 'validation_failed', 422)
    expect((await queue('status=reported')).total).toBe(0)
  })
})

describe('the shop’s reply', () => {
  const reply = (id: string, text: unknown) => put(`/admin/reviews/${id}/reply`, { text }, scope)

  it('stands under the review, is changed and taken away, and only staff’s token may', async () => {
    const { id: productId } = await aProduct()
    const review = await published({ productId })
    const { body: first } = expectStatus(await reply(review.id, ' Thank you. '), 200)
    expect(first.reply.text).toBe('Thank you.')
    const { body: second } = expectStatus(await reply(review.id, 'Thanks!'), 200)
    expect(second.reply).toEqual({ text: 'Thanks!', at: first.reply.at })
    expect((await listed(productId)).items[0].reply.text).toBe('Thanks!')
    for (const wrong of ['', ' ', 'x'.repeat(2001), null, 7, 'a\u0000b'])
      expectProblem(await reply(review.id, wrong), 'validation_failed', 422)
    expectProblem(await put(`/admin/reviews/${review.id}/reply`, { text: 'x' }, 'catalog:write'), 'forbidden', 403)
    for (let n = 0; n < 2; n++) expect((await remove(`/admin/reviews/${review.id}/reply`, scope)).body.reply).toBeNull()
    expectProblem(await reply(newId(), 'Hello'), 'not_found', 404)
    expectProblem(await reply((await write({ productId })).id, 'Hello'), 'conflict', 409)
  })
})

describe('publishing buyers at once', () => {
  it('does so, but never for whom staff rejected until they approve something again, nor for what is reported', async () => {
    const [one, two, three] = [await aProduct(), await aProduct(), await aProduct()]
    const at = (product: { id: string }, body: string) =>
      write({ productId: product.id, authorRef: 'user:carla', publish: true, body })
    const first = await at(one, 'Fine')
    expect(first.status).toBe('approved')
    expect(await ratingOf(one.id)).toEqual({ average: 5, count: 1 })
    await decide([first.id], 'rejected', { words: 'Please without the address.' })
    expect(await ratingOf(one.id)).toEqual({ average: null, count: 0 })
    expect((await at(one, 'Fine again')).status).toBe('pending')
    expect((await at(one, 'And again')).status).toBe('pending')
    expectStatus(await remove(`/reviews/product/${one.id}/by/user:carla`, scope), 204)
    expect((await at(one, 'From the start')).status).toBe('pending')
    const second = await at(two, 'Fine')
    expect(second.status).toBe('pending')
    await decide([second.id], 'approved')
    const third = await at(three, 'Fine')
    expect(third.status).toBe('approved')
    await report(third.id, 'user:bob')
    expect((await at(three, 'Fine, and mended')).status).toBe('pending')
  })
})

describe('one’s own review', () => {
  it('stays as it is when the same words come twice, and is deleted with its votes and reports', async () => {
    const { id: productId } = await aProduct()
    const mine = { productId, authorRef: 'user:dora', rating: 2 }
    const review = await published(mine)
    await vote(review.id, 'user:bob', true)
    await report(review.id, 'user:bob')
    expect(await write(mine)).toMatchObject({ id: review.id, status: 'approved' })
    const own = `/reviews/product/${productId}/by/user:dora`
    expectProblem(await remove(own, 'catalog:read'), 'forbidden', 403)
    expectProblem(await remove(`/reviews/product/${productId}/by/user:bob`, scope), 'not_found', 404)
    expectStatus(await remove(own, scope), 204)
    expectProblem(await remove(own, scope), 'not_found', 404)
    expect(await ratingOf(productId)).toEqual({ average: null, count: 0 })
    expect([
      ...(await rowsOf('review_votes', { reviewId: review.id })),
      ...(await rowsOf('review_reports', { reviewId: review.id })),
    ]).toEqual([])
  })

  it('may be stars alone', async () => {
    const { id: productId } = await aProduct()
    const review = await published({ productId, title: '', body: ' ', rating: 4 })
    expect((await listed(productId)).items).toMatchObject([{ id: review.id, title: '', body: '', rating: 4 }])
  })

  it('written before having an account becomes the account’s: one each, also then', async () => {
    const [one, two] = [await aProduct(), await aProduct()]
    const asGuest = await published({ productId: one.id, authorRef: 'mailbox:eve' })
    await vote(asGuest.id, 'user:eve', true)
    const own = `/reviews/product/${one.id}/by/user:eve?former=mailbox:eve`
    expect((await get(own, read)).body.id).toBe(asGuest.id)
    const known = { authorRef: 'user:eve', formerRef: 'mailbox:eve' }
    const again = await write({ productId: one.id, ...known, rating: 1 })
    expect([again.id, again.helpfulCount]).toEqual([asGuest.id, 0])
    await published({ productId: two.id, authorRef: 'user:eve' })
    await published({ productId: two.id, authorRef: 'mailbox:eve' })
    await write({ productId: two.id, ...known, rating: 3 })
    expect(await rowsOf('reviews', { productId: two.id })).toMatchObject([{ authorRef: 'user:eve', rating: 3 }])
  })
})

describe('a person', () => {
  it('takes along what they wrote, and leaves: what they said stays under no name', async () => {
    const [one, two, three] = [await aProduct(), await aProduct(), await aProduct()]
    const author = { authorRef: 'user:finn', authorName: 'Finn F.' }
    const shown = await published({ productId: one.id, ...author, rating: 4 })
    await published({ productId: two.id, authorRef: 'mailbox:finn', authorName: 'Finn F.' })
    const refused = await write({ productId: three.id, ...author })
    await decide([refused.id], 'rejected')
    const other = await published({ productId: one.id })
    await vote(other.id, 'user:finn', true)
    await report(other.id, 'user:finn', 'untrue', 'I was there')
    const data = async () => (await get('/reviews/by/user:finn?former=mailbox:finn', read)).body
    const before = await data()
    expect(before.reviews).toHaveLength(3)
    expect(before).toMatchObject({
      votes: [{ productTitle: one.title, helpful: true }],
      reports: [{ words: 'I was there' }],
    })
    expect(JSON.stringify(before)).not.toMatch(/moderationNote|authorRef/)
    const forget = () => post('/reviews/forget', { ref: 'user:finn', formerRef: 'mailbox:finn' }, scope)
    expect((await forget()).body).toEqual({ reviews: 2 })
    expect((await forget()).body).toEqual({ reviews: 0 })
    expect(await data()).toEqual({ reviews: [], votes: [], reports: [] })
    const left = (await listed(one.id)).items.find((item: { id: string }) => item.id === shown.id)
    expect(left).toMatchObject({ authorName: 'A customer', rating: 4 })
    expect(JSON.stringify(await rowsOf('reviews', { productId: one.id }))).not.toMatch(/finn/i)
    expect((await listed(one.id)).items.find((item: { id: string }) => item.id === other.id).helpfulCount).toBe(1)
    expectProblem(await post('/reviews/forget', { ref: '' }, scope), 'validation_failed', 422)
    expectProblem(await get('/reviews/by/user:finn'), 'unauthorized', 401)
  })
})

describe('ratings and counts', () => {
  it('hold when twelve people write, change, delete, vote, report and are moderated over three products at once', async () => {
    const products = [await aProduct(), await aProduct(), await aProduct()].map(({ id }) => id)
    const busy = async (person: number) => {
      for (let step = 0; step < 8; step++) {
        const productId = products[(person + step) % 3] ?? ''
        const authorRef = `crowd:${person}`
        const dice = (person * 7 + step * 5) % 8
        const [some] = await db()('reviews')
          .whereIn('productId', products)
          .orderByRaw('md5(id::text || ?)', [`${person}.${step}`])
          .limit(1)
        const act = async () => {
          if (dice < 3 || !some)
            return write({ productId, authorRef, rating: ((person + step) % 5) + 1, publish: dice === 0 })
          if (dice === 3) return remove(`/reviews/product/${productId}/by/${authorRef}`, scope)
          if (dice === 4) return vote(some.id, `voter:${person}`, step % 2 === 0)
          if (dice === 5) return report(some.id, `voter:${person}`)
          const all: { id: string }[] = await db()('reviews').whereIn('productId', products).select('id')
          return decide(all.map(({ id }) => id).reverse(), dice === 6 ? 'approved' : 'rejected')
        }
        expect([500, 503]).not.toContain((await act()).status)
      }
    }
    await Promise.all(Array.from({ length: 12 }, (_, person) => busy(person)))
    expect((await rowsOf('reviews', {})).length).toBeGreaterThan(5)
    expect(await wrongCounts()).toEqual([])
  })

  it('of the queue cost as many statements for many reported reviews as for one', async () => {
    const { id: productId } = await aProduct()
    for (let n = 0; n < 8; n++) {
      const review = await published({ productId })
      for (let who = 0; who < 3; who++) await report(review.id, `r:${who}`)
    }
    const page = await queue('status=reported&limit=50')
    expect(page.items.filter((item: { reportCount: number }) => item.reportCount === 3)).toHaveLength(8)
    for (const limit of [1, 50])
      expect(await statementsOf(() => get(`/admin/reviews?status=reported&limit=${limit}`, read))).toBe(2)
    expect(await wrongCounts()).toEqual([])
  })
})
