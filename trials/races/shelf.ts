// New articles with so many units on the first shelf that ships, made through catalog-api as staff make them.
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { CatalogueCaller } from './catalogue.ts'

export class Shelf {
  constructor(
    private readonly caller: CatalogueCaller,
    private readonly database: pg.Client,
  ) {}

  /** A new published article. */
  async article(units: number): Promise<{ sku: string; slug: string }> {
    const sku = `RACE-${randomUUID().slice(0, 13).toUpperCase()}`
    const { rows } = await this.database.query(
      `SELECT (SELECT id FROM categories ORDER BY id LIMIT 1) AS category,
         (SELECT id FROM stores WHERE ships_orders AND status = 'open' ORDER BY id LIMIT 1) AS store`,
    )
    const { category, store } = rows[0]
    const variants = [{ sku, priceMinor: 1900, optionValues: {}, weightGrams: 300 }]
    const product = { title: `Article ${sku}`, categoryId: category, status: 'published', variants }
    const made = await this.caller.call('POST', '/admin/products', product)
    if (made.status !== 201) throw new Error(`no article: ${made.status} ${JSON.stringify(made.body)}`)
    const from = { storeId: store, kind: 'receive', reason: 'trial', actor: 'trial' }
    const there = await this.caller.call('POST', '/inventory/adjust', { ...from, ref: randomUUID(), sku, delta: units })
    if (there.status !== 200) throw new Error(`no stock: ${there.status} ${JSON.stringify(there.body)}`)
    return { sku, slug: String(made.body.slug) }
  }
}
