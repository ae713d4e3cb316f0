// A crowd in the shop: shoppers that buy, change their minds and walk away, a shopkeeper who ships and refunds, one after
// another in several lanes until told to stop. What they were told is kept for the judge.
import type { Outcome, Wish } from './buyer.ts'
import { type Bought, cancel, type Errands, errandsIn, newBuyer, Shopkeeper, walkAway } from './errands.ts'
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
  faults: Set<string>
  /** Sends somebody on this errand beside the crowd; resolves when they are back. */
  send: (errand: keyof Errands) => Promise<void>
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
  const outcomes: Outcome[] = []
  const faults = new Set<string>()
  const shopkeeper = new Shopkeeper(shop)
  const untouched: Bought[] = []
  const errands = errandsIn(shop, faults, untouched)
  const away = new Set<Promise<void>>()
  const pick = () => {
    const wish = wishes[Math.floor(random() * wishes.length)]
    const port = shop.storefronts[Math.floor(random() * shop.storefronts.length)]
    if (!wish || !port) throw new Error('nothing to buy')
    return { wish, port }
  }
  let open = true
  const lane = async () => {
    while (open) {
      const { wish, port } = pick()
      const buyer = newBuyer(port)
      const mood = random()
      const outcome = await visit({ buyer, wish, shopkeeper, mood })
      outcomes.push(outcome)
      if (outcome.kind === 'bought' && mood >= leftAlone && untouched.length < 50)
        untouched.push({ number: outcome.number, sku: wish.sku })
      for (const fault of buyer.faults) faults.add(fault)
    }
  }
  const all = Promise.all(Array.from({ length: lanes }, lane))
  const go = async (errand: keyof Errands) => {
    const { wish, port } = pick()
    const outcome = await errands[errand](wish, port).catch(() => null)
    if (outcome) outcomes.push(outcome)
  }
  return {
    outcomes,
    faults,
    send: async (errand) => {
      const walk = go(errand).finally(() => away.delete(walk))
      away.add(walk)
      await walk
    },
    leave: async () => {
      open = false
      await all
      await Promise.all(away)
    },
  }
}

/** From this mood on an order is bought and nothing is done with it. */
const leftAlone = 0.55

type Visit = { buyer: ReturnType<typeof newBuyer>; wish: Wish; shopkeeper: Shopkeeper; mood: number }

/** Most buy; some leave the payment page and cancel; of what is paid some is cancelled, shipped or partly refunded. */
async function visit({ buyer, wish, shopkeeper, mood }: Visit): Promise<Outcome> {
  try {
    if (mood < 0.15) return await walkAway(buyer, wish)
    const outcome = await buyer.buy(wish)
    if (outcome.kind !== 'bought') return outcome
    if (mood < 0.3) await cancel(buyer)
    else if (mood < leftAlone) await shopkeeper.does(mood < 0.4 ? 'refund' : 'ship', outcome.number, wish.sku)
    return outcome
  } catch (error) {
    return { kind: 'gave up', why: error instanceof Error ? error.message : String(error), number: buyer.number }
  }
}
