// Races about money: codes that work a few times only, and several shopkeepers who give back one payment.
import { randomUUID } from 'node:crypto'
import { type Buyer, formWith, type Wish } from '../chaos/buyer.ts'
import { type Arena, expectEqual, newBuyer, noting, type ShopRace, times } from './arena.ts'

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
