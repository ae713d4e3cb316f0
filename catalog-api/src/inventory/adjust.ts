// Goods received and counts corrected, at one place, once per reference. Held units cannot be counted away.
import type { Knex } from 'knex'
import { select, transaction } from '../lib/db.ts'
import { DomainError, notFound } from '../lib/errors.ts'
import { placeLevels } from './get-stock.ts'
import { writeMovements } from './levels.ts'
import type { AdjustInput, PlaceLevel } from './schemas.ts'

type Level = { variantId: string; onHand: number; reserved: number }
type Movement = { deltaOnHand: number; kind: string }

/**
 * @returns the level at that place; the same reference again changes nothing
 * @throws not_found (SKU or place), version_conflict (not the number that was seen), conflict (below what is held, or
 *   the reference was used for something else)
 */
export async function adjustStock(input: AdjustInput): Promise<PlaceLevel> {
  return transaction(async (trx) => {
    const level = await lockLevel(trx, input)
    const before = await movementOf(trx, input.ref, level.variantId, input.storeId)
    if (before && (before.deltaOnHand !== input.delta || before.kind !== input.kind))
      throw new DomainError('conflict', 'This reference was used for another adjustment.')
    if (!before) await change(trx, input, level)
    const [place] = await placeLevels(trx, level.variantId, input.storeId)
    if (!place) throw notFound('The place')
    return place
  })
}

async function change(trx: Knex.Transaction, input: AdjustInput, level: Level): Promise<void> {
  const { storeId, delta } = input
  if (input.expectedOnHand !== undefined && input.expectedOnHand !== level.onHand)
    throw new DomainError('version_conflict', `There are ${level.onHand} on hand now, not ${input.expectedOnHand}.`)
  if (level.onHand + delta < level.reserved)
    throw new DomainError('conflict', `${level.reserved} of ${level.onHand} units are held for orders.`)
  const { variantId } = level
  await trx('inventory')
    .where({ variantId, storeId })
    .update({ onHand: level.onHand + delta, updatedAt: trx.fn.now() })
  const { ref, reason, actor, kind } = input
  await writeMovements(trx, [{ variantId, storeId, onHand: delta, reserved: 0 }], { ref, reason, actor, kind })
}

/** The place's row of this SKU, locked; made with nothing in it when it was never there. */
async function lockLevel(trx: Knex.Transaction, { sku, storeId }: AdjustInput): Promise<Level> {
  const [pair] = await select<{ variantId: string | null; storeId: string | null }>(
    trx,
    `SELECT (SELECT id FROM variants WHERE sku = :sku) AS variant_id, (SELECT id FROM stores WHERE id = :storeId) AS store_id`,
    { sku, storeId },
  )
  if (!pair?.variantId) throw notFound('The SKU')
  if (!pair.storeId) throw notFound('The place')
  const { variantId } = pair
  await trx('inventory').insert({ variantId, storeId }).onConflict(['variantId', 'storeId']).ignore()
  const [level] = await select<Level>(
    trx,
    'SELECT variant_id, on_hand, reserved FROM inventory WHERE variant_id = :variantId AND store_id = :storeId FOR UPDATE',
    { variantId, storeId },
  )
  if (!level) throw notFound('The place')
  return level
}

async function movementOf(trx: Knex.Transaction, ref: string, variantId: string, storeId: string) {
  const [movement] = await select<Movement>(
    trx,
    `SELECT delta_on_hand, kind FROM stock_movements WHERE ref = :ref AND variant_id = :variantId AND store_id = :storeId
       AND kind IN ('receive', 'adjust')`,
    { ref, variantId, storeId },
  )
  return movement
}
