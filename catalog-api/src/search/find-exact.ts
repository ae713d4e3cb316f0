// A SKU or barcode typed in full leads straight to its product.
import { db, select } from '../lib/db.ts'

export type Exact = { id: string; slug: string }

/** The published product one of whose live variants has exactly this SKU or barcode, or null. */
export async function findExact(typed: string): Promise<Exact | null> {
  const code = typed.replace(/\s+/g, '').slice(0, 64)
  if (!/^[\w.-]{2,64}$/.test(code)) return null
  const [found] = await select<Exact>(
    db(),
    `SELECT p.id, p.slug FROM variants v JOIN products p ON p.id = v.product_id
     WHERE (v.sku = :sku OR v.barcode = :code) AND v.status = 'active' AND p.status = 'published'
     ORDER BY v.sku = :sku DESC LIMIT 1`,
    { sku: code.toUpperCase(), code },
  )
  return found ?? null
}
