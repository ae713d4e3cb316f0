import '../../test/stage.ts'
import { createHmac } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { api } from '#app/api/app.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { connect, databaseAnswers, db, isUnavailable, jobsDb } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as cartPage from '#app/routes/cart/cart.tsx'
import { startProxy } from '../../../notifier/test/proxy.ts'
import { Browser } from '../../test/browser.ts'
import { aCheckout, aFullCart, aMug, guest, openForBusiness } from '../../test/shopping.ts'
import { warehouse } from '../../test/stage.ts'

beforeEach(openForBusiness)
afterEach(() => {
  vi.restoreAllMocks()
})

const secret = process.env.STRIPE_WEBHOOK_SECRET ?? ''
function deliver(): Promise<Response> {
  const body = JSON.stringify({
    id: `evt_${newId()}`,
    type: 'checkout.session.completed',
    livemode: false,
    data: { object: { id: 'cs_test_none' } },
  })
  const at = Math.floor(Date.now() / 1000)
  const signature = `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`
  const headers = { 'Content-Type': 'application/json', 'Stripe-Signature': signature }
  return Promise.resolve(api().request('/payments/webhook', { method: 'POST', body, headers }))
}

/** Keeps every connection of a pool busy until the answer is called. */
async function exhaust(knex: ReturnType<typeof db>): Promise<() => Promise<void>> {
  const { max } = knex.client.pool
  const held = await Promise.all(Array.from({ length: max }, () => knex.transaction()))
  return async () => {
    await Promise.all(held.map((one) => one.rollback()))
  }
}

const timed = async <T>(work: Promise<T>) => {
  const from = performance.now()
  const answer = await work
  return { answer, ms: performance.now() - from }
}

const asPage = (work: () => Promise<unknown>): Promise<unknown> =>
  answerLoader(work).catch((refused: unknown) => refused)

describe('bulkheads', () => {
  test('with every connection of the pages taken, pages say so within two seconds while webhooks are kept and health answers', async () => {
    const free = await exhaust(db())
    try {
      const page = timed(asPage(() => db().raw('select 1')))
      const list = timed(Promise.resolve(api().request('/openapi.json')))
      const webhook = await timed(deliver())
      expect(webhook.answer.status).toBe(200)
      expect(await webhook.answer.json()).toMatchObject({ received: true, new: true })
      expect(webhook.ms).toBeLessThan(1_500)
      expect((await list).answer.status).toBe(200)
      expect(await databaseAnswers()).toBe(true)
      await jobsDb().raw('select 1')
      const { answer, ms } = await page
      expect(answer).toMatchObject({ init: { status: 503 } })
      expect(ms).toBeGreaterThan(1_000)
      expect(ms).toBeLessThan(4_000)
    } finally {
      await free()
    }
  })

  test('with every connection of the background work taken, a webhook is kept all the same', async () => {
    const free = await exhaust(jobsDb())
    try {
      expect((await deliver()).status).toBe(200)
      await db().raw('select 1')
    } finally {
      await free()
    }
  })
})

describe('Postgres that goes away and comes back', () => {
  test('is told as “try again” to everybody meanwhile, and answers within five seconds of being back', async () => {
    const url = new URL(process.env.STOREFRONT_DATABASE_URL ?? '')
    const first = await startProxy(url.hostname, Number(url.port))
    url.hostname = '127.0.0.1'
    url.port = String(first.port)
    const knex = connect(url.href, { name: 'storefront-test', max: 4, statementTimeoutMs: 5_000 })
    await Promise.all(Array.from({ length: 4 }, () => knex.raw('select 1')))
    const underWay = Array.from({ length: 4 }, () => asPage(() => knex.raw('select pg_sleep(20)')))
    first.stop()
    const asked = Array.from({ length: 20 }, () => timed(asPage(() => knex.raw('select 1'))))
    for (const answer of await Promise.all(underWay)) expect(answer).toMatchObject({ init: { status: 503 } })
    for (const { answer, ms } of await Promise.all(asked)) {
      expect(answer).toMatchObject({ init: { status: 503 } })
      expect(ms).toBeLessThan(5_000)
    }
    const postgres = new URL(process.env.STOREFRONT_DATABASE_URL ?? '')
    const second = await startProxy(postgres.hostname, Number(postgres.port), first.port)
    const back = await timed(knex.raw('select 1 as one'))
    expect(back.answer.rows).toEqual([{ one: 1 }])
    expect(back.ms).toBeLessThan(5_000)
    await knex.destroy()
    second.stop()
  })
})

describe('a disk that is full', () => {
  beforeEach(async () => {
    await db().raw(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$`)
    for (const table of ['cart_items', 'stripe_events'])
      await db().raw(
        `CREATE TRIGGER full_disk BEFORE INSERT ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION full_disk()`,
      )
  })
  afterEach(async () => {
    await db().raw('DROP FUNCTION full_disk CASCADE')
  })

  test('refuses what must be written with “try again”, and shows what is there', async () => {
    warehouse.sell(aMug())
    const browser = new Browser()
    const add = await browser.post(cartPage, '/cart', { intent: 'add', sku: 'MUG-SAGE', quantity: '1' })
    expect(add.status).toBe(503)
    expect(add.data).toMatchObject({ problem: { code: 'overloaded' } })
    expect((await browser.get(cartPage, '/cart')).status).toBe(200)
    const webhook = await deliver()
    expect([webhook.status, webhook.headers.get('Retry-After')]).toEqual([503, '5'])
  })
})

describe('an answer of the database that is lost', () => {
  /** The next COMMIT is done, and its connection breaks before anybody hears of it. */
  function loseNextCommit(): void {
    const query = pg.Client.prototype.query as (...given: unknown[]) => unknown
    let lost = false
    vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...given: unknown[]) {
      const [what, ...rest] = given
      const text = typeof what === 'string' ? what : (what as { text?: string }).text
      if (lost || !/^COMMIT/i.test(text ?? '')) return query.call(this, what, ...rest) as never
      lost = true
      const told = rest.at(-1) as (error: Error) => void
      const connection = this as unknown as { connection: { stream: { destroy: () => void } } }
      query.call(this, what, () => {
        this.once('end', () => told(new Error('Connection terminated unexpectedly')))
        connection.connection.stream.destroy()
      })
      return undefined as never
    })
  }

  test('to the COMMIT of an order: the shopper is asked to try again, and trying again is the same order', async () => {
    const cart = await aFullCart()
    const checkout = await aCheckout(cart.id)
    const lock = db().transaction
    let commits = 0
    // The first transaction looks at the cart, the second writes the order.
    vi.spyOn(db(), 'transaction').mockImplementation(((...given: Parameters<typeof lock>) => {
      if (++commits === 2) loseNextCommit()
      return lock.apply(db(), given)
    }) as typeof lock)
    const error = await placeOrder(checkout, guest()).catch((thrown: unknown) => thrown)
    expect(isUnavailable(error)).toBe(true)
    vi.restoreAllMocks()
    const written = await db()('orders').where({ cartId: cart.id })
    expect(written).toMatchObject([{ status: 'placing' }])
    const again = await placeOrder(checkout, guest())
    expect(again.number).toBe(written[0].number)
    expect(again.paymentUrl).toMatch(/^http/)
    expect(await db()('orders').where({ cartId: cart.id })).toHaveLength(1)
  })
})
