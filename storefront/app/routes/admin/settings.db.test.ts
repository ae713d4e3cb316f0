import '../../../test/database.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { signInVisitor } from '#app/http/session.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as coupon from '#app/routes/admin/coupon.tsx'
import * as coupons from '#app/routes/admin/coupons.tsx'
import * as shipping from '#app/routes/admin/shipping.tsx'
import * as shippingMethod from '#app/routes/admin/shipping-method.tsx'
import * as tax from '#app/routes/admin/tax.tsx'
import * as taxRate from '#app/routes/admin/tax-rate.tsx'
import { type Answer, Browser, type Face } from '../../../test/browser.ts'

async function aPerson(role: string): Promise<Browser> {
  const id = newId()
  await db()('users').insert({ id, email: `${id}@example.com`, name: 'Ada', role })
  const browser = new Browser()
  const visitor = await browser.visitor()
  const setCookie = (header: string) => {
    const [name = '', value = ''] = (header.split(';')[0] ?? '').split('=')
    browser.cookies.set(name, value)
  }
  await signInVisitor({ nonce: '', requestId: '', visitor: async () => visitor, setCookie }, id)
  return browser
}

let owner: Browser
beforeAll(async () => {
  owner = await aPerson('owner')
})

const things = {
  coupon: {
    face: coupon,
    list: coupons,
    at: '/admin/coupons',
    table: 'coupons',
    subject: 'coupon:SUMMER',
    form: { code: 'summer', kind: 'percent', value: '10', limitTotal: '5', active: 'on' },
    change: { code: 'SUMMER', kind: 'fixed', value: '5.00', active: 'on' },
    changed: { kind: 'fixed', value: 500, limitTotal: null, version: 2 },
    twin: 'code',
    wrong: [
      ['code', { code: '?' }],
      ['value', { value: '101' }],
      ['kind', { kind: 'gift' }],
      ['endsAt', { startsAt: '2026-02-02T00:00', endsAt: '2026-01-01T00:00' }],
      ['minimum', { minimum: '-1' }],
    ],
  },
  shipping: {
    face: shippingMethod,
    list: shipping,
    at: '/admin/shipping',
    table: 'shipping_methods',
    subject: 'shipping:bike',
    form: {
      name: 'By bike',
      code: 'bike',
      'countries[]': 'IE',
      price: '4.90',
      includedWeight: '2',
      pricePerKg: '1.20',
      maxWeight: '12.5',
      minDays: '1',
      maxDays: '2',
      position: '3',
      active: 'on',
    },
    change: {
      name: 'By cargo bike',
      code: 'bike',
      'countries[]': 'IE',
      price: '5',
      includedWeight: '0',
      pricePerKg: '0',
      freeFrom: '50',
      minDays: '1',
      maxDays: '1',
      position: '0',
    },
    changed: { name: 'By cargo bike', priceMinor: 500, freeFromMinor: 5000, maxGrams: null, active: false, version: 2 },
    twin: 'code',
    wrong: [
      ['code', { code: 'Bike!' }],
      ['code', { code: 'pickup' }],
      ['countries[]', { 'countries[]': 'XX' }],
      ['price', { price: 'free' }],
      ['maxDays', { minDays: '5', maxDays: '2' }],
      ['maxWeight', { maxWeight: '0' }],
      ['includedWeight', { includedWeight: '1e3' }],
      ['name', { name: 'x'.repeat(81) }],
    ],
  },
  tax: {
    face: taxRate,
    list: tax,
    at: '/admin/tax',
    table: 'tax_rates',
    subject: 'tax:CA-ON-standard',
    form: { country: 'CA', region: 'Ontario', category: 'standard', name: 'HST', rate: '13' },
    change: { country: 'CA', region: 'on', category: 'standard', name: 'HST', rate: '13.5', included: 'on' },
    changed: { region: 'ON', rateBasisPoints: 1350, includedInPrice: true, version: 2 },
    twin: 'category',
    wrong: [
      ['country', { country: 'XX' }],
      ['country', { country: 'ca' }],
      ['region', { region: 'Atlantis' }],
      ['rate', { rate: '-1' }],
      ['rate', { rate: '12.345' }],
      ['category', { category: '' }],
      ['name', { name: '' }],
    ],
  },
} satisfies Record<string, object>

type Thing = (typeof things)[keyof typeof things]
const send = (browser: Browser, { face, at }: Thing, id: string, fields: Record<string, string>): Promise<Answer> =>
  browser.post(face as Face, `${at}/${id}`, fields, { params: { id } })
const audited = async (subject: string) => (await db()('audit_log').where({ subject }).orderBy('seq')).length
const fieldsOf = ({ data }: Answer) => Object.keys((data as { problem: { fields: object } }).problem.fields)

describe.each(Object.entries(things))('staff and their %s settings', (_name, thing) => {
  test('make one, change it, and take it away; each is one line in the audit log', async () => {
    const made = await send(owner, thing, 'new', { ...thing.form, intent: 'save' })
    expect(made.status).toBe(303)
    const id = made.location?.split('/').at(-1) ?? ''
    expect((await owner.get(thing.list as Face, thing.at)).status).toBe(200)
    expect((await owner.get(thing.face as Face, `${thing.at}/${id}`, { id })).status).toBe(200)
    const twin = await send(owner, thing, 'new', { ...thing.form, intent: 'save' })
    expect([twin.status, fieldsOf(twin)]).toEqual([409, [thing.twin]])
    const change = { ...thing.change, version: '1', intent: 'save' }
    expect((await send(owner, thing, id, change)).status).toBe(303)
    expect(await db()(thing.table).where({ id }).first()).toMatchObject(thing.changed)
    const again = await send(owner, thing, id, change)
    expect([again.status, (again.data as { problem: { code: string } }).problem.code]).toEqual([
      409,
      'version_conflict',
    ])
    expect((await send(owner, thing, id, { intent: 'remove', version: '1' })).status).toBe(409)
    expect((await send(owner, thing, id, { intent: 'remove', version: '2' })).status).toBe(303)
    expect(await db()(thing.table).where({ id })).toEqual([])
    expect(await audited(thing.subject)).toBe(3)
    expect((await send(owner, thing, id, change)).status).toBe(404)
  })

  test('what is wrong is named at its field, what was typed is kept, nothing is written', async () => {
    const before = await db()(thing.table)
    for (const [field, given] of thing.wrong as [string, Record<string, string>][]) {
      const answer = await send(owner, thing, 'new', {
        ...(thing.form as Record<string, string>),
        ...given,
        intent: 'save',
      })
      expect([answer.status, fieldsOf(answer)], JSON.stringify(given)).toEqual([422, [field]])
      expect(answer.data).toMatchObject({ problem: { values: given } })
    }
    expect(await db()(thing.table)).toEqual(before)
  })

  test('are nobody else’s: not support, not a shopper, not a guest, and not of an id that is none', async () => {
    const form = { ...(thing.form as Record<string, string>), intent: 'save' }
    for (const [role, status] of [
      ['support', 403],
      ['customer', 404],
    ] as const) {
      const person = await aPerson(role)
      expect((await person.get(thing.list as Face, thing.at)).status).toBe(status)
      expect((await send(person, thing, 'new', form)).status).toBe(status)
    }
    expect((await send(new Browser(), thing, 'new', form)).location).toMatch(/^\/login/)
    for (const id of ['1', 'NEW', newId(), "' OR 1=1"])
      expect((await owner.get(thing.face as Face, `${thing.at}/x`, { id })).status, id).toBe(404)
    expect(await db()(thing.table)).toEqual([])
  })
})

test('a coupon that orders have used stays for their history, and its limit not below what is used', async () => {
  const id = newId()
  await db()('coupons').insert({
    id,
    code: 'USED',
    kind: 'percent',
    value: 1000,
    currency: 'EUR',
    limitTotal: 9,
    used: 4,
  })
  const form = {
    code: 'USED',
    kind: 'percent',
    value: '10',
    limitTotal: '3',
    active: 'on',
    version: '1',
    intent: 'save',
  }
  const lowered = await send(owner, things.coupon, id, form)
  expect([lowered.status, fieldsOf(lowered)]).toEqual([422, ['limitTotal']])
  const [cartId, orderId] = [newId(), newId()]
  await db()('carts').insert({ id: cartId, currency: 'EUR' })
  const zero = { subtotalMinor: 0, shippingMinor: 0, taxMinor: 0, includedTaxMinor: 0, totalMinor: 0 }
  await db()('orders').insert({
    id: orderId,
    number: 'HS-AAAA-BBBB',
    checkoutKey: orderId,
    cartId,
    email: 'a@example.com',
    currency: 'EUR',
    ...zero,
    quoteHash: '',
    shippingAddress: '{}',
    billingAddress: '{}',
    shippingMethod: '{}',
    accessTokenHash: Buffer.alloc(32),
  })
  await db()('coupon_uses').insert({
    id: newId(),
    couponId: id,
    orderId,
    emailHash: Buffer.alloc(32),
    discountMinor: 100,
  })
  const kept = await send(owner, things.coupon, id, { intent: 'remove', version: '1' })
  expect([kept.status, (kept.data as { problem: { code: string } }).problem.code]).toEqual([409, 'conflict'])
  expect(await owner.get(coupon as Face, '/admin/coupons/x', { id })).toMatchObject({
    data: { uses: [{ number: 'HS-AAAA-BBBB', discountMinor: 100, status: 'claimed' }] },
  })
})
