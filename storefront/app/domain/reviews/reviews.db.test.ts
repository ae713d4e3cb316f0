// Reviews from end to end against the real catalog-api: writing, voting, reporting, moderating, replying, being asked by mail,
// taking along and leaving. What is refused changes nothing.
import '../../../test/real-catalogue.ts'

import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { listReviews } from '#app/domain/catalog/reviews.server.ts'
import { resetTransport } from '#app/domain/catalog/transport.server.ts'
import { forgetShopper } from '#app/domain/checkout/forget-shopper.server.ts'
import { deliverOrder } from '#app/domain/orders/deliver.server.ts'
import { hasBought } from '#app/domain/orders/has-bought.server.ts'
import { shipOrder } from '#app/domain/orders/ship.server.ts'
import { setKindAllowed, wisherOf } from '#app/domain/outbox/preferences.server.ts'
import { requestReturn } from '#app/domain/returns/request.server.ts'
import { env } from '#app/env.server.ts'
import { addSeconds, by } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { armFailpoint } from '#app/lib/failpoints.ts'
import { newId, newToken } from '#app/lib/ids.ts'
import * as myData from '#app/routes/account/my-data.tsx'
import * as privacy from '#app/routes/account/privacy.tsx'
import * as adminReview from '#app/routes/admin/review.tsx'
import * as adminReviews from '#app/routes/admin/reviews.tsx'
import * as productPage from '#app/routes/shop/product.tsx'
import * as byMail from '#app/routes/shop/review-by-mail.tsx'
import * as reviewsPage from '#app/routes/shop/reviews.tsx'
import { aCaller, call } from '../../../test/api-client.ts'
import { asRead } from '../../../test/as-read.ts'
import { Browser } from '../../../test/browser.ts'
import { logIn } from '../../../test/log-in.ts'
import { onShelf, theWarehouse } from '../../../test/pickup.ts'
import { inCatalogue } from '../../../test/real-catalogue.ts'
import { aPaidOrder, guest, openForBusiness } from '../../../test/shopping.ts'
import { statementsOf } from '../../../test/statements.ts'
import { hashPassword } from '../identity/hashing.server.ts'
import { requestReviews } from './request-reviews.server.ts'
import { linkDays, readReviewToken, reviewUrl } from './review-link.server.ts'
import { shownName } from './reviewer.server.ts'

type Variant = Awaited<ReturnType<typeof onShelf>>
type Refused = { problem: { code: string; fields: Record<string, string[]>; values: Record<string, string> } }
const problemIn = ({ data }: { data: unknown }) => (data as Refused).problem

let ada: Browser

async function aUser(name = 'Alice Maria Martin', role = 'customer') {
  const id = newId()
  const email = `${id}@example.com`
  await db()('users').insert({ id, email, name, role, emailVerifiedAt: new Date() })
  return { id, email, browser: await logIn(id) }
}

beforeAll(async () => {
  ada = (await aUser('Ada', 'owner')).browser
})
beforeEach(async () => {
  await openForBusiness()
  await db()('rate_limits').delete()
  await db()('review_settings').update({ publishBuyers: false })
})

const aVariant = async () => onShelf(await theWarehouse(), 10)

/** An order of these things that has arrived. */
async function anArrived(variant: Variant, given: { userId?: string; quantity?: number } = {}) {
  const order = await aPaidOrder({ variant, ...given })
  const address = `${order.id}@example.com`
  if (!given.userId) await db()('orders').where({ id: order.id }).update({ email: address })
  await shipOrder({ orderId: order.id, parcelNo: 1, carrier: null, trackingNumber: null, trackingUrl: null }, guest())
  await deliverOrder({ orderId: order.id }, guest())
  return { ...order, email: address }
}
const makeDue = () => db()('orders').whereNotNull('reviewRequestAt').update({ reviewRequestAt: db().fn.now() })
const askedAbout = (orderId: string) => db()('outbox').where({ topic: 'review.requested', orderId })
/** Where the mail about `orderId` leads, for its first product. */
const linkOf = async (orderId: string): Promise<string> => {
  const [row] = await askedAbout(orderId)
  const url = new URL(row.payload.items[0].url)
  return url.pathname + url.search
}

const reviewOf = (variant: Variant) => {
  const params = { params: { slug: variant.productSlug } }
  const at = `/p/${variant.productSlug}/reviews`
  const good = { intent: 'review', rating: '4', title: 'Sturdy', body: 'It does what it should.' }
  const post = (browser: Browser, fields: Record<string, string>) => browser.post(reviewsPage, at, fields, params)
  return {
    write: (browser: Browser, fields: Record<string, string> = {}) => post(browser, { ...good, ...fields }),
    post,
    see: (browser: Browser, query = '') => browser.get(reviewsPage, at + query, { slug: variant.productSlug }),
    rows: () => inCatalogue('SELECT * FROM reviews WHERE product_id = $1 ORDER BY created_at', [variant.productId]),
  }
}
const decide = async (intent: 'approve' | 'reject', id: string, fields: Record<string, string> = {}) =>
  ada.post(adminReviews, '/admin/reviews', { intent, 'ids[]': await asRead([id]), ...fields })
const replyTo = (id: string, intent: string, text = '') =>
  ada.post(adminReview, `/admin/reviews/${id}`, { intent, text }, { params: { id } })
const mailsTo = (email: string) => db()('outbox').whereRaw("payload ->> 'email' = ?", [email]).orderBy('createdAt')
const linesAbout = (subject: string) => db()('audit_log').where({ subject }).orderBy('seq')

describe('a shopper’s review', () => {
  test('is one each, marked where an order says so, read by staff, explained when rejected, changed and deleted', async () => {
    const variant = await aVariant()
    const { write, post, see, rows } = reviewOf(variant)
    const { id, email, browser } = await aUser()
    expect((await write(browser)).location).toBe(`/p/${variant.productSlug}#reviews`)
    expect(await rows()).toMatchObject([{ author_ref: id, author_name: 'Alice M.', verified_buyer: false }])
    await aPaidOrder({ variant, userId: id, quantity: 1 })
    await write(browser, { title: 'Still sturdy' })
    const [review] = await rows()
    expect(review).toMatchObject({ title: 'Still sturdy', verified_buyer: true, status: 'pending' })
    const reasonless = await decide('reject', review?.id, { words: 'No.' })
    expect([reasonless.status, problemIn(reasonless).fields.reason?.[0]]).toEqual([
      422,
      expect.stringContaining('reason'),
    ])
    await decide('reject', review?.id, {
      reason: 'private',
      words: 'Please without the number.',
      note: 'knows the law',
    })
    const told = { reason: 'It tells something private: a name, an address, an order. Please without the number.' }
    expect(await mailsTo(email)).toMatchObject([{ topic: 'review.rejected', payload: told }])
    const { data } = await see(browser)
    expect(data).toMatchObject({ mine: { status: 'rejected', rejection: { reason: 'private' } }, page: { total: 0 } })
    expect(JSON.stringify(data)).not.toContain('knows the law')
    await write(browser, { title: 'Without it' })
    const boxes = { 'ids[]': await asRead([review?.id]) }
    await write(browser, { title: 'Without it, now' })
    const edited = await ada.post(adminReviews, '/admin/reviews', { intent: 'approve', ...boxes })
    expect(await ada.told()).toMatchObject({
      kind: 'warn',
      text: expect.stringMatching(/^1 review changed since you read/),
    })
    expect(edited.status).toBe(303)
    expect(await rows()).toMatchObject([{ status: 'pending', title: 'Without it, now' }])
    await decide('approve', review?.id)
    await decide('approve', review?.id)
    expect((await mailsTo(email)).map(({ topic }) => topic)).toEqual(['review.rejected', 'review.approved'])
    expect((await see(new Browser())).data).toMatchObject({ page: { total: 1, items: [{ title: 'Without it, now' }] } })
    expect((await post(browser, { intent: 'remove' })).location).toBe(`/p/${variant.productSlug}#reviews`)
    expect(problemIn(await post(browser, { intent: 'remove' })).code).toBe('not_found')
    expect(await rows()).toEqual([])
  })

  test('is written, changed, read, voted on, reported and deleted over the API, by the same rules', async () => {
    const variant = await aVariant()
    const { rows } = reviewOf(variant)
    const [alice, bob] = [await aCaller(), await aCaller()]
    const own = `/products/${variant.productSlug}/review`
    const json = { rating: 4, title: 'Sturdy', body: 'It does what it should.' }
    expect((await call('GET', own, { token: alice.token })).body.code).toBe('not_found')
    await call('PUT', own, { token: alice.token, json })
    const { status, body } = await call('PUT', own, { token: alice.token, json: { ...json, rating: 5 } })
    expect([status, body]).toMatchObject([
      200,
      { rating: 5, status: 'pending', verifiedBuyer: false, authorName: 'Carla B.' },
    ])
    expect(await rows()).toMatchObject([{ author_ref: alice.id, rating: 5 }])
    expect((await call('GET', `/products/${variant.productId}/review`, { token: alice.token })).body.id).toBe(body.id)
    expect((await call('GET', own, { token: bob.token })).status).toBe(404)
    expect((await call('DELETE', own, { token: bob.token })).status).toBe(404)

    const at = `/reviews/${body.id}`
    const helpful = (token: string, said: boolean) => call('PUT', `${at}/vote`, { token, json: { helpful: said } })
    expect((await helpful(bob.token, true)).body.code).toBe('not_found')
    await decide('approve', String(body.id))
    await helpful(bob.token, false)
    expect((await helpful(bob.token, true)).body).toEqual({ helpfulCount: 1, unhelpfulCount: 0 })
    expect((await helpful(alice.token, true)).body.code).toBe('conflict')
    const backs = [0, 1].map(() => call('DELETE', `${at}/vote`, { token: bob.token }))
    for (const { body: counts } of await Promise.all(backs))
      expect(counts).toEqual({ helpfulCount: 0, unhelpfulCount: 0 })
    for (const reason of ['untrue', 'other'])
      expect((await call('PUT', `${at}/report`, { token: bob.token, json: { reason } })).status).toBe(204)
    expect(await rows()).toMatchObject([{ report_count: 1 }])
    expect(
      (await call('PUT', `/reviews/${newId()}/report`, { token: bob.token, json: { reason: 'other' } })).status,
    ).toBe(404)

    expect((await call('DELETE', own, { token: alice.token })).status).toBe(204)
    expect(await rows()).toEqual([])
  })

  test('that cannot be is refused beside its field, and nothing is written', async () => {
    const variant = await aVariant()
    const { write, post, rows } = reviewOf(variant)
    const { browser } = await aUser()
    for (const [field, value] of [
      ['rating', ''],
      ['rating', '6'],
      ['rating', '4.5'],
      ['title', ' '],
      ['title', 'x'.repeat(121)],
      ['body', ''],
      ['body', 'x'.repeat(4001)],
      ['body', 'Pay with 4242 4242 4242 4242'],
      ['body', 'a\u0000b'],
    ] as const) {
      const answer = await write(browser, { [field]: value })
      expect([answer.status, Object.keys(problemIn(answer).fields)], `${field} ${value.slice(0, 20)}`).toEqual([
        422,
        [field],
      ])
    }
    expect((await write(new Browser())).location).toMatch(/^\/login\?next=/)
    expect((await post(browser, { intent: 'publish' })).status).toBe(422)
    const slug = { params: { slug: variant.productSlug }, token: null }
    expect((await browser.post(reviewsPage, '/p/x/reviews', { intent: 'remove' }, slug)).status).toBe(403)
    const elsewhere = await browser.post(
      reviewsPage,
      '/p/no-such-thing/reviews',
      { intent: 'remove' },
      { params: { slug: 'no-such-thing' } },
    )
    expect(elsewhere.status).toBe(404)
    expect(await rows()).toEqual([])
  })

  test('of a buyer is published at once where staff said so, with one line in the log', async () => {
    const set = (fields: Record<string, string>) =>
      ada.post(adminReviews, '/admin/reviews', { intent: 'settings', ...fields })
    for (let twice = 0; twice < 2; twice++) expect((await set({ publishBuyers: 'yes' })).status).toBe(303)
    expect(await linesAbout('settings:reviews')).toMatchObject([
      { before: { publishBuyers: false }, after: { publishBuyers: true } },
    ])
    const variant = await aVariant()
    const [buyer, other] = [await aUser(), await aUser()]
    await aPaidOrder({ variant, userId: buyer.id, quantity: 1 })
    const { write, rows } = reviewOf(variant)
    for (const { browser } of [buyer, other]) await write(browser)
    expect(await rows()).toMatchObject([{ status: 'approved' }, { status: 'pending' }])
    expect(await set({})).toMatchObject({ status: 303 })
  })

  test('is a buyer’s only where the thing was sent or will be', async () => {
    const variant = await aVariant()
    const { id } = await aUser()
    const bought = () => hasBought(id, variant.productId)
    const order = await aPaidOrder({ variant, userId: id, quantity: 1 })
    expect(await bought()).toBe(true)
    const become = (status: string) => db()('orders').where({ id: order.id }).update({ status })
    await become('refunded')
    expect(await bought()).toBe(false)
    await db()('parcels').insert({
      id: newId(),
      orderId: order.id,
      parcelNo: 1,
      status: 'shipped',
      lines: JSON.stringify([{ sku: variant.sku, title: '', variantTitle: '', quantity: 1 }]),
      requestedBy: 'test',
      shippedAt: new Date(),
    })
    expect(await bought()).toBe(true)
    expect(await hasBought(id, newId())).toBe(false)
  })

  test('is signed with a first name and an initial', () => {
    const names = ['Alice Maria Martin', ' Bob ', '', 'Zoë 😀', 'x'.repeat(200)]
    expect(names.map(shownName)).toEqual(['Alice M.', 'Bob', 'A customer', 'Zoë 😀.', 'x'.repeat(60)])
  })
})

describe('what others do with a review', () => {
  /** A published review by somebody else. */
  async function aPublished() {
    const variant = await aVariant()
    const reviews = reviewOf(variant)
    const author = await aUser()
    await reviews.write(author.browser)
    const [{ id } = { id: '' }] = await reviews.rows()
    await decide('approve', id)
    return { ...reviews, variant, author, id: id as string }
  }

  test('vote: with a form as with a script, changed, taken back, never on one’s own', async () => {
    const { post, see, rows, id, author, variant } = await aPublished()
    const { browser } = await aUser()
    const back = `/p/${variant.productSlug}/reviews?sort=newest`
    const vote = (fields: Record<string, string>, who = browser) =>
      post(who, { intent: 'vote', review: id, back, ...fields })
    expect((await vote({ helpful: 'yes' })).location).toBe(`${back}#review-${id}`)
    expect((await see(browser)).data).toMatchObject({ votes: { [id]: true }, page: { items: [{ helpfulCount: 1 }] } })
    expect(await vote({ helpful: 'no', quiet: '1' })).toMatchObject({
      status: 200,
      data: { votes: { helpfulCount: 0, unhelpfulCount: 1, voted: false } },
    })
    await vote({ helpful: 'none' })
    expect((await see(browser)).data).toMatchObject({ votes: {}, page: { items: [{ unhelpfulCount: 0 }] } })
    expect(problemIn(await vote({ helpful: 'yes' }, author.browser)).code).toBe('conflict')
    expect((await vote({ helpful: 'yes' }, new Browser())).location).toMatch(/^\/login/)
    expect((await vote({ helpful: 'yes', back: 'https://evil.example' })).location).toBe(
      `/p/${variant.productSlug}/reviews#review-${id}`,
    )
    for (const wrong of [{ helpful: 'maybe' }, {}, { review: 'x', helpful: 'yes' }])
      expect((await vote(wrong as Record<string, string>)).status).toBe(422)
    expect(problemIn(await vote({ review: newId(), helpful: 'yes' })).code).toBe('not_found')
    expect(await rows()).toMatchObject([{ helpful_count: 1, unhelpful_count: 0 }])
  })

  test('report: with or without an account, once each, not without end; staff see it until they decide', async () => {
    const { post, id } = await aPublished()
    const stranger = new Browser('198.51.100.7')
    const report = (who: Browser, fields: Record<string, string> = {}) =>
      post(who, { intent: 'report', review: id, reason: 'offensive', words: '', ...fields })
    for (let twice = 0; twice < 2; twice++) expect((await report(stranger)).status).toBe(303)
    await report((await aUser()).browser, { words: 'See line two' })
    const seen = await ada.get(adminReviews, '/admin/reviews?status=reported')
    expect((seen.data as { items: { id: string }[] }).items.find((item) => item.id === id)).toMatchObject({
      reportCount: 2,
      reports: [{ reason: 'offensive' }, { words: 'See line two' }],
    })
    for (const [field, value] of [
      ['reason', ''],
      ['reason', 'boring'],
      ['words', 'x'.repeat(501)],
      ['review', 'x'],
    ] as const)
      expect(Object.keys(problemIn(await report(stranger, { [field]: value })).fields)).toEqual([field])
    for (let tries = 0; tries < 8; tries++) await report(stranger)
    expect((await report(stranger)).status).toBe(429)
    await decide('approve', id)
    const { data } = await ada.get(adminReviews, '/admin/reviews?status=reported')
    expect((data as { items: { id: string }[] }).items.some((item) => item.id === id)).toBe(false)
  })

  test('the shop replies, tells the author once, changes and takes it away: a line in the log each', async () => {
    const { id, see, author } = await aPublished()
    expect((await ada.get(adminReview, `/admin/reviews/${id}`, { id })).data).toMatchObject({ review: { reply: null } })
    await replyTo(id, 'reply', 'Thank you, Alice.')
    await replyTo(id, 'reply', 'Thank you, Alice.')
    await replyTo(id, 'reply', 'Thank you.')
    expect((await see(new Browser())).data).toMatchObject({ page: { items: [{ reply: { text: 'Thank you.' } }] } })
    for (const wrong of ['', ' ', 'x'.repeat(2001), 'Card 4242424242424242']) {
      const answer = await replyTo(id, 'reply', wrong)
      expect([answer.status, Object.keys(problemIn(answer).fields)]).toEqual([422, ['text']])
    }
    for (let twice = 0; twice < 2; twice++) await replyTo(id, 'remove_reply')
    expect((await see(new Browser())).data).toMatchObject({ page: { items: [{ reply: null }] } })
    const lines = (await linesAbout(`review:${id}`)).filter(({ action }) => action === 'reviews:reply')
    expect(lines.map(({ before, after }) => [before.reply, after.reply])).toEqual([
      [null, 'Thank you, Alice.'],
      ['Thank you, Alice.', 'Thank you.'],
      ['Thank you.', null],
    ])
    const replies = (await mailsTo(author.email)).filter(({ topic }) => topic === 'review.replied')
    expect(replies).toMatchObject([{ payload: { reply: 'Thank you, Alice.', channels: ['email'] } }])
    expect((await replyTo(newId(), 'reply', 'Hello')).status).toBe(404)
    expect((await replyTo('x', 'reply', 'Hello')).status).toBeGreaterThanOrEqual(400)
  })

  test('a page of reviews costs as much with many as with one, here and at the catalogue', async () => {
    const { variant, see } = await aPublished()
    const { browser } = await aUser()
    const product = () => browser.get(productPage, `/p/${variant.productSlug}`, { slug: variant.productSlug })
    const queue = () => ada.get(adminReviews, '/admin/reviews?status=approved')
    const asked = vi.spyOn(globalThis, 'fetch')
    const cost = async () => {
      const counts: number[][] = []
      for (const look of [product, () => see(browser), queue]) {
        asked.mockClear()
        resetTransport()
        const statements = await statementsOf(look)
        counts.push([statements.length, asked.mock.calls.length])
      }
      return counts
    }
    const one = await cost()
    await inCatalogue(
      `INSERT INTO reviews (id, product_id, author_ref, author_name, rating, title, body, status)
       SELECT gen_random_uuid(), $1, 'many:' || n, 'Many', 5, 'T', 'B', 'approved' FROM generate_series(1, 30) n`,
      [variant.productId],
    )
    expect((await see(browser)).data).toMatchObject({ page: { total: 31, items: { length: 10 } } })
    expect(await cost()).toEqual(one)
  })
})

describe('a buyer', () => {
  test('is asked once some days after the things arrived, and says it with one click and no account', async () => {
    const variant = await aVariant()
    const { rows } = reviewOf(variant)
    const order = await anArrived(variant)
    const [{ reviewRequestAt }] = await db()('orders').where({ id: order.id }).select('reviewRequestAt')
    expect(Math.round((reviewRequestAt.getTime() - Date.now()) / 86_400_000)).toBe(env().REVIEW_REQUEST_DAYS)
    await requestReviews(by('system'))
    expect(await askedAbout(order.id)).toEqual([])
    await makeDue()
    await Promise.all([requestReviews(by('system')), requestReviews(by('system')), requestReviews(by('system'))])
    await requestReviews(by('system'))
    const [asked, ...more] = await askedAbout(order.id)
    expect(more).toEqual([])
    expect(asked.payload).toMatchObject({
      email: order.email,
      channels: ['email'],
      items: [{ productTitle: variant.productTitle }],
    })
    expect(asked.payload.unsubscribeUrl).toContain('/unsubscribe?token=m.')
    const link = await linkOf(order.id)
    const phone = new Browser()
    for (let scan = 0; scan < 3; scan++)
      expect((await phone.get(byMail, `${link}&rating=5`)).data).toMatchObject({
        chosen: 5,
        own: null,
        name: 'Alice A.',
      })
    expect(await rows()).toEqual([])
    const send = (fields: Record<string, string>) =>
      phone.post(byMail, link, { intent: 'review', title: '', body: '', ...fields })
    for (const [field, value] of [
      ['rating', ''],
      ['rating', '9'],
      ['title', 'x'.repeat(121)],
      ['body', '4242424242424242'],
    ] as const)
      expect(Object.keys(problemIn(await send({ rating: '5', [field]: value })).fields)).toEqual([field])
    expect((await send({ rating: '5' })).location).toBe(`${link}&sent=yes`)
    expect((await phone.get(byMail, `${link}&sent=yes`)).data).toMatchObject({
      sent: true,
      state: { status: 'pending' },
    })
    await send({ rating: '4', body: 'With words' })
    const written = await rows()
    expect(written).toMatchObject([{ rating: 4, body: 'With words', verified_buyer: true, author_name: 'Alice A.' }])
    await decide('approve', written[0]?.id)
    await replyTo(written[0]?.id, 'reply', 'Thank you.')
    expect((await mailsTo(order.email)).map(({ topic }) => topic)).toEqual([
      'review.requested',
      'review.approved',
      'review.replied',
    ])
    const { items } = await listReviews(variant.productId)
    expect(items).toMatchObject([{ rating: 4, reply: { text: 'Thank you.' } }])
  })

  test('who was asked when the process was killed is asked once, and not again', async () => {
    const order = await anArrived(await aVariant())
    await makeDue()
    armFailpoint('review_request_written')
    await expect(requestReviews(by('system'))).rejects.toThrow('killed')
    expect(await askedAbout(order.id)).toEqual([])
    for (let twice = 0; twice < 2; twice++) await requestReviews(by('system'))
    expect(await askedAbout(order.id)).toHaveLength(1)
    const [{ reviewRequestAt }] = await db()('orders').where({ id: order.id }).select('reviewRequestAt')
    expect(reviewRequestAt).toBeNull()
  })

  test('is not asked about what came back, what was reviewed, what is not sold any more, nor where mails are stopped', async () => {
    const variant = await aVariant()
    const [returned, stopped, gone] = [
      await anArrived(variant),
      await anArrived(variant),
      await anArrived(await aVariant()),
    ]
    const wish = [{ sku: variant.sku, quantity: 2, reason: 'damaged' as const }]
    await requestReturn({ orderId: returned.id, formKey: newToken(), note: null, lines: wish }, guest())
    await setKindAllowed(await wisherOf(db(), stopped.email), 'reviews', false, guest())
    const { productId } = await db()('order_items').where({ orderId: gone.id }).first('productId')
    await inCatalogue("UPDATE products SET status = 'archived' WHERE id = $1", [productId])
    const { id, browser } = await aUser()
    const reviewed = await anArrived(variant, { userId: id })
    await reviewOf(variant).write(browser)
    await makeDue()
    await requestReviews(by('system'))
    for (const { id: orderId } of [returned, gone, reviewed]) expect(await askedAbout(orderId)).toEqual([])
    expect(await askedAbout(stopped.id)).toMatchObject([{ payload: { channels: [] } }])
    expect(await db()('orders').whereNotNull('reviewRequestAt')).toEqual([])
  })

  test('with two orders of one thing is still one buyer, also once they have an account', async () => {
    const variant = await aVariant()
    const { rows, see } = reviewOf(variant)
    const [first, second] = [await anArrived(variant, { quantity: 1 }), await anArrived(variant, { quantity: 1 })]
    const { id, email, browser } = await aUser()
    for (const order of [first, second]) await db()('orders').where({ id: order.id }).update({ email })
    const send = (orderId: string, rating: string) => {
      const url = new URL(reviewUrl(orderId, variant.productId, new Date()))
      return new Browser().post(byMail, url.pathname + url.search, { intent: 'review', rating })
    }
    await send(first.id, '3')
    await send(second.id, '2')
    expect(await rows()).toMatchObject([{ rating: 2 }])
    expect((await see(browser)).data).toMatchObject({ mine: { rating: 2 } })
    await reviewOf(variant).write(browser)
    expect(await rows()).toMatchObject([{ rating: 4, author_ref: id }])
  })

  test('holds a link for one product and one order, until it is too old; nobody can make one', async () => {
    const variant = await aVariant()
    const order = await anArrived(variant)
    const token = new URL(reviewUrl(order.id, variant.productId, new Date())).searchParams.get('token') ?? ''
    expect(readReviewToken(token, new Date())).toMatchObject({ orderId: order.id, over: false })
    const visitor = new Browser()
    const statusOf = async (one: string) =>
      (await visitor.get(byMail, `/review?token=${encodeURIComponent(one)}`)).status
    const late = addSeconds(new Date(), -(linkDays + 1) * 86_400)
    const old = new URL(reviewUrl(order.id, variant.productId, late)).searchParams.get('token') ?? ''
    const foreign = new URL(reviewUrl(order.id, newId(), new Date())).searchParams.get('token') ?? ''
    const [, , until = '', seal = ''] = token.split('.')
    for (const wrong of [
      '',
      'x',
      token.slice(0, -1),
      `${newId()}.${variant.productId}.${until}.${seal}`,
      `${order.id}.${variant.productId}.${Number(until) + 1}.${seal}`,
      `${token}&token=${token}`,
      foreign,
      'a'.repeat(5000),
      "' OR 1=1 --",
    ])
      expect(await statusOf(wrong), wrong.slice(0, 30)).toBe(404)
    expect(await statusOf(old)).toBe(410)
    const late410 = await visitor.post(byMail, `/review?token=${old}`, { intent: 'review', rating: '5' })
    expect(late410.status).toBe(410)
    expect(await reviewOf(variant).rows()).toEqual([])
  })
})

describe('somebody who leaves', () => {
  test('takes their reviews along first; then these stay without a name, and their links open nothing', async () => {
    const variant = await aVariant()
    const { write, rows } = reviewOf(variant)
    const { id, email, browser } = await aUser()
    await db()('users')
      .where({ id })
      .update({ passwordHash: await hashPassword('a quiet harbour at dawn') })
    const order = await anArrived(variant, { userId: id })
    await makeDue()
    await requestReviews(by('system'))
    const link = await linkOf(order.id)
    await write(browser, { body: 'Very round.' })
    const file = await browser.get(myData, '/account/privacy/highstreet.json')
    expect(JSON.parse(file.text ?? '')).toMatchObject({ reviews: [{ body: 'Very round.' }], votes: [], reports: [] })
    const [{ id: reviewId }] = (await rows()) as [{ id: string }]
    await decide('approve', reviewId)
    const leave = { intent: 'delete', password: 'a quiet harbour at dawn' }
    await db()('outbox').update({ doneAt: db().fn.now() })
    expect((await browser.post(privacy, '/account/privacy', leave)).location).toBe('/')
    expect(await rows()).toMatchObject([{ author_name: 'A customer', status: 'approved', body: 'Very round.' }])
    expect(JSON.stringify(await rows())).not.toContain(id)
    expect((await new Browser().get(byMail, link)).status).toBe(404)
    expect(JSON.stringify(await askedAbout(order.id))).not.toContain(email)
    expect(await db()('review_requests').where({ orderId: order.id })).toEqual([])
    await forgetShopper({ userId: id, email }, guest())
  })
})
