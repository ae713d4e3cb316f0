// Errands: what somebody does in the shop so that a certain place in its code is passed soon. One errand is one try; who is
// interrupted by a kill goes on by themselves, as the crowd does.
import { createHash, createHmac, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Buyer, formWith, type Outcome, type Wish } from './buyer.ts'
import { connectBoth } from './judge.ts'
import type { ChaosShop } from './shop.ts'

export type ErrandName = 'buy' | 'cancel' | 'ship' | 'refund' | 'return goods' | 'forget' | 'reconcile'

export type Errands = Record<ErrandName, (wish: Wish, port: number) => Promise<Outcome | null>>

export const newBuyer = (port: number): Buyer => new Buyer(port, `crowd-${randomUUID().slice(0, 13)}`)

/** An order that nobody did anything with yet. */
export type Bought = { number: string; sku: string }

/**
 * The errands in one shop; `faults` collects what the shop answered with 500 and more. Staff take an order of `untouched`,
 * and somebody buys when there is none.
 */
export function errandsIn(shop: ChaosShop, faults: Set<string>, untouched: Bought[]): Errands {
  const shopkeeper = new Shopkeeper(shop)
  const shopping = (work: (buyer: Buyer, wish: Wish) => Promise<Outcome>) => async (wish: Wish, port: number) => {
    const buyer = newBuyer(port)
    const outcome = await work(buyer, wish).catch(
      (error: Error): Outcome => ({ kind: 'gave up', why: error.message, number: buyer.number }),
    )
    for (const fault of buyer.faults) faults.add(fault)
    return outcome
  }
  const served = (intent: Intent) => async (wish: Wish, port: number) => {
    const waiting = untouched.shift()
    if (!waiting) return servedAtOnce(intent)(wish, port)
    await shopkeeper.does(intent, waiting.number, waiting.sku)
    return null
  }
  const servedAtOnce = (intent: Intent) =>
    shopping(async (buyer, wish) => {
      const outcome = await buyer.buy(wish)
      if (outcome.kind === 'bought') await shopkeeper.does(intent, outcome.number, wish.sku)
      return outcome
    })
  return {
    buy: shopping((buyer, wish) => buyer.buy(wish)),
    cancel: shopping(walkAway),
    ship: served('ship'),
    refund: served('refund'),
    'return goods': served('refund_lines'),
    forget: (wish) => forgetHold(shop, wish).then(afterAWhile),
    reconcile: () => hastenRounds(shop).then(afterAWhile),
  }
}

/** Nobody buys here; the workers of the shop come by in their own time. */
const afterAWhile = () => sleep(1_000, null)

/** Orders, looks at the payment page, thinks better of it and cancels. */
export async function walkAway(buyer: Buyer, wish: Wish): Promise<Outcome> {
  const placed = await buyer.order(wish)
  if ('refused' in placed) return { kind: 'refused', why: placed.refused }
  const page = await fetch(placed.payAt)
  const back = /href="([^"]*\/orders\/[^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&')
  if (back) {
    buyer.orderPage = back.replace(/^https?:\/\/[^/]+/, '').replace('/return?', '?')
    await cancel(buyer)
  }
  return { kind: 'refused', why: 'walked away' }
}

/** Cancels on the order's page; a page that no longer offers it is an answer too. */
export async function cancel(buyer: Buyer): Promise<void> {
  const page = await buyer.get(buyer.orderPage)
  const form = formWith(page.text, 'value="cancel"')
  if (form) await buyer.post(buyer.orderPage, { ...form, intent: 'cancel' })
}

export type Intent = 'ship' | 'refund' | 'refund_lines'

/** Staff of the shop, logged in once. */
export class Shopkeeper {
  private readonly staff: Promise<Buyer>

  constructor(shop: ChaosShop) {
    this.staff = logIn(shop)
    this.staff.catch(() => undefined)
  }

  /** What the admin's page of the order offers now; what it does not offer is not done. */
  async does(intent: Intent, number: string, sku: string): Promise<void> {
    const staff = await this.staff
    const path = `/admin/orders/${number}`
    const form = formWith((await staff.get(path)).text, `value="${intent}"`)
    if (!form) return
    const typed: Record<Intent, Record<string, string>> = {
      ship: { carrier: 'DHL' },
      refund: { amount: '0.50', reason: 'a scratch' },
      refund_lines: { [`q:${sku}`]: '1', reason: 'did not fit' },
    }
    await staff.post(path, { ...form, ...typed[intent], intent })
  }
}

async function logIn(shop: ChaosShop): Promise<Buyer> {
  const staff = new Buyer(shop.storefronts[0] ?? 0, 'shopkeeper')
  const page = await staff.get('/login')
  const form = formWith(page.text, 'name="password"')
  await staff.post('/login', { ...form, email: 'admin@example.com', password: 'Admin@123' })
  return staff
}

/** Somebody held a thing and is not heard of again; the hold is over at once. */
async function forgetHold(shop: ChaosShop, { sku }: Wish): Promise<void> {
  const ref = `forgotten-${randomUUID()}`
  const api = `http://localhost:${shop.catalogs[Math.random() < 0.5 ? 0 : 1]}`
  const answer = await fetch(`${api}/inventory/reserve`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${tokenFor(shop)}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ ref, ttlSeconds: 60, lines: [{ sku, quantity: 1 }] }),
  }).catch(() => null)
  await answer?.body?.cancel()
  const { storefront, catalog } = await connectBoth(shop)
  await catalog.query(`UPDATE reservations SET expires_at = now() WHERE ref = $1 AND status = 'held'`, [ref])
  await Promise.all([storefront.end(), catalog.end()])
}

/** A service token as the storefront signs them. */
function tokenFor({ env }: ChaosShop): string {
  const key = env.SERVICE_TOKEN_SECRET?.split(',')[0] ?? ''
  const now = Math.floor(Date.now() / 1000)
  const kid = createHash('sha256').update(key).digest('hex').slice(0, 8)
  const claims = { iss: 'highstreet', aud: 'catalog-api', sub: 'storefront', scope: 'inventory:write' }
  const times = { iat: now, nbf: now, exp: now + 60, jti: randomUUID() }
  const [head, body] = [
    { alg: 'HS256', typ: 'JWT', kid },
    { ...claims, ...times },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  const seal = createHmac('sha256', key).update(`${head}.${body}`).digest('base64url')
  return `${head}.${body}.${seal}`
}

/** Nobody waits five minutes: the reconciler's rounds are due at once. */
async function hastenRounds(shop: ChaosShop): Promise<void> {
  const { storefront, catalog } = await connectBoth(shop)
  await storefront.query('UPDATE reconcile_rounds SET next_at = now() WHERE lease_until IS NULL OR lease_until < now()')
  await Promise.all([storefront.end(), catalog.end()])
}
