// Races through the whole shop, two storefronts and two catalog-apis: tabs, double clicks, coupons, refunds, log-ins, and the
// last unit up to its payment. Each race answers what broke, in words; the judge of the whole shop comes after them all.
import { randomUUID } from 'node:crypto'
import { Buyer, formWith, type Outcome, type Wish } from '../chaos/buyer.ts'
import type { ChaosShop } from '../chaos/shop.ts'
import { Visitor } from '../surface/visitor.ts'
import type { Shelf } from './shelf.ts'

type Rows = Record<string, string | number | null>[]
export type Arena = {
  shop: ChaosShop
  shelf: Shelf
  /** One statement in the storefront's database. */
  ask: (sql: string, values: unknown[]) => Promise<Rows>
  random: () => number
  /** What buyers were told, for the judge. */
  outcomes: Outcome[]
  faults: string[]
}
export type ShopRace = (arena: Arena) => Promise<string[]>

const times = <T>(count: number, make: (number: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))

function newBuyer({ shop, random }: Arena, name = `race-${randomUUID().slice(0, 13)}`): Buyer {
  const port = shop.storefronts[Math.floor(random() * shop.storefronts.length)]
  return new Buyer(port ?? 0, name)
}

/** The same person's browser, asking the other storefront. */
function atEach({ shop }: Arena, { visitor }: Buyer): Visitor[] {
  return shop.storefronts.map((port) => {
    const twin = new Visitor(port)
    for (const [name, value] of visitor.cookies) twin.cookies.set(name, value)
    return twin
  })
}

/** Whatever throws becomes words of what broke. */
async function noting(arena: Arena, buyers: Buyer[], race: () => Promise<string[]>): Promise<string[]> {
  const broken = await race().catch((error: Error) => [error.message])
  arena.faults.push(...buyers.flatMap(({ faults }) => faults))
  return broken
}

const expectEqual = (what: string, found: unknown, due: unknown): string[] =>
  JSON.stringify(found) === JSON.stringify(due) ? [] : [`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(due)}`]

async function ready(buyer: Buyer, wishes: Wish[]): Promise<Record<string, string>> {
  await buyer.fillCart(wishes)
  return buyer.review()
}

/** The review page in two tabs, confirmed in both at once; then one tab pays while the other changes the cart. */
export const twoTabs: ShopRace = (arena) => {
  const buyer = newBuyer(arena)
  return noting(arena, [buyer], async () => {
    const wish = await arena.shelf.article(50)
    const one = await ready(buyer, [wish])
    const two = await buyer.review()
    const [first, second] = await Promise.all([buyer.confirm(one), buyer.confirm(two)])
    if ('refused' in first || 'refused' in second) return [`a tab was refused: ${JSON.stringify([first, second])}`]
    const broken = expectEqual('both tabs pay on one page', second.payAt, first.payAt)
    const cart = await buyer.get('/cart')
    const form = formWith(cart.text, 'value="set"') ?? formWith(cart.text, 'value="remove"')
    const change = form ? buyer.post('/cart', { ...form, intent: 'set', sku: wish.sku, quantity: '2' }) : null
    const [paid] = await Promise.all([buyer.pay(first.payAt).catch(() => null), change])
    if (paid && (await isPaid(arena, paid))) arena.outcomes.push({ kind: 'bought', number: paid })
    const orders = await arena.ask(
      `SELECT o.status FROM orders o WHERE o.email = $1 AND o.status NOT IN ('cancelled', 'expired', 'refund_due', 'refunded')`,
      [buyer.email],
    )
    return orders.length > 1 ? [...broken, `one cart, ${orders.length} orders: ${JSON.stringify(orders)}`] : broken
  })
}

const isPaid = async ({ ask }: Arena, number: string): Promise<boolean> =>
  (await ask(`SELECT 1 AS paid FROM orders WHERE number = $1 AND paid_at IS NOT NULL`, [number])).length === 1

/** The button pressed eight times at both storefronts, and once more after paying. */
export const doubleClicks: ShopRace = (arena) => {
  const buyer = newBuyer(arena)
  return noting(arena, [buyer], async () => {
    const form = await ready(buyer, [await arena.shelf.article(50)])
    const press = (visitor: Visitor) =>
      visitor.send('POST', '/checkout/review', {
        headers: { 'X-Forwarded-For': '12.0.0.1' },
        body: new URLSearchParams(form),
      })
    const twins = atEach(arena, buyer)
    const answers = await Promise.all(times(8, (at) => press(twins[at % twins.length] as Visitor)))
    const told = [...new Set(answers.map(({ status, headers }) => `${status} ${headers.location}`))]
    const broken =
      told.length === 1 && told[0]?.startsWith('303 http') ? [] : [`presses were answered ${told.join(', ')}`]
    const payAt = answers[0]?.headers.location ?? ''
    const number = await buyer.pay(payAt)
    arena.outcomes.push({ kind: 'bought', number })
    const replayed = await press(twins[0] as Visitor)
    if (!replayed.headers.location?.includes(number)) broken.push(`a replay led to ${replayed.headers.location}`)
    const [row] = await arena.ask(
      `SELECT count(*)::int AS orders, sum((SELECT count(*) FROM payments p WHERE p.order_id = o.id))::int AS payments
       FROM orders o WHERE o.email = $1`,
      [buyer.email],
    )
    return [...broken, ...expectEqual('orders and payments of eight presses', row, { orders: 1, payments: 1 })]
  })
}

async function aCoupon({ ask }: Arena, limits: { total?: number; customer?: number }): Promise<string> {
  const code = `RACE-${randomUUID().slice(0, 8).toUpperCase()}`
  await ask(
    `INSERT INTO coupons (id, code, kind, value, currency, limit_total, limit_per_customer)
     VALUES ($1, $2, 'percent', 1000, 'EUR', $3, $4) RETURNING id`,
    [randomUUID(), code, limits.total ?? null, limits.customer ?? null],
  )
  return code
}

/** With the code on the cart, up to the review page. */
async function readyWith(buyer: Buyer, wish: Wish, code: string): Promise<Record<string, string>> {
  await buyer.fillCart([wish])
  const cart = await buyer.get('/cart')
  const form = formWith(cart.text, 'value="coupon"')
  if (!form) throw new Error('the cart asks for no code')
  const answer = await buyer.post('/cart', { ...form, intent: 'coupon', coupon: code })
  if (answer.status !== 303) throw new Error(`the code was answered ${answer.status}`)
  return buyer.review()
}

type Uses = { used: number; claimed: number; orders: number }

const usesOf = async ({ ask }: Arena, code: string): Promise<Uses> => {
  const [row] = await ask(
    `SELECT c.used, (SELECT count(*)::int FROM coupon_uses u WHERE u.coupon_id = c.id AND u.status = 'claimed') AS claimed,
       (SELECT count(*)::int FROM orders o WHERE o.coupon->>'code' = c.code AND o.status NOT IN ('cancelled', 'expired')) AS orders
     FROM coupons c WHERE c.code = $1`,
    [code],
  )
  return row as Uses
}

/** Twelve buyers confirm at once with a code that works three times; then one gives theirs back and the rest try again. */
export const couponInTotal: ShopRace = (arena) => {
  const buyers = times(12, () => newBuyer(arena))
  return noting(arena, buyers, async () => {
    const [wish, code] = [await arena.shelf.article(50), await aCoupon(arena, { total: 3 })]
    const forms = await Promise.all(buyers.map((buyer) => readyWith(buyer, wish, code)))
    const confirm = (at: number) => buyers[at]?.confirm(forms[at] ?? {}) ?? Promise.reject(new Error('nobody'))
    const first = await Promise.all(buyers.map((_, at) => confirm(at)))
    const due = { used: 3, claimed: 3, orders: 3 }
    const broken = expectEqual('uses of a code for three', await usesOf(arena, code), due)
    const losers = first.flatMap((placed, at) => ('refused' in placed ? [at] : []))
    const winner = first.findIndex((placed) => 'payAt' in placed)
    const cart = await buyers[winner]?.get('/cart')
    const form = formWith(cart?.text ?? '', 'value="remove"')
    // Taking the goods out cancels the order that waits for its payment: its use is free again.
    const back = form && buyers[winner]?.post('/cart', { ...form, intent: 'remove', sku: wish.sku })
    await Promise.all([back, ...losers.map((at) => confirm(at))])
    await Promise.all(losers.map((at) => confirm(at)))
    return [...broken, ...expectEqual('uses after one came back', await usesOf(arena, code), due)]
  })
}

/** One person's six browsers confirm at once with a code that each customer may use once. */
export const couponPerCustomer: ShopRace = (arena) => {
  const name = `race-${randomUUID().slice(0, 13)}`
  const buyers = times(6, () => newBuyer(arena, name))
  return noting(arena, buyers, async () => {
    const [wish, code] = [await arena.shelf.article(50), await aCoupon(arena, { customer: 1 })]
    const forms = await Promise.all(buyers.map((buyer) => readyWith(buyer, wish, code)))
    await Promise.all(buyers.map((buyer, at) => buyer.confirm(forms[at] ?? {})))
    return expectEqual('uses of a code for one each', await usesOf(arena, code), { used: 1, claimed: 1, orders: 1 })
  })
}

async function aShopkeeper(arena: Arena): Promise<Buyer> {
  const staff = newBuyer(arena, `shopkeeper-${randomUUID()}`)
  const form = formWith((await staff.get('/login')).text, 'name="password"')
  const { status } = await staff.post('/login', { ...form, email: 'admin@example.com', password: 'Admin@123' })
  if (status !== 303) throw new Error(`staff could not log in: ${status}`)
  return staff
}

/** Four shopkeepers give back 60 % of one payment at the same moment, then smaller parts: never above what was taken. */
export const refunds: ShopRace = (arena) => {
  const buyer = newBuyer(arena)
  return noting(arena, [buyer], async () => {
    const bought = await buyer.buy(await arena.shelf.article(50))
    arena.outcomes.push(bought)
    if (bought.kind !== 'bought') return [`nothing to give back: ${bought.why}`]
    const [payment] = await arena.ask(
      'SELECT p.captured_minor::int AS captured FROM payments p JOIN orders o ON o.id = p.order_id WHERE o.number = $1',
      [bought.number],
    )
    const captured = Number(payment?.captured)
    const staff = await Promise.all(times(4, () => aShopkeeper(arena)))
    const path = `/admin/orders/${bought.number}`
    const giveBack = async (who: Buyer, share: number) => {
      const form = formWith((await who.get(path)).text, 'value="refund"')
      if (!form) return 0
      const amount = ((captured * share) / 100).toFixed(2)
      return { amount, form, who }
    }
    const wave = async (share: number) => {
      const forms = await Promise.all(staff.map((who) => giveBack(who, share)))
      await Promise.all(
        forms.map((open) =>
          open ? open.who.post(path, { ...open.form, intent: 'refund', amount: open.amount, reason: 'trial' }) : null,
        ),
      )
    }
    await wave(0.6)
    const [first] = await arena.ask(booked, [bought.number])
    const broken = expectEqual('refunds of 60 % booked', first?.refunds, 1)
    // Other amounts, so that no two mails read the same.
    await wave(0.25)
    await wave(0.12)
    await wave(0.13)
    const [all] = await arena.ask(booked, [bought.number])
    if (Number(all?.amount) > captured) broken.push(`${all?.amount} given back of ${captured}`)
    return [...broken, ...expectEqual('refunds booked of 60, 25, 12 and 13 %', all?.refunds, 3)]
  })
}

const booked = `SELECT count(*)::int AS refunds, coalesce(sum(r.amount_minor), 0)::int AS amount FROM refunds r
  JOIN orders o ON o.id = r.order_id WHERE o.number = $1 AND r.status IN ('pending', 'succeeded')`

/** A guest with a full cart logs in from four tabs at once, into an account that has a cart too: everything is there once. */
export const logIns: ShopRace = (arena) => {
  const [guest, owner] = [newBuyer(arena), newBuyer(arena)]
  return noting(arena, [guest, owner], async () => {
    const [wish, other] = [await arena.shelf.article(99), await arena.shelf.article(99)]
    const account = { name: 'Carla Berg', email: guest.email, password: 'a quiet harbour at dawn' }
    const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': `12.1.${(arena.random() * 250) | 0}.1` }
    const signedUp = await owner.visitor.send('POST', '/api/auth/signup', { headers, body: JSON.stringify(account) })
    if (signedUp.status !== 202) return [`sign-up answered ${signedUp.status}`]
    const logIn = async (who: Buyer) => {
      const form = formWith((await who.get('/login')).text, 'name="password"')
      return { ...form, email: account.email, password: account.password }
    }
    await owner.post('/login', await logIn(owner))
    await owner.fillCart([{ ...wish, quantity: 2 }])
    await guest.fillCart([{ ...wish, quantity: 3 }, other])
    const form = await logIn(guest)
    const twins = atEach(arena, guest)
    const answers = await Promise.all(
      times(4, (at) =>
        (twins[at % 2] as Visitor).send('POST', '/login', {
          headers: { 'X-Forwarded-For': '12.0.0.2' },
          body: new URLSearchParams(form),
        }),
      ),
    )
    const refused = answers.filter(({ status }) => status !== 303).map(({ status }) => status)
    const items = await arena.ask(
      `SELECT i.sku, i.quantity FROM cart_items i JOIN carts c ON c.id = i.cart_id JOIN users u ON u.id = c.user_id
       WHERE u.email = $1 AND c.status = 'open' ORDER BY i.quantity`,
      [account.email],
    )
    return [
      ...(refused.length > 0 ? [`log-ins were answered ${refused.join(', ')}`] : []),
      ...expectEqual('the merged cart', items, [
        { sku: other.sku, quantity: 1 },
        { sku: wish.sku, quantity: 5 },
      ]),
    ]
  })
}

/** Eight shoppers go for the last unit, from its page to their card. */
export const lastUnit: ShopRace = (arena) => {
  const buyers = times(8, () => newBuyer(arena))
  return noting(arena, buyers, async () => {
    const wish = await arena.shelf.article(1)
    const outcomes = await Promise.all(buyers.map((buyer) => buyer.buy(wish)))
    arena.outcomes.push(...outcomes)
    const count = (kind: Outcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length
    return expectEqual('of eight at the last unit', [count('bought'), count('refused')], [1, 7])
  })
}
