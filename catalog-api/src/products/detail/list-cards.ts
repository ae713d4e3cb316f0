// Cards of products that are known by id: what somebody looked at, what is bought together. Published products only.
import { db } from '../../lib/db.ts'
import { loadCards } from '../cards.ts'
import { ProductModel } from '../models.ts'
import type { ProductCard } from '../schemas.ts'

/** The published ones of `ids` in the order asked for; three statements, however many. */
export async function listCards(ids: string[]): Promise<ProductCard[]> {
  const rows = await ProductModel.query(db()).select('id').whereIn('id', ids).where({ status: 'published' })
  const published = new Set(rows.map((row) => row.id))
  return loadCards(
    db(),
    ids.filter((id) => published.has(id)),
  )
}
