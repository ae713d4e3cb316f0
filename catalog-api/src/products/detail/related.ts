// What is shown beside a product: what the shopkeeper picked, in that order, then the best rated of its category. Only
// published products, never itself, none twice. Writing runs in the caller's transaction with the product's row locked.
import type { Knex } from 'knex'
import { select, type Trx } from '../../lib/db.ts'
import { DomainError } from '../../lib/errors.ts'
import type { Companion } from '../staff/schemas.ts'

/** So many are shown. */
const places = 4

/** The ids to show, hand-picked first, and how many of them are; one statement. */
export async function relatedIds(
  trx: Trx,
  id: string,
  categoryId: string,
): Promise<{ ids: string[]; pickedCount: number }> {
  const rows = await select<{ id: string; isPicked: boolean }>(
    trx,
    `WITH picked AS (
       SELECT p.id, r.position FROM related_products r JOIN products p ON p.id = r.related_id
       WHERE r.product_id = :id AND p.status = 'published' ORDER BY r.position LIMIT :places
     ), others AS (
       SELECT p.id, p.rating_sum FROM products p
       WHERE p.category_id = :categoryId AND p.status = 'published' AND p.id <> :id AND p.id NOT IN (SELECT id FROM picked)
       ORDER BY p.rating_sum DESC, p.id LIMIT :places
     )
     SELECT id, true AS is_picked, position AS place FROM picked
     UNION ALL SELECT id, false, -rating_sum FROM others
     ORDER BY is_picked DESC, place, id LIMIT :places`,
    { id, categoryId, places },
  )
  return { ids: rows.map((row) => row.id), pickedCount: rows.filter((row) => row.isPicked).length }
}

/** What was picked for a product, whatever its status now; one statement. */
export const companionsOf = (trx: Trx, productId: string): Promise<Companion[]> =>
  select<Companion>(
    trx,
    `SELECT p.id, p.slug, p.title, p.status FROM related_products r JOIN products p ON p.id = r.related_id
     WHERE r.product_id = :productId ORDER BY r.position`,
    { productId },
  )

/**
 * Replaces what was picked for a product. Each is named by slug, former slug or SKU. Three statements.
 * @throws validation_failed naming each line that is unknown, the product itself, or there already
 */
export async function saveRelated(trx: Knex.Transaction, productId: string, named: string[]): Promise<void> {
  const found = await idsByName(trx, named)
  const ids = named.map((name) => found.get(name))
  const errors = ids.flatMap((id, at) => {
    const message = faultOf(id, at, ids, productId, named[at] ?? '')
    return message ? { path: `related.${at}`, message } : []
  })
  if (errors[0]) throw new DomainError('validation_failed', errors[0].message, { errors })
  await trx('related_products').where({ productId }).delete()
  if (ids.length === 0) return
  await trx('related_products').insert(ids.map((relatedId, position) => ({ productId, relatedId, position })))
}

function faultOf(id: string | undefined, at: number, ids: (string | undefined)[], self: string, name: string) {
  if (!id) return `No product has the address or SKU ${name}`
  if (id === self) return `${name} is this product itself`
  return ids.indexOf(id) === at ? undefined : `${name} stands here twice`
}

/** Product ids by slug, else SKU, else former slug. */
async function idsByName(trx: Trx, names: string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map()
  const rows = await select<{ name: string; id: string }>(
    trx,
    `SELECT DISTINCT ON (n.name) n.name, f.id FROM unnest(:names::text[]) AS n (name)
     CROSS JOIN LATERAL (
       SELECT p.id, 0 AS place FROM products p WHERE p.slug = n.name
       UNION ALL SELECT v.product_id, 1 FROM variants v WHERE v.sku = upper(n.name)
       UNION ALL SELECT o.product_id, 2 FROM product_slugs o WHERE o.slug = n.name
     ) f ORDER BY n.name, f.place`,
    { names },
  )
  return new Map(rows.map(({ name, id }) => [name, id]))
}
