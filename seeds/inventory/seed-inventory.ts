// Stock at the start: plenty here, little there, some things sold out. Every level is a `receive` in the ledger of the
// same size, so that levels equal their movements from the first row on.
import type { Knex } from 'knex'
import { insertRows } from '../database.ts'
import { idOf } from '../ids.ts'
import { type Random, randomOf } from '../random.ts'
import type { SeededStore } from '../stores/seed-stores.ts'

export type SeededVariant = { id: string; sku: string; productSlug: string; status: string }

/** Variants made by the seeds, not by people, in a fixed order. */
export async function seededVariants(catalog: Knex): Promise<SeededVariant[]> {
  const rows: SeededVariant[] = await catalog('variants as v')
    .join('products as p', 'p.id', 'v.productId')
    .orderBy('v.sku')
    .select('v.id', 'v.sku', { productSlug: 'p.slug' }, 'v.status')
  return rows.filter(({ id, sku }) => id === idOf(`variant:${sku}`))
}

/** Units free for sale at the first warehouse: most things plenty, some low, a last one, none. */
function warehouseStock(random: Random, soldOut: boolean): number {
  const luck = random.next()
  if (soldOut || luck < 0.03) return 0
  if (luck < 0.05) return 1
  if (luck < 0.12) return random.int(2, 5)
  return random.int(12, 90)
}

/**
 * Fills the shelves of variants that have none yet. `sold` are units that seeded orders take (or have taken) from the
 * first warehouse: they are received on top, so that what is free stays as drawn.
 */
export async function seedInventory(
  catalog: Knex,
  variants: readonly SeededVariant[],
  stores: readonly SeededStore[],
  sold: ReadonlyMap<string, number>,
  receivedAt: Date,
): Promise<void> {
  const filled = new Set(
    (await catalog('inventory').distinct('variantId')).map((row: { variantId: string }) => row.variantId),
  )
  const levels = variants
    .filter(({ id }) => !filled.has(id))
    .flatMap((variant) => levelsOf(variant, stores, sold.get(variant.id) ?? 0))
  await insertRows(
    catalog,
    'inventory',
    levels.map(({ variantId, storeId, onHand, lowStockThreshold }) => ({
      variantId,
      storeId,
      onHand,
      lowStockThreshold,
    })),
  )
  await insertRows(
    catalog,
    'stock_movements',
    levels
      .filter(({ onHand }) => onHand > 0)
      .map(({ variantId, storeId, onHand }) => ({
        id: idOf(`receive:${variantId}:${storeId}`),
        variantId,
        storeId,
        kind: 'receive',
        deltaOnHand: onHand,
        deltaReserved: 0,
        ref: 'opening-stock',
        reason: 'opening stock',
        actor: 'seed',
        createdAt: receivedAt,
      })),
  )
}

function levelsOf(variant: SeededVariant, stores: readonly SeededStore[], sold: number) {
  const random = randomOf(`stock ${variant.sku}`)
  // Some products are sold out in all of their variants.
  const soldOut = randomOf(`sold out ${variant.productSlug}`).chance(0.03)
  const [first, second, ...shops] = stores
  const level = (store: SeededStore, onHand: number, lowStockThreshold: number) => ({
    variantId: variant.id,
    storeId: store.id,
    onHand,
    lowStockThreshold,
  })
  const levels = []
  if (first) levels.push(level(first, warehouseStock(random, soldOut) + sold, 2))
  if (second && random.chance(0.4)) levels.push(level(second, soldOut ? 0 : random.int(2, 25), 1))
  // Few shelves of the shops are nearly empty: a shopkeeper's list of them should be one that can be worked off.
  for (const shop of shops)
    if (random.chance(0.14)) levels.push(level(shop, random.chance(0.005) ? random.int(0, 1) : random.int(2, 9), 1))
  return levels
}
