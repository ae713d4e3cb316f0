import '../../../test/stage.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { recordSession } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { forgetLimiters } from '#app/domain/identity/rate-limit.server.ts'
import { deliverOrder } from '#app/domain/orders/deliver.server.ts'
import { shipOrder } from '#app/domain/orders/ship.server.ts'
import { retrieveSession } from '#app/domain/payments/stripe.server.ts'
import { db } from '#app/lib/db.server.ts'
import { newId, newToken } from '#app/lib/ids.ts'
import * as accountOrder from '#app/routes/account/order.tsx'
import * as adminCreditNote from '#app/routes/admin/credit-note.tsx'
import * as adminInvoice from '#app/routes/admin/invoice.tsx'
import * as adminInvoicePdf from '#app/routes/admin/invoice-pdf.ts'
import * as adminOrder from '#app/routes/admin/order.tsx'
import * as adminReturns from '#app/routes/admin/returns.tsx'
import * as creditNote from '#app/routes/checkout/credit-note.tsx'
import * as invoice from '#app/routes/checkout/invoice.tsx'
import * as invoicePdf from '#app/routes/checkout/invoice-pdf.ts'
import * as orderPage from '#app/routes/checkout/order.tsx'
import * as lookup from '#app/routes/checkout/order-lookup.tsx'
import * as returnRequest from '#app/routes/checkout/return-request.tsx'
import { Browser } from '../../../test/browser.ts'
import { logIn } from '../../../test/log-in.ts'
import { aMug, aPaidOrder, aPlacedOrder, guest, openForBusiness, statusOf } from '../../../test/shopping.ts'
import { payOn, warehouse } from '../../../test/stage.ts'

beforeEach(openForBusiness)

const staffBy = () => ({ actor: 'staff:test', at: new Date() })
type Placed = { number: string; token: string; id: string }
const secret = (order: Placed, page = '') => `/orders/${order.number}${page}?token=${order.token}`

async function aUser(role = 'customer'): Promise<{ id: string; browser: Browser }> {
  const id = newId()
  await db()('users').insert({ id, email: `${id}@example.com`, name: 'Alice', role })
  return { id, browser: await logIn(id) }
}

async function aDeliveredOrder(things: Parameters<typeof aPaidOrder>[0] = {}) {
  const order = await aPaidOrder(things)
  await shipOrder({ orderId: order.id, carrier: null, trackingNumber: null, trackingUrl: null }, staffBy())
  await deliverOrder({ orderId: order.id }, staffBy())
  return order
}

const asks = (fields: Record<string, string> = {}) => ({
  intent: 'request',
  formKey: newToken(),
  'q:MUG-SAGE': '1',
  'r:MUG-SAGE': 'damaged',
  note: 'The handle is off',
  ...fields,
})
const request = (browser: Browser, order: Placed, fields = asks(), url = secret(order, '/return-request')) =>
  browser.post(returnRequest, url, fields, { params: { number: order.number } })
const returnsOf = (orderId: string) => db()('returns').where({ orderId }).orderBy('requestedAt')

describe('an invoice', () => {
  test('is read and printed by whoever has the link, by its owner and by staff, and by nobody else', async () => {
    const { id: userId, browser: owner } = await aUser()
    const order = await aPaidOrder({ userId })
    const params = { number: order.number }
    const read = await new Browser().get(invoice, secret(order, '/invoice'), params)
    expect(read.data).toMatchObject({ words: { title: 'Invoice', total: { text: '€40.90' } } })
    expect(read.headers.get('Cache-Control')).toBe('private, no-store')
    expect(read.headers.get('Referrer-Policy')).toBe('same-origin')
    expect((await owner.get(invoice, `/orders/${order.number}/invoice`, params)).status).toBe(200)
    const { browser: staff } = await aUser('support')
    expect((await staff.get(adminInvoice, `/admin/orders/${order.number}/invoice`, params)).status).toBe(200)
    const { browser: stranger } = await aUser()
    const refused = await Promise.all([
      stranger.get(invoice, `/orders/${order.number}/invoice`, params),
      new Browser().get(invoice, `/orders/${order.number}/invoice?token=${newToken()}`, params),
      stranger.get(invoicePdf, `/orders/${order.number}/invoice.pdf`, params),
      stranger.get(adminInvoice, `/admin/orders/${order.number}/invoice`, params),
    ])
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect((await new Browser().get(adminInvoicePdf, `/admin/orders/${order.number}/invoice.pdf`, params)).status).toBe(
      302,
    )
  })

  test('comes as a PDF, with letters of all of Europe; an unpaid order has none', async () => {
    const order = await aPaidOrder()
    await db()('orders')
      .where({ id: order.id })
      .update({
        billingAddress: JSON.stringify({
          ...(await db()('orders').where({ id: order.id }).first()).billingAddress,
          fullName: 'Ελλάδα Müller',
          city: 'Łódź',
        }),
      })
    const answer = (await invoicePdf.loader({
      request: new Request(`http://localhost:5173${secret(order, '/invoice.pdf')}`),
      params: { number: order.number },
      context: { visitor: () => new Browser().visitor() },
    } as never)) as Response
    expect(answer.headers.get('Content-Type')).toBe('application/pdf')
    expect(answer.headers.get('Content-Disposition')).toMatch(/^inline; filename="INV-\d{4}-\d{6}\.pdf"$/)
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    const unpaid = await aPlacedOrder()
    expect((await new Browser().get(invoice, secret(unpaid, '/invoice'), { number: unpaid.number })).status).toBe(404)
  })

  test('and its credit notes belong to their order: another order’s number leads nowhere', async () => {
    const [order, other] = [await aPaidOrder(), await aPaidOrder()]
    await refundOrder({ orderId: order.id, amountMinor: 1000, reason: 'Scratch' }, staffBy())
    const note = await db()('invoices').where({ orderId: order.id, kind: 'credit_note' }).first()
    const look = (of: Placed, document: string) =>
      new Browser().get(creditNote, secret(of, `/credit-notes/${document}`), { number: of.number, document })
    expect((await look(order, note.number)).data).toMatchObject({ words: { total: { text: '€10.00' } } })
    for (const document of [note.number, 'CN-2026-999999', '', "' OR 1=1", '\u202e'])
      expect((await look(other, document)).status).toBe(404)
    const { browser: staff } = await aUser('manager')
    const params = { number: other.number, document: note.number }
    expect((await staff.get(adminCreditNote, '/admin', params)).status).toBe(404)
  })
})

describe('announcing a return', () => {
  test('works behind the secret link and in the account, once however often the form is sent', async () => {
    const { id: userId, browser: owner } = await aUser()
    const order = await aDeliveredOrder({ quantity: 3, userId })
    const fields = asks()
    const [first, second] = await Promise.all([
      request(new Browser(), order, fields),
      request(new Browser(), order, fields),
    ])
    expect([first.location, second.location]).toEqual([secret(order), secret(order)])
    const mine = await request(owner, order, asks(), `/orders/${order.number}/return-request`)
    expect(mine.location).toBe(`/account/orders/${order.number}`)
    expect((await returnsOf(order.id)).map(({ status, note }) => [status, note])).toEqual([
      ['requested', 'The handle is off'],
      ['requested', 'The handle is off'],
    ])
    const page = await owner.get(accountOrder, '/', { number: order.number })
    expect(page.data).toMatchObject({ afterSale: { returns: [{ statusLabel: 'Asked for' }, {}], returnable: true } })
    const [{ number }] = await returnsOf(order.id)
    await owner.post(
      accountOrder,
      '/',
      { intent: 'cancel_return', returnNumber: number },
      { params: { number: order.number } },
    )
    expect((await returnsOf(order.id))[0].status).toBe('cancelled')
  })

  test('refuses what makes no sense beside its field, keeps what was typed and changes nothing', async () => {
    const order = await aDeliveredOrder({ quantity: 2 })
    const cases: [Record<string, string>, string][] = [
      [{ 'q:MUG-SAGE': '0' }, 'form'],
      [{ 'q:MUG-SAGE': '' }, 'form'],
      [{ 'q:MUG-SAGE': '-1' }, 'q:MUG-SAGE'],
      [{ 'q:MUG-SAGE': '1.5' }, 'q:MUG-SAGE'],
      [{ 'q:MUG-SAGE': '3' }, 'q:MUG-SAGE'],
      [{ 'q:MUG-SAGE': '99999999999' }, 'q:MUG-SAGE'],
      [{ 'q:MUG-SAGE': '１' }, 'q:MUG-SAGE'],
      [{ 'q:LAMP': '1', 'r:LAMP': 'other' }, 'q:LAMP'],
      [{ 'r:MUG-SAGE': 'because' }, 'r:MUG-SAGE'],
      [{ note: 'x'.repeat(1001) }, 'note'],
      [{ formKey: 'short' }, 'formKey'],
    ]
    for (const [fields, field] of cases) {
      const answer = await request(new Browser(), order, asks(fields))
      expect(answer.status, JSON.stringify(fields).slice(0, 60)).toBe(422)
      expect(answer.data).toMatchObject({ problem: { fields: { [field]: [expect.any(String)] } } })
    }
    expect((await request(new Browser(), order, asks(), `/orders/${order.number}/return-request`)).status).toBe(404)
    expect(await returnsOf(order.id)).toEqual([])
  })
})

describe('ordering again', () => {
  test('fills the cart at today’s prices, says what is gone or fewer, and doubles nothing', async () => {
    const order = await aPaidOrder({ quantity: 3 })
    warehouse.sell({
      ...aMug({ priceMinor: 2100, available: 2 }),
      id: (warehouse.variants.get('MUG-SAGE') ?? aMug()).id,
    })
    const browser = new Browser()
    const press = () =>
      browser.post(orderPage, secret(order), { intent: 'reorder' }, { params: { number: order.number } })
    const answer = await press()
    expect(answer.location).toBe('/cart')
    await press()
    const { cartId } = await browser.visitor()
    expect(await db()('cart_items').where({ cartId })).toMatchObject([
      { sku: 'MUG-SAGE', quantity: 2, seenPriceMinor: 2100 },
    ])
    warehouse.variants.clear()
    const gone = await press()
    expect(gone.status).toBe(409)
    expect(gone.data).toMatchObject({ problem: { code: 'out_of_stock' } })
  })
})

describe('finding an order', () => {
  const find = (number: string, email: string, browser = new Browser()) =>
    browser.post(lookup, '/order-lookup', { intent: 'find', number, email })

  test('leads to its secret link by number and address, however they are typed', async () => {
    const order = await aPaidOrder()
    const typed = order.number.toLowerCase().replaceAll('-', ' ')
    for (const number of [order.number, typed, order.number.slice(3), ` ${order.number} `])
      expect((await find(number, ' Alice@Example.com ')).location).toBe(secret(order))
  })

  test('answers a wrong number, a wrong address and a number that is none exactly alike', async () => {
    const order = await aPaidOrder()
    const tries: [string, string][] = [
      [order.number, 'mallory@example.com'],
      ['HS-2222-2222', 'alice@example.com'],
      ['%', 'alice@example.com'],
      ["HS-' OR 1=1 --", 'alice@example.com'],
    ]
    const answers = await Promise.all(tries.map(([number, email]) => find(number, email)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]))
    const said = answers.map(({ data }) => (data as { problem: { message: string; fields: object } }).problem)
    expect(new Set(said.map(({ message, fields }) => JSON.stringify({ message, fields }))).size).toBe(1)
    expect((await find('', 'alice@example.com')).status).toBe(422)
    expect((await find(order.number, 'nobody')).status).toBe(422)
  })

  test('is limited by order and by network', async () => {
    const order = await aPaidOrder()
    const guess = (index: number) =>
      find(order.number, `guess-${index}@example.com`, new Browser(`198.51.100.${index}`))
    const byOrder = []
    for (let index = 0; index < 11; index++) byOrder.push((await guess(index)).status)
    expect(byOrder.at(-1)).toBe(429)
    expect((await find(order.number, 'alice@example.com', new Browser('198.51.100.99'))).status).toBe(429)
    const one = new Browser('192.0.2.77')
    const byNetwork = []
    for (let index = 0; index < 31; index++)
      byNetwork.push((await find(`HS-3333-${2000 + index}`, 'a@example.com', one)).status)
    expect(byNetwork.at(-1)).toBe(429)
    forgetLimiters()
  })
})

describe('staff', () => {
  const press = (browser: Browser, order: Placed, fields: Record<string, string>) =>
    browser.post(adminOrder, `/admin/orders/${order.number}`, fields, { params: { number: order.number } })

  test('see a return in their list, take it through to its money, each step with one line in the audit log', async () => {
    const { id, browser } = await aUser('manager')
    const order = await aDeliveredOrder({ quantity: 2 })
    await request(new Browser(), order)
    const [{ number: returnNumber }] = await returnsOf(order.id)
    const list = await browser.get(adminReturns, '/admin/returns')
    expect(list.data).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ number: returnNumber })]),
    })
    const steps: Record<string, string>[] = [
      { intent: 'return_approve', note: 'Send it to Dublin' },
      { intent: 'return_receive', 'q:MUG-SAGE': '1', 'd:MUG-SAGE': 'write_off' },
      { intent: 'refund_return', 'q:MUG-SAGE': '1', shipping: '', reason: 'Return', formKey: newToken() },
    ]
    for (const step of steps)
      expect((await press(browser, order, { ...step, returnNumber })).status, step.intent).toBe(303)
    expect((await returnsOf(order.id))[0].status).toBe('refunded')
    const acts = await db()('audit_log').where({ actorId: id }).orderBy('seq')
    expect(acts.map(({ action }) => action)).toEqual(['returns:approve', 'returns:receive', 'orders:refund'])
  })

  test('refund lines by their form; what makes no sense is refused beside its field', async () => {
    const { browser } = await aUser('support')
    const order = await aPaidOrder({ quantity: 2 })
    const fields = {
      intent: 'refund_lines',
      reason: 'Broken',
      shipping: '',
      formKey: newToken(),
      'q:MUG-SAGE': '1',
      'd:MUG-SAGE': 'restock',
    }
    const cases: [Record<string, string>, number, string][] = [
      [{ 'q:MUG-SAGE': '3' }, 422, 'q:MUG-SAGE'],
      [{ 'q:MUG-SAGE': '-1' }, 422, 'q:MUG-SAGE'],
      [{ 'q:MUG-SAGE': '0' }, 422, 'form'],
      [{ 'q:LAMP': '1' }, 422, 'q:LAMP'],
      [{ shipping: '4.91' }, 422, 'shipping'],
      [{ shipping: '-1' }, 422, 'shipping'],
      [{ shipping: 'all' }, 422, 'shipping'],
      [{ reason: ' ' }, 422, 'reason'],
      [{ formKey: '' }, 422, 'formKey'],
    ]
    for (const [wrong, status, field] of cases) {
      const answer = await press(browser, order, { ...fields, ...wrong })
      expect([answer.status, Object.keys((answer.data as { problem: { fields: object } }).problem.fields)]).toEqual([
        status,
        [field],
      ])
    }
    expect(await db()('refunds').where({ orderId: order.id })).toEqual([])
    await Promise.all([
      press(browser, order, { ...fields, shipping: '4,90' }),
      press(browser, order, { ...fields, shipping: '4,90' }),
    ])
    expect(await db()('refunds').where({ orderId: order.id })).toMatchObject([
      { amountMinor: 2290, status: 'succeeded' },
    ])
    const { browser: content } = await aUser('content')
    expect((await press(content, order, fields)).status).toBe(403)
    const { browser: packer } = await aUser('warehouse')
    expect((await press(packer, order, fields)).status).toBe(403)
  })

  test('end a payment that does not fit by a button that stands only there', async () => {
    const { browser } = await aUser('manager')
    const order = await aPlacedOrder()
    await payOn(order.paymentUrl)
    const { providerSessionId } = await db()('payments').where({ orderId: order.id }).first()
    await db()('payments').where({ orderId: order.id }).update({ amountMinor: 3000 })
    const params = { number: order.number }
    expect((await browser.get(adminOrder, '/', params)).data).toMatchObject({ may: { endMismatch: false } })
    await recordSession(await retrieveSession(providerSessionId), guest())
    expect((await browser.get(adminOrder, '/', params)).data).toMatchObject({ may: { endMismatch: true } })
    expect((await press(browser, order, { intent: 'end_mismatch' })).status).toBe(303)
    expect((await press(browser, order, { intent: 'end_mismatch' })).status).toBe(409)
    expect(await statusOf(order.id)).toBe('cancelled')
  })
})
