// Buyers for units: N people want M units of one article at the same moment, each in their own way. Some send twice, some
// give up waiting and ask again, some put back what they held and think again. Exactly min(N, M) may leave with a unit.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Told } from '../../storefront/app/domain/catalog/proof/race.ts'
import type { CatalogueCaller } from './catalogue.ts'

type Line = { sku: string; quantity: number }
export type Outcome = 'sold' | 'refused'

const ways = ['plain', 'plain', 'sends twice', 'cut off', 'thinks again'] as const
type Way = (typeof ways)[number]

/** Of another shape than an order's: the audit asks for the order behind those. */
const newRef = () => `race:${randomUUID()}`

class Buyer {
  constructor(
    private readonly caller: CatalogueCaller,
    private readonly lines: Line[],
    private readonly random: () => number,
  ) {}

  /** Asks until an answer comes; what was answered before is answered again. */
  private async ask(path: string, body: object): Promise<Told> {
    for (let tries = 0; tries < 60; tries++) {
      const told = await this.caller.call('POST', path, body).catch(() => null)
      if (told && told.status < 500) return told
      await sleep(50 + this.random() * 200)
    }
    throw new Error(`POST ${path} was never answered`)
  }

  private async reserve(ref: string, way: Way): Promise<boolean> {
    const body = { ref, ttlSeconds: 600, lines: this.lines }
    const path = '/inventory/reserve'
    const once = () => this.ask(path, body)
    if (way === 'cut off') await this.caller.call('POST', path, body, 1 + this.random() * 30).catch(() => null)
    const answers = await Promise.all(way === 'sends twice' ? [once(), once()] : [once()])
    if (answers.some(({ status }) => status === 200 || status === 201)) return true
    for (const { status, body: said } of answers)
      if (status !== 409 || said.code !== 'out_of_stock') throw new Error(`reserve answered ${status} ${said.code}`)
    return false
  }

  private async release(ref: string): Promise<void> {
    const { status } = await this.ask('/inventory/release', { ref, reason: 'trial' })
    if (status !== 200) throw new Error(`release answered ${status}`)
  }

  private async commit(ref: string): Promise<void> {
    const once = () => this.ask('/inventory/commit', { ref })
    for (const { status } of await Promise.all(this.random() < 0.2 ? [once(), once()] : [once()]))
      if (status !== 200) throw new Error(`commit answered ${status}`)
  }

  /**
   * Whoever puts something back asks once more under a new reference, and so does who was refused while an earlier request
   * of theirs may still be on its way: so no unit is left over while somebody goes without.
   */
  async buy(): Promise<Outcome> {
    const way = ways[Math.floor(this.random() * ways.length)] ?? 'plain'
    const ref = newRef()
    const held = await this.reserve(ref, way)
    if (held && way !== 'thinks again') return this.keep(ref)
    if (!held && (way === 'plain' || way === 'thinks again')) return 'refused'
    await this.release(ref)
    const second = newRef()
    return (await this.reserve(second, 'plain')) ? this.keep(second) : 'refused'
  }

  private async keep(ref: string): Promise<Outcome> {
    await this.commit(ref)
    return 'sold'
  }
}

/** Everybody at once, each for their basket. Answers what each left with; throws at an answer that must not be. */
export function sendBuyers(caller: CatalogueCaller, baskets: Line[][], random: () => number): Promise<Outcome[]> {
  return Promise.all(baskets.map((lines) => new Buyer(caller, lines, random).buy()))
}
