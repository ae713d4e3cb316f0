// Where the races through a whole shop are run: the shop, its shelf, its buyers, and how what broke is put into words.
import { randomUUID } from 'node:crypto'
import { Buyer, type Outcome } from '../chaos/buyer.ts'
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

export const times = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))

export function newBuyer({ shop, random }: Arena, name = `race-${randomUUID().slice(0, 13)}`): Buyer {
  const port = shop.storefronts[Math.floor(random() * shop.storefronts.length)]
  return new Buyer(port ?? 0, name)
}

/** The same person's browser, asking the other storefront. */
export function atEach({ shop }: Arena, { visitor }: Buyer): Visitor[] {
  return shop.storefronts.map((port) => {
    const twin = new Visitor(port)
    for (const [name, value] of visitor.cookies) twin.cookies.set(name, value)
    return twin
  })
}

/** Whatever throws becomes words of what broke. */
export async function noting(arena: Arena, buyers: Buyer[], race: () => Promise<string[]>): Promise<string[]> {
  const broken = await race().catch((error: Error) => [error.message])
  arena.faults.push(...buyers.flatMap(({ faults }) => faults))
  return broken
}

export const expectEqual = (what: string, found: unknown, due: unknown): string[] =>
  JSON.stringify(found) === JSON.stringify(due) ? [] : [`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(due)}`]
