import '../../../test/stage.ts'
import '../../../test/notifier.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { setContact } from '#app/domain/cart/delivery.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { previewMessage } from '#app/domain/messages/preview.server.ts'
import { resendMessage } from '#app/domain/messages/resend.server.ts'
import { shipOrder } from '#app/domain/orders/ship.server.ts'
import type { EventPayload } from '#app/domain/outbox/events.ts'
import { listMessages, listMessagesOf } from '#app/domain/outbox/history.server.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import { findPreferences, mailboxHash, savePreferences } from '#app/domain/outbox/preferences.server.ts'
import { releaseMessage } from '#app/domain/outbox/release.server.ts'
import { readUnsubscribeToken } from '#app/domain/outbox/unsubscribe.server.ts'
import { by } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as messagesPage from '#app/routes/account/messages.tsx'
import * as adminMessages from '#app/routes/admin/messages.tsx'
import * as adminOrder from '#app/routes/admin/order.tsx'
import * as unsubscribePage from '#app/routes/system/unsubscribe.tsx'
import { Browser } from '../../../test/browser.ts'
import { logIn } from '../../../test/log-in.ts'
import { aCheckout, aFullCart, aPaidOrder, guest, openForBusiness } from '../../../test/shopping.ts'

beforeEach(async () => {
  await openForBusiness()
  await db()('message_preferences').delete()
})

async function aUser(role = 'customer', email = `${newId()}@example.com`) {
  const id = newId()
  await db()('users').insert({
    id,
    email,
    name: 'Alice Martin',
    role,
    phone: '+353 1 555 0123',
    emailVerifiedAt: new Date(),
  })
  return { id, email }
}

async function aStaffMember() {
  const { id } = await aUser('support')
  return { ...by(`staff:${id}`), staff: { id, name: 'Ada', ipPrefix: null, requestId: null } }
}

/** The outbox's rows of an order, newest last. */
const rowsOf = (orderId: string) => db()('outbox').where({ orderId }).orderBy('id')
const channelsOf = async (orderId: string, topic: string) =>
  (await rowsOf(orderId)).find((row) => row.topic === topic)?.payload.channels

/** As the notifier does when the mail server has taken the mail. */
async function sendAll(orderId: string) {
  for (const { id } of await rowsOf(orderId)) {
    await db()('outbox').where({ id }).update({ doneAt: new Date() })
    await db()('deliveries')
      .insert({
        id: newId(),
        outboxId: id,
        channel: 'email',
        recipientHash: mailboxHash('alice@example.com'),
        providerKey: `${id}.email`,
        providerMessageId: `<${id}.email@shop.test>`,
        providerAnswer: '250 taken',
        status: 'sent',
        attempts: 1,
        sentAt: new Date(),
      })
      .onConflict()
      .ignore()
  }
}

const sentAway = { carrier: 'An Post', trackingNumber: null, trackingUrl: null }

async function anOrder(things: { phone?: string | null; smsOptIn?: boolean; userId?: string } = {}) {
  const cart = await aFullCart({ userId: things.userId })
  await setContact(
    { userId: things.userId ?? null, cartId: cart.id, email: 'alice@example.com', phone: null, ...things },
    guest(),
  )
  const { number } = await placeOrder(await aCheckout(cart.id, things.userId ?? null), guest())
  return db()('orders').where({ number }).first('id', 'number', 'smsOptIn')
}

describe('text messages', () => {
  test('go to who asked for them with the order, and to nobody else', async () => {
    const asked = await anOrder({ phone: '+353 1 555 0123', smsOptIn: true })
    const silent = await anOrder({ phone: '+353 1 555 0123' })
    const numberless = await anOrder({ smsOptIn: true })
    for (const { id } of [asked, silent, numberless])
      await transaction(async (trx) => {
        const { order } = (await rowsOf(id))[0].payload as EventPayload<'order.placed'>
        const parcel = { parcelNo: 1, ...sentAway, lines: [] }
        await append(trx, 'order.shipped', `order.shipped:${id}:1`, { order, parcel })
      })
    expect(await channelsOf(asked.id, 'order.placed')).toEqual(['email'])
    expect(await channelsOf(asked.id, 'order.shipped')).toEqual(['email', 'sms'])
    expect(await channelsOf(silent.id, 'order.shipped')).toEqual(['email'])
    expect(await channelsOf(numberless.id, 'order.shipped')).toEqual(['email'])
  })

  test('an account that asked for them is asked no more, and one that turned them off since gets none', async () => {
    const { id: userId } = await aUser()
    await savePreferences({ userId, smsUpdates: true, reviews: true, news: true }, guest())
    const order = await anOrder({ userId, phone: '+353 1 555 0123' })
    expect(order.smsOptIn).toBe(true)
    await savePreferences({ userId, smsUpdates: false, reviews: true, news: true }, guest())
    await transaction(async (trx) => {
      const { order: told } = (await rowsOf(order.id))[0].payload
      await append(trx, 'order.shipped', `order.shipped:${order.id}:1`, {
        order: told,
        parcel: { parcelNo: 1, ...sentAway, lines: [] },
      })
    })
    expect(await channelsOf(order.id, 'order.shipped')).toEqual(['email'])
  })
})

describe('mails that can be turned off', () => {
  const review = (email: string) => ({ email, name: 'Alice', productTitle: 'Mug', url: 'http://localhost:5173/p/mug' })
  async function approved(email: string): Promise<{ channels: string[]; unsubscribeUrl: string }> {
    const key = `review.approved:${newId()}`
    await transaction((trx) => append(trx, 'review.approved', key, review(email)))
    return (await db()('outbox').where({ dedupeKey: key }).first('payload')).payload
  }
  const tokenIn = (url: string) => new URL(url).searchParams.get('token') ?? ''
  /** As Gmail does it: no cookie, no form token, its own body. */
  const oneClick = (token: string) =>
    new Browser().post(
      unsubscribePage,
      `/unsubscribe?token=${token}`,
      { 'List-Unsubscribe': 'One-Click' },
      { token: null },
    )

  test.each(['a guest', 'an account'])(
    '%s stops them with the link in the mail, without logging in, and may come back',
    async (who) => {
      const email = who === 'a guest' ? `${newId()}@example.com` : (await aUser()).email
      const { channels, unsubscribeUrl } = await approved(email.toUpperCase())
      expect(channels).toEqual(['email'])
      const token = tokenIn(unsubscribeUrl)
      expect(unsubscribeUrl).not.toContain(email.split('@')[0])
      const looked = await new Browser().get(unsubscribePage, `/unsubscribe?token=${token}`)
      expect([looked.status, looked.data]).toMatchObject([200, { kind: 'reviews' }])
      expect((await approved(email)).channels).toEqual(['email'])
      for (let times = 0; times < 2; times++) expect((await oneClick(token)).status).toBe(200)
      expect((await approved(email)).channels).toEqual([])
      await new Browser().post(unsubscribePage, `/unsubscribe?token=${token}&again=yes`, {}, { token: null })
      expect((await approved(email)).channels).toEqual(['email'])
    },
  )

  test('a link that was not made here, or was changed, opens nothing and turns nothing off', async () => {
    const { email } = await aUser()
    const token = tokenIn((await approved(email)).unsubscribeUrl)
    const forged = [
      '',
      'x',
      token.replace('reviews', 'news'),
      token.replace(/^u\.[^.]+/, `u.${newId()}`),
      `${token.slice(0, -2)}AA`,
      token.slice(0, -1),
      `${token}A`,
      'u.'.repeat(5000),
    ]
    for (const one of forged) {
      expect(readUnsubscribeToken(one)).toBeNull()
      expect((await oneClick(encodeURIComponent(one))).status).toBe(404)
    }
    expect((await approved(email)).channels).toEqual(['email'])
  })

  test('are chosen on the account’s page; a mailbox that said no before follows the account', async () => {
    const email = `${newId()}@example.com`
    await oneClick(tokenIn((await approved(email)).unsubscribeUrl))
    const { id } = await aUser('customer', email)
    expect((await approved(email)).channels).toEqual([])
    const browser = await logIn(id)
    const saved = await browser.post(messagesPage, '/account/messages', { intent: 'save', sms: 'yes', reviews: 'yes' })
    expect([saved.status, saved.location]).toEqual([303, '/account/messages'])
    expect(await findPreferences(id)).toEqual({ smsUpdates: true, reviews: true, news: false })
    expect((await approved(email)).channels).toEqual(['email'])
    await db()('users').where({ id }).update({ phone: null })
    const numberless = await browser.post(messagesPage, '/account/messages', { intent: 'save', sms: 'yes' })
    expect([numberless.status, numberless.data]).toMatchObject([422, { problem: { fields: { sms: [/number/] } } }])
  })
})

describe('what an order’s shopper was told', () => {
  test('stands on the timeline with the provider’s answer; staff send it again once a click, and it is written down', async () => {
    const order = await aPaidOrder()
    await sendAll(order.id)
    const [placed, paid] = await listMessagesOf(order.id)
    expect([placed?.topic, paid?.topic]).toEqual(['order.placed', 'order.paid'])
    expect(paid).toMatchObject({
      state: 'sent',
      canResend: true,
      isResend: false,
      deliveries: [
        { channel: 'email', status: 'sent', answer: '250 taken', messageId: expect.stringContaining('.email@') },
      ],
    })
    const { id: userId } = await aUser('support')
    const browser = await logIn(userId)
    const at = { params: { number: order.number } }
    const press = () =>
      browser.post(adminOrder, `/admin/orders/${order.number}`, { intent: 'resend', id: paid?.id ?? '' }, at)
    const answers = await Promise.all([press(), press()])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    const again = (await rowsOf(order.id)).at(-1)
    expect(again).toMatchObject({ topic: 'order.paid', dedupeKey: `order.paid:${order.id}:resend:1`, doneAt: null })
    expect(again.payload.order.number).toBe(order.number)
    const log = await db()('audit_log').where({ subject: `order:${order.number}`, action: 'messages:send' })
    expect(log).toMatchObject([{ actorId: userId, after: { message: 'order.paid', again: 1 } }])
    await sendAll(order.id)
    expect((await press()).status).toBe(303)
    expect((await rowsOf(order.id)).at(-1).dedupeKey).toBe(`order.paid:${order.id}:resend:2`)
  })

  test('cannot be sent again before it was sent, under another order’s number, nor by somebody who may only look', async () => {
    const [order, other] = [await aPaidOrder(), await aPaidOrder()]
    const [, paid] = await listMessagesOf(order.id)
    const staff = await aStaffMember()
    const again = (orderNumber: string, id = paid?.id ?? '') => resendMessage({ id, orderNumber }, staff)
    await expect(again(order.number)).rejects.toMatchObject({ code: 'conflict' })
    await sendAll(order.id)
    await expect(again(other.number)).rejects.toMatchObject({ code: 'not_found' })
    await expect(again(order.number, newId())).rejects.toMatchObject({ code: 'not_found' })
    await expect(again(order.number, 'x')).rejects.toMatchObject({ code: 'not_found' })
    const browser = await logIn((await aUser('warehouse')).id)
    const fields = { intent: 'resend', id: paid?.id ?? '' }
    const at = { params: { number: order.number } }
    expect((await browser.post(adminOrder, `/admin/orders/${order.number}`, fields, at)).status).toBe(403)
    expect(await rowsOf(order.id)).toHaveLength(2)
  })

  test('of an order whose events were not kept whole is written anew from the order', async () => {
    const order = await aPaidOrder()
    const staff = await aStaffMember()
    const items = await db()('order_items').where({ orderId: order.id }).select('sku', 'quantity')
    await shipOrder({ orderId: order.id, ...sentAway, lines: items }, staff)
    await sendAll(order.id)
    await db()('outbox')
      .where({ orderId: order.id })
      .update({ payload: JSON.stringify({ order: { number: order.number }, seeded: true }) })
    for (const { id, topic } of await listMessagesOf(order.id)) {
      await resendMessage({ id, orderNumber: order.number }, staff)
      const again = (await rowsOf(order.id)).at(-1)
      expect(again).toMatchObject({ topic, payload: { order: { number: order.number, email: 'alice@example.com' } } })
    }
    expect((await rowsOf(order.id)).at(-1).payload.parcel.carrier).toBe('An Post')
  })
})

describe('all messages', () => {
  test('are found by address or order number and by how they stand; a parked one is let go and that is written down', async () => {
    const order = await aPaidOrder()
    await sendAll(order.id)
    const [placed] = await listMessagesOf(order.id)
    const id = placed?.id ?? ''
    await db()('outbox')
      .where({ id })
      .update({ doneAt: null, parkedAt: new Date(), attempts: 12, lastError: 'no such user' })
    const browser = await logIn((await aUser('support')).id)
    const listed = async (query: string) =>
      ((await browser.get(adminMessages, `/admin/messages?${query}`)).data as { items: { id: string }[] }).items.map(
        (message) => message.id,
      )
    expect(await listed(`q=${order.number.toLowerCase()}`)).toHaveLength(2)
    expect(await listed(`q=${order.number}&status=parked`)).toEqual([id])
    expect(await listed('q=Alice%40Example.com')).toContain(id)
    expect(await listed('q=nobody%40example.com')).toEqual([])
    expect((await browser.post(adminMessages, '/admin/messages', { intent: 'release', id })).status).toBe(303)
    expect((await rowsOf(order.id))[0]).toMatchObject({ parkedAt: null, attempts: 0, lastError: null })
    expect((await browser.post(adminMessages, '/admin/messages', { intent: 'release', id })).status).toBe(409)
    expect(await db()('audit_log').where({ subject: `message:${id}` })).toHaveLength(1)
  })

  test('a secret link that is parked is let go by nobody, and no list shows it', async () => {
    const { email } = await aUser()
    const url = 'http://localhost:5173/reset-password?token=very-secret'
    const key = `account.reset_password:${newId()}`
    await transaction((trx) =>
      append(trx, 'account.reset_password', key, { email, name: 'Alice', url, expiresMinutes: 30 }),
    )
    const { id } = await db()('outbox').where({ dedupeKey: key }).first('id')
    await db()('outbox').where({ id }).update({ parkedAt: new Date(), lastError: 'no such user' })
    const { items } = await listMessages({ q: email, page: 1 })
    expect(items).toMatchObject([{ id, state: 'parked', to: email, canRelease: false, canResend: false }])
    expect(JSON.stringify(items)).not.toContain('very-secret')
    await expect(releaseMessage(id, await aStaffMember())).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a message looked at', () => {
  test('is drawn by the notifier: as it was sent, as it would be, or with a sample; the order’s secret link is left out', async () => {
    const order = await aPaidOrder()
    const sent = await previewMessage('order.paid', order.number)
    expect(sent).toMatchObject({ from: 'sent', subject: `Thank you for your order ${order.number}`, sms: null })
    expect(sent.text).toContain(`/orders/${order.number}`)
    for (const words of [sent.html, sent.text]) expect(words).not.toMatch(/token=|very-secret/)
    expect(await previewMessage('order.shipped', order.number)).toMatchObject({
      from: 'order',
      subject: expect.stringContaining(order.number),
    })
    expect(await previewMessage('account.reset_password', order.number)).toMatchObject({ from: 'sample' })
    await expect(previewMessage('order.paid', 'HS-NONE-NONE')).rejects.toMatchObject({ code: 'not_found' })
    await expect(previewMessage('constructor', '')).rejects.toMatchObject({ code: 'not_found' })
  })
})
