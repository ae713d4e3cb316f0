import '../../../test/real-catalogue.ts'

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { settle } from '#app/domain/checkout/complete.server.ts'
import { listReturnsOf } from '#app/domain/returns/queries.server.ts'
import { requestReturn } from '#app/domain/returns/request.server.ts'
import { env } from '#app/env.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId, newToken } from '#app/lib/ids.ts'
import { type AdminPage, listAdminPages } from '../../../test/admin-pages.ts'
import { asRead } from '../../../test/as-read.ts'
import type { Browser } from '../../../test/browser.ts'
import { logIn } from '../../../test/log-in.ts'
import { onShelf, theWarehouse } from '../../../test/pickup.ts'
import { aCategory, inCatalogue } from '../../../test/real-catalogue.ts'
import { aPaidOrder, aPlacedOrder, guest, openForBusiness } from '../../../test/shopping.ts'
import { payOn } from '../../../test/stage.ts'
import * as search from './search.tsx'

/** Buttons whose lines are counted where their own page is tested: the file, which must ask the log. */
const countedElsewhere: Record<string, string[]> = {
  'people.db.test.ts': [
    ...['role', 'disable', 'enable', 'reset-factor', 'invite', 'withdraw'].map((button) => `/admin/staff ${button}`),
    ...['note', 'disable', 'enable', 'employ'].map((button) => `/admin/customers/:id ${button}`),
  ],
  'settings.db.test.ts': ['coupons', 'shipping', 'tax'].flatMap((page) => [
    `/admin/${page}/:id save`,
    `/admin/${page}/:id remove`,
  ]),
  '../stores/stores-pages.db.test.ts': ['/admin/counter collect', '/admin/counter cancel'],
  '../checkout/pickup-pages.db.test.ts': ['/admin/orders/:number ready', '/admin/orders/:number hand_over'],
  '../../domain/messages/messages.db.test.ts': ['/admin/messages release', '/admin/orders/:number resend'],
  '../../api/webhooks.db.test.ts': ['/admin/webhooks retry'],
  'money-match.db.test.ts': ['/admin/webhooks/:id replay', '/admin/money-match repair', '/admin/money-match aside'],
}
/** Buttons that change nothing, and those whose line cannot be provoked here. */
const noLine: Record<string, string> = {
  '/admin/products/new rows': 'shows the form with more rows',
  '/admin/products/:id rows': 'shows the form with more rows',
  '/admin/webhooks/:id dry_run': 'shows what a replay would change and writes nothing',
  '/admin/money-match look': 'asks the provider and mends nothing',
  '/admin/finding/synonyms/:id preview': 'shows what searches would find and keeps nothing',
  '/admin/products/:id addPicture': 'needs an upload; actOutside as in its neighbours',
}

// What the buttons of a page are called is heard from the page itself, at the moment it looks for one.
let buttons: string[] = []
vi.mock('#app/http/answer.server.ts', async (original) => {
  const real = await original<typeof import('#app/http/answer.server.ts')>()
  const answerPage: typeof real.answerPage = (args, handlers, ...rest) => {
    buttons = Object.keys(handlers)
    return real.answerPage(args, handlers, ...rest)
  }
  return { ...real, answerPage }
})

let pages: AdminPage[]
let owner: Browser
const pressed = new Set<string>()

beforeAll(async () => {
  pages = await listAdminPages()
  const id = newId()
  await db()('users').insert({ id, email: 'owner@example.com', name: 'Ada', role: 'owner' })
  owner = await logIn(id)
})
beforeEach(openForBusiness)

const lines = () => db()('audit_log').orderBy('seq')

type Press = { params?: Record<string, string>; fields?: Record<string, string>; subject: string | RegExp }

/** Presses a button as the owner; sees that it did its work and wrote exactly one line, about `subject`. */
async function press(pattern: string, intent: string, { params = {}, fields = {}, subject }: Press) {
  const page = pages.find((one) => one.pattern === pattern)
  if (!page) throw new Error(`${pattern} is not on the map`)
  const what = `${intent} on ${pattern}`
  const before = (await lines()).length
  const answer = await owner.post(page.face, '/admin', { intent, ...fields }, { params })
  expect(answer.status, `${what}: ${JSON.stringify(answer.data)}`).toBe(303)
  const written = (await lines()).slice(before)
  expect(
    written.map(({ actorName }) => actorName),
    `${what} writes one line`,
  ).toEqual(['Ada'])
  if (typeof subject === 'string') expect(written[0].subject).toBe(subject)
  else expect(written[0].subject).toMatch(subject)
  expect(written[0].requestId).toBe('request')
  pressed.add(`${pattern} ${intent}`)
  return { answer, line: written[0] }
}

/** The same press again changes nothing, and says nothing. */
async function again(pattern: string, intent: string, { params = {}, fields = {} }: Omit<Press, 'subject'>) {
  const page = pages.find((one) => one.pattern === pattern)
  const before = (await lines()).length
  if (page) await owner.post(page.face, '/admin', { intent, ...fields }, { params })
  expect((await lines()).length, `${intent} on ${pattern} a second time`).toBe(before)
}

/** Where the admin's search box leads for `q`; null when it shows a list. */
const found = async (q: string, browser = owner) =>
  (await browser.get(search, `/admin/search?q=${encodeURIComponent(q)}`)).location

test('the search box shows nobody more than their role does, and finds nothing for nonsense', async () => {
  const id = newId()
  await db()('users').insert({ id, email: 'cosmo@example.com', name: 'Cosmo', role: 'content' })
  const cosmo = await logIn(id)
  const order = await anOrder()
  expect(await found(order.number)).toBe(`/admin/orders/${order.number}`)
  expect(await found(order.number, cosmo)).toBeNull()
  for (const q of ['', ' ', '%', "' OR 1=1 --", 'pi_', 'x'.repeat(5000), '\u0000', '😀'])
    expect((await owner.get(search, `/admin/search?q=${encodeURIComponent(q)}`)).status, q.slice(0, 20)).toBe(200)
})

const orders = '/admin/orders/:number'
const anOrder = async (quantity = 2) => {
  const variant = await onShelf(await theWarehouse(), 10)
  const order = await aPaidOrder({ variant, quantity })
  const on = { params: { number: order.number }, subject: `order:${order.number}` }
  return { ...order, sku: variant.sku, on }
}

test('an order: sent, arrived, given back by amount and by line, cancelled', async () => {
  const sent = await anOrder()
  const parcel = { ...sent.on, fields: { parcelNo: '1', carrier: 'An Post', trackingNumber: 'IE1', trackingUrl: '' } }
  await press(orders, 'ship', parcel)
  await again(orders, 'ship', parcel)
  await press(orders, 'deliver', { ...sent.on, fields: { parcelNo: '1' } })
  await again(orders, 'deliver', { ...sent.on, fields: { parcelNo: '1' } })
  const amount = { ...sent.on, fields: { amount: '1.00', reason: 'A scratch', formKey: newToken() } }
  await press(orders, 'refund', amount)
  await again(orders, 'refund', amount)
  const line = { [`q:${sent.sku}`]: '1', [`d:${sent.sku}`]: 'write_off', reason: 'Broken', formKey: newToken() }
  await press(orders, 'refund_lines', { ...sent.on, fields: line })
  await again(orders, 'refund_lines', { ...sent.on, fields: line })
  const { providerIntentId, providerSessionId } = await db()('payments').where({ orderId: sent.id }).first()
  const { providerRefundId } = await db()('refunds').where({ orderId: sent.id }).first()
  for (const mark of [sent.number.toLowerCase(), ' ie1 ', providerIntentId, providerSessionId, providerRefundId])
    expect(await found(mark), mark).toBe(`/admin/orders/${sent.number}`)
  const gone = await anOrder()
  const { line: cancelled } = await press(orders, 'cancel', { ...gone.on, fields: { reason: 'The shopper called' } })
  expect(cancelled).toMatchObject({ before: { status: 'paid' }, after: { reason: 'The shopper called' } })
  await again(orders, 'cancel', { ...gone.on, fields: { reason: 'The shopper called' } })
})

test('a payment of the wrong amount: sent back', async () => {
  const order = await aPlacedOrder({ variant: await onShelf(await theWarehouse(), 10) })
  await payOn(order.paymentUrl)
  await db()('payments').where({ orderId: order.id }).update({ amountMinor: 3000 })
  await settle({ orderId: order.id }, guest())
  await press(orders, 'end_mismatch', { params: { number: order.number }, subject: `order:${order.number}` })
})

test('a message of the catalogue: tried again', async () => {
  const id = newId()
  const notifier = serve({ fetch: () => Response.json({ id }), port: 0, hostname: '127.0.0.1' })
  await once(notifier, 'listening')
  const address = notifier.address()
  env().NOTIFIER_URL = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  await press('/admin/messages', 'release-catalog', { fields: { id }, subject: `message:${id}` })
  await new Promise((resolve) => notifier.close(resolve))
})

test('a return: approved, declined, closed, received, paid back', async () => {
  const announced = async () => {
    const order = await anOrder()
    const packed = { parcelNo: '1', carrier: '', trackingNumber: '', trackingUrl: '' }
    await press(orders, 'ship', { ...order.on, fields: packed })
    await press(orders, 'deliver', { ...order.on, fields: { parcelNo: '1' } })
    const wish = [{ sku: order.sku, quantity: 1, reason: 'damaged' as const }]
    await requestReturn({ orderId: order.id, formKey: newToken(), note: null, lines: wish }, guest())
    const [{ number = '' } = {}] = await listReturnsOf(order.id)
    return {
      ...order,
      returned: { ...order.on, subject: /return|order/, fields: { returnNumber: number, note: 'Sorry' } },
    }
  }
  const declined = await announced()
  await press(orders, 'return_reject', declined.returned)
  const came = await announced()
  await press(orders, 'return_approve', came.returned)
  const { fields } = came.returned
  const arrived = { ...fields, [`q:${came.sku}`]: '1', [`d:${came.sku}`]: 'write_off' }
  await press(orders, 'return_receive', { ...came.returned, fields: arrived })
  const money = { ...arrived, reason: 'As agreed', formKey: newToken() }
  await press(orders, 'refund_return', { ...came.returned, fields: money })
  const settled = await announced()
  await press(orders, 'return_approve', settled.returned)
  await press(orders, 'return_receive', {
    ...settled.returned,
    fields: { ...settled.returned.fields, [`q:${settled.sku}`]: '1', [`d:${settled.sku}`]: 'write_off' },
  })
  const all = { ...settled.on, fields: { amount: '40.90', reason: 'All of it', formKey: newToken() } }
  await press(orders, 'refund', all)
  await press(orders, 'return_close', settled.returned)
  await again(orders, 'return_close', settled.returned)
  const nothing = await announced()
  await press(orders, 'return_approve', nothing.returned)
  await press(orders, 'return_cancel', nothing.returned)
})

test('the catalogue: a product, its pictures and stock, categories, stores, reviews', async () => {
  const storeId = await theWarehouse()
  const category = { name: 'Lamps', slug: 'lamps', description: '', parentId: '', position: '1', imageKey: '' }
  const made = await press('/admin/categories/:id', 'save', {
    params: { id: 'new' },
    fields: category,
    subject: /^category:[0-9a-f-]{36}$/,
  })
  const categoryId = made.answer.location?.split('/').at(-1) ?? ''
  const ofCategory = { params: { id: categoryId }, subject: `category:${categoryId}` }
  await press('/admin/categories/:id', 'save', { ...ofCategory, fields: { ...category, name: 'Lights', version: '1' } })
  await press('/admin/categories/:id', 'remove', ofCategory)

  const form = {
    title: 'A lamp',
    slug: '',
    subtitle: '',
    brand: '',
    description: '',
    categoryId: (await inCatalogue<{ id: string }>('SELECT id FROM categories LIMIT 1'))[0]?.id ?? (await aCategory()),
    taxCategory: 'standard',
    status: 'draft',
    'v0.sku': 'LAMP-1',
    'v0.price': '40.00',
  }
  const created = await press('/admin/products/new', 'save', { fields: form, subject: /^product:[0-9a-f-]{36}$/ })
  const id = created.answer.location?.split('/').at(-1) ?? ''
  const product = { params: { id }, subject: `product:${id}` }
  const saved = await press('/admin/products/:id', 'save', {
    ...product,
    fields: { ...form, 'v0.price': '35.00', version: '1' },
  })
  expect([saved.line.before.prices, saved.line.after.prices]).toEqual([{ 'LAMP-1': 4000 }, { 'LAMP-1': 3500 }])
  const imageId = newId()
  await inCatalogue(
    "INSERT INTO product_images (id, product_id, key, alt, width, height) VALUES ($1, $2, 'lamp', 'A lamp', 10, 10)",
    [imageId, id],
  )
  await press('/admin/products/:id', 'changePicture', {
    ...product,
    fields: { imageId, [`alt.${imageId}`]: 'A lit lamp', [`position.${imageId}`]: '1', [`option.${imageId}`]: '' },
  })
  await press('/admin/products/:id', 'removePicture', { ...product, fields: { imageId } })
  const synonym = { typed: 'leuchte', means: 'lamp\nlight' }
  const meant = await press('/admin/finding/synonyms/:id', 'save', {
    params: { id: 'new' },
    fields: synonym,
    subject: /^synonym:[0-9a-f-]{36}$/,
  })
  const ofSynonym = { params: { id: meant.line.subject.split(':')[1] ?? '' }, subject: meant.line.subject }
  const both = { ...synonym, twoWay: '1', version: '1' }
  await press('/admin/finding/synonyms/:id', 'save', { ...ofSynonym, fields: both })
  await press('/admin/finding/synonyms/:id', 'remove', ofSynonym)
  const expected = await press('/admin/finding/expectations', 'save', {
    fields: { query: 'lamp', product: 'lamp-1', within: '3' },
    subject: /^expectation:[0-9a-f-]{36}$/,
  })
  await press('/admin/finding/expectations', 'remove', {
    fields: { id: expected.line.subject.split(':')[1] ?? '' },
    subject: expected.line.subject,
  })
  const stock = { sku: 'LAMP-1', storeId, kind: 'receive', reason: 'Delivery' }
  const ofSku = { params: { sku: 'LAMP-1' }, subject: 'sku:LAMP-1' }
  const ref = () => `stock:${newId()}`
  await press('/admin/products/:id', 'stock', {
    params: { id },
    subject: 'sku:LAMP-1',
    fields: { ...stock, ref: ref(), delta: '5' },
  })
  await press('/admin/inventory/:sku', 'count', {
    ...ofSku,
    fields: { ...stock, ref: ref(), units: '3', [`seen.${storeId}`]: '5' },
  })
  await press('/admin/inventory/:sku', 'threshold', { ...ofSku, fields: { storeId, lowStockThreshold: '2' } })
  expect(await found('lamp-1')).toBe(`/admin/products/${id}`)
  const versionOf = async () =>
    (await inCatalogue<{ version: number }>('SELECT version FROM products WHERE id = $1', [id]))[0]?.version
  for (const intent of ['publish', 'archive'])
    await press('/admin/products', intent, { fields: { 'items[]': `${id}.${await versionOf()}` }, subject: /^product/ })
  await inCatalogue("UPDATE products SET status = 'draft' WHERE id = $1", [id])
  await press('/admin/products/:id', 'archive', product)

  const store = {
    name: 'Highstreet Galway',
    kind: 'shop',
    status: 'open',
    line1: 'Shop Street',
    city: 'Galway',
    country: 'IE',
    latitude: '53.27',
    longitude: '-9.05',
    timezone: 'Europe/Dublin',
    allocationPriority: '10',
  }
  await press('/admin/stores/:id', 'save', { params: { id: 'new' }, fields: store, subject: /^store:/ })

  for (const [intent, author] of [
    ['approve', 'a'],
    ['reject', 'b'],
  ] as const) {
    const review = newId()
    await inCatalogue(
      `INSERT INTO reviews (id, product_id, author_ref, author_name, rating, title, body)
       VALUES ($1, $2, $3, 'Alice', 5, 'Bright', 'Very bright')`,
      [review, id, author],
    )
    const fields = { 'ids[]': await asRead([review]), note: '', reason: 'off_topic', words: '' }
    await press('/admin/reviews', intent, { fields, subject: `review:${review}` })
    if (intent === 'reject') continue
    const ofReview = { params: { id: review }, subject: `review:${review}` }
    const reply = { ...ofReview, fields: { text: 'Thank you' } }
    await press('/admin/reviews/:id', 'reply', reply)
    await again('/admin/reviews/:id', 'reply', reply)
    await press('/admin/reviews/:id', 'remove_reply', ofReview)
    await again('/admin/reviews/:id', 'remove_reply', ofReview)
  }
  const settings = { fields: { publishBuyers: 'yes' }, subject: 'settings:reviews' }
  await press('/admin/reviews', 'settings', settings)
  await again('/admin/reviews', 'settings', settings)
})

test('a proof of stock: one at a time, in the background, its result on the page that comes back by itself', async () => {
  const path = '/admin/stock-proof'
  await onShelf(await theWarehouse(), 10)
  const fields = { buyers: '30', units: '1' }
  const asked = { id: newId(), buyers: 5, units: 1, askedBy: 'Ben' }
  await db()('stock_proofs').insert(asked)
  const face = pages.find(({ pattern }) => pattern === path)?.face ?? {}
  const look = () => owner.get(face, path)
  const proofs = async () => ((await look()).data as { proofs: Record<string, unknown>[] }).proofs
  expect((await look()).headers.get('Refresh')).toBe('3')
  await again(path, 'prove', { fields })
  expect((await owner.post(face, path, { intent: 'prove', ...fields })).status).toBe(409)
  expect((await owner.post(face, path, { intent: 'prove', buyers: '501', units: '0' })).status).toBe(422)
  // Its process died.
  await db()('stock_proofs').update({ startedAt: new Date(Date.now() - 7 * 60_000) })
  expect((await look()).headers.get('Refresh')).toBeNull()
  await press(path, 'prove', { fields, subject: /^stock-proof:[0-9a-f-]{36}$/ })
  await vi.waitFor(async () => expect(await proofs()).toMatchObject([{ isRunning: false }, {}]), 60_000)
  expect(await proofs()).toMatchObject([
    { askedBy: 'Ada', failure: null, report: { sold: 1, refused: 29, holdsLeft: 0, negativeRows: 0, broken: [] } },
    { askedBy: 'Ben', report: null, failure: expect.stringContaining('did not come to an end') },
  ])
  expect(await inCatalogue("SELECT 1 FROM products WHERE status = 'scratch'")).toEqual([])
})

test('no button of the admin is forgotten', async () => {
  const offered: string[] = []
  for (const { pattern, face } of pages) {
    if (!face.action) continue
    buttons = []
    await owner.post(
      face,
      '/admin',
      { intent: 'a button that is not there' },
      { params: { number: 'HS-1', id: newId() } },
    )
    offered.push(...buttons.map((intent) => `${pattern} ${intent}`))
  }
  const elsewhere = Object.values(countedElsewhere).flat()
  expect([...pressed, ...elsewhere, ...Object.keys(noLine)].sort()).toEqual(offered.sort())
  for (const file of Object.keys(countedElsewhere))
    expect(readFileSync(join(import.meta.dirname, file), 'utf8'), file).toContain('audit_log')
})
