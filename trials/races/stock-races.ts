// Races for stock against catalog-apis over one database: N buyers for M units, and baskets of two articles in opposite
// order. Judged by what the buyers were told, by the rows, by the audit's rules of stock, and by Postgres' own count of
// deadlocks.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { stockInvariants } from '../audit/stock.ts'
import { type Outcome, sendBuyers } from './buyers.ts'
import { type Catalogue, type CatalogueCaller, callerOf } from './catalogue.ts'
import { Shelf } from './shelf.ts'

export type RaceReport = { sold: number; refused: number; broken: string[] }

export class StockRaces {
  private constructor(
    private readonly caller: CatalogueCaller,
    private readonly database: pg.Client,
    private readonly deadlocksBefore: number,
  ) {}

  static async open(catalogue: Catalogue): Promise<StockRaces> {
    const database = new pg.Client({ connectionString: catalogue.databaseUrl })
    await database.connect()
    return new StockRaces(callerOf(catalogue), database, await deadlocksOf(database))
  }

  close = () => this.database.end()

  private readonly article = async (units: number): Promise<string> =>
    (await new Shelf(this.caller, this.database).article(units)).sku

  /** `buyers` for `units` of a new article. */
  async race(buyers: number, units: number, random: () => number): Promise<RaceReport> {
    const sku = await this.article(units)
    const { outcomes, broken } = await this.send(
      Array.from({ length: buyers }, () => [{ sku, quantity: 1 }]),
      random,
    )
    const sold = outcomes.filter((outcome) => outcome === 'sold').length
    const due = Math.min(buyers, units)
    if (sold !== due) broken.push(`(${buyers}, ${units}): ${sold} sold, not ${due}`)
    return {
      sold,
      refused: outcomes.length - sold,
      broken: [...broken, ...(await this.judge({ [sku]: units - sold }))],
    }
  }

  /** Everybody wants one of each of two articles, half of them named the other way round. */
  async raceBaskets(buyers: number, units: number, random: () => number): Promise<RaceReport> {
    const both = [await this.article(units), await this.article(units)]
    const basket = (number: number) =>
      (number % 2 === 0 ? both : [...both].reverse()).map((sku) => ({ sku, quantity: 1 }))
    const baskets = Array.from({ length: buyers }, (_, number) => basket(number))
    const { outcomes, broken } = await this.send(baskets, random)
    const sold = outcomes.filter((outcome) => outcome === 'sold').length
    const due = Math.min(buyers, units)
    if (sold !== due) broken.push(`baskets (${buyers}, ${units}): ${sold} sold, not ${due}`)
    const left = Object.fromEntries(both.map((sku) => [sku, units - sold]))
    return { sold, refused: outcomes.length - sold, broken: [...broken, ...(await this.judge(left))] }
  }

  private async send(baskets: { sku: string; quantity: number }[][], random: () => number) {
    const broken: string[] = []
    const outcomes = await sendBuyers(this.caller, baskets, random).catch((error: Error): Outcome[] => {
      broken.push(error.message)
      return []
    })
    broken.push(...this.caller.faults.splice(0))
    return { outcomes, broken }
  }

  /** The rows of these articles, the rules of stock for all, and Postgres' count of deadlocks. */
  private async judge(left: Record<string, number>): Promise<string[]> {
    const broken: string[] = []
    const { rows } = await this.database.query<{ sku: string; on_hand: number; reserved: number; held: number }>(
      `SELECT v.sku, i.on_hand, i.reserved, (SELECT count(*)::int FROM reservation_lines l JOIN reservations r USING (ref)
         WHERE l.variant_id = v.id AND r.status = 'held') AS held
       FROM variants v JOIN inventory i ON i.variant_id = v.id WHERE v.sku = ANY($1)`,
      [Object.keys(left)],
    )
    for (const { sku, on_hand, reserved, held } of rows) {
      if (on_hand !== left[sku]) broken.push(`${sku}: ${on_hand} on the shelf, not ${left[sku]}`)
      if (reserved !== 0 || held !== 0) broken.push(`${sku}: ${reserved} reserved, ${held} holds left`)
    }
    for (const { id, rule, on, sql } of stockInvariants) {
      if (on !== 'catalog') continue
      const found = await this.database.query(`SELECT * FROM (${sql}) breach LIMIT 5`)
      for (const row of found.rows) broken.push(`${id}. ${rule}: ${JSON.stringify(row)}`)
    }
    return broken
  }

  /** Deadlocks since the beginning, as Postgres counted them. Its numbers may come a second late. */
  async deadlocks(): Promise<number> {
    await sleep(1_500)
    return (await deadlocksOf(this.database)) - this.deadlocksBefore
  }
}

async function deadlocksOf(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ deadlocks: number }>(
    'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
  )
  return rows[0]?.deadlocks ?? 0
}
