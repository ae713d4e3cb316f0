// Races at the till, two storefronts and two catalog-apis: tabs, double clicks, log-ins, and the last unit up to its payment.
// Each race answers what broke, in words; the judge of the whole shop comes after them all.
import { type Buyer, formWith, type Outcome, type Wish } from '../chaos/buyer.ts'
import type { Visitor } from '../surface/visitor.ts'
import { type Arena, atEach, expectEqual, newBuyer, noting, type ShopRace, times } from './arena.ts'

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
        headers: { 'X-Forwarded-For': buyer.network },
        body: new URLSearchParams(form),
      })
    const twins = atEach(arena, buyer)
    const answers = await Promise.all(times(8, (at) => press(twins[at % twins.length] as Visitor)))
    const told = [...new Set(answers.map(({ status, headers }) => `${status} ${headers.location}`))]
    if (told.length !== 1 || !told[0]?.startsWith('303 http')) return [`presses were answered ${told.join(', ')}`]
    const broken: string[] = []
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
          headers: { 'X-Forwarded-For': guest.network },
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
