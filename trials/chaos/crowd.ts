// A crowd in the shop: shoppers that buy, change their minds and walk away, a shopkeeper who ships and refunds, one after
// another in several lanes until told to stop. What they were told is kept for the judge.
import { randomUUID } from 'node:crypto'
import { Buyer, formWith, type Outcome, type Wish } from './buyer.ts'
import type { ChaosShop } from './shop.ts'

/** A stream of numbers from 0 to 1 that is the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export type Crowd = {
  outcomes: Outcome[]
  faults: string[]
  /** Nobody new comes in; resolves when everybody has left. */
  leave: () => Promise<void>
}

/** Things with plenty in stock. */
export async function listWishes(shop: ChaosShop): Promise<Wish[]> {
  const api = `http://localhost:${shop.catalogs[0]}`
  const { items } = await (await fetch(`${api}/catalog/products?in_stock=true&sort=title&limit=60`)).json()
  return items.map(({ slug, defaultSku }: { slug: string; defaultSku: string }) => ({ slug, sku: defaultSku }))
}

export async function sendCrowd(shop: ChaosShop, lanes: number, random: () => number): Promise<Crowd> {
  const wishes = await listWishes(shop)
  const crowd = { outcomes: [] as Outcome[], faults: [] as string[] }
  let open = true
  const lane = async () => {
    while (open) {
      const wish = wishes[Math.floor(random() * wishes.length)]
      const port = shop.storefronts[Math.floor(random() * shop.storefronts.length)]
      if (!wish || !port) throw new Error('nothing to buy')
      const buyer = new Buyer(port, `crowd-${randomUUID().slice(0, 13)}`)
      crowd.outcomes.push(await visit(shop, buyer, wish, random()))
      crowd.faults.push(...buyer.faults)
    }
  }
  const all = Promise.all(Array.from({ length: lanes }, lane))
  return {
    ...crowd,
    leave: async () => {
      open = false
      await all
    },
  }
}

/** Most buy; some leave the payment page and cancel; of what is paid some is cancelled, shipped or partly refunded. */
async function visit(shop: ChaosShop, buyer: Buyer, wish: Wish, mood: number): Promise<Outcome> {
  try {
    if (mood < 0.15) return await walkAway(buyer, wish)
    const outcome = await buyer.buy(wish)
    if (outcome.kind !== 'bought') return outcome
    if (mood < 0.3) await cancel(buyer)
    else if (mood < 0.55) await keepShop(shop, outcome.number, mood < 0.4 ? 'refund' : 'ship')
    return outcome
  } catch (error) {
    return { kind: 'gave up', why: error instanceof Error ? error.message : String(error), number: buyer.number }
  }
}

async function walkAway(buyer: Buyer, wish: Wish): Promise<Outcome> {
  const placed = await buyer.order(wish)
  if ('refused' in placed) return { kind: 'refused', why: placed.refused }
  const page = await fetch(placed.payAt)
  const back = /href="([^"]*\/orders\/[^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&')
  if (back) {
    buyer.orderPage = back.replace(/^https?:\/\/[^/]+/, '')
    await cancel(buyer)
  }
  return { kind: 'refused', why: 'walked away' }
}

/** Cancels on the order's page; a page that no longer offers it is an answer too. */
async function cancel(buyer: Buyer): Promise<void> {
  const page = await buyer.get(buyer.orderPage)
  const form = formWith(page.text, 'value="cancel"')
  if (form) await buyer.post(buyer.orderPage, { ...form, intent: 'cancel' })
}

let shopkeeper: Promise<Buyer> | undefined

async function logIn(shop: ChaosShop): Promise<Buyer> {
  const staff = new Buyer(shop.storefronts[0] ?? 0, 'shopkeeper')
  const page = await staff.get('/login')
  const form = formWith(page.text, 'name="password"')
  await staff.post('/login', { ...form, email: 'admin@example.com', password: 'Admin@123' })
  return staff
}

async function keepShop(shop: ChaosShop, number: string, intent: 'ship' | 'refund'): Promise<void> {
  shopkeeper ??= logIn(shop)
  const staff = await shopkeeper
  const path = `/admin/orders/${number}`
  const page = await staff.get(path)
  const form = formWith(page.text, `value="${intent}"`)
  if (!form) return
  const typed: Record<string, string> = intent === 'ship' ? { carrier: 'DHL' } : { amount: '0.50', reason: 'a scratch' }
  await staff.post(path, { ...form, ...typed, intent })
}
