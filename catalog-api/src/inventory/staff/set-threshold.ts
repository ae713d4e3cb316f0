// When a place counts as low on a SKU. Changes no stock, so the ledger says nothing about it.
import { select, transaction } from '../../lib/db.ts'
import { notFound } from '../../lib/errors.ts'
import { placeLevels } from '../get-stock.ts'
import type { PlaceLevel } from '../schemas.ts'
import type { ThresholdInput } from './schemas.ts'

/** The same again changes nothing. @throws not_found (SKU or place) */
export async function setThreshold(sku: string, input: ThresholdInput): Promise<PlaceLevel> {
  return transaction(async (trx) => {
    const { storeId, lowStockThreshold } = input
    const [pair] = await select<{ variantId: string }>(
      trx,
      'SELECT v.id AS variant_id FROM variants v, stores s WHERE v.sku = :sku AND s.id = :storeId',
      { sku, storeId },
    )
    if (!pair) throw notFound('The SKU or the place')
    const { variantId } = pair
    await trx('inventory')
      .insert({ variantId, storeId, lowStockThreshold })
      .onConflict(['variantId', 'storeId'])
      .merge(['lowStockThreshold'])
    const [level] = await placeLevels(trx, variantId, storeId)
    if (!level) throw notFound('The place')
    return level
  })
}
