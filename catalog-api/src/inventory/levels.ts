// The rows of `inventory`: locked in one order, changed by conditional updates, every change written to the ledger in
// the same transaction. Nothing else in the program changes stock.
import type { Knex } from 'knex'
import { select, type Trx } from '../lib/db.ts'
import { DomainError } from '../lib/errors.ts'
import { newId } from '../lib/ids.ts'
import { byLockOrder, type Demand, type Level, type Share } from './allocation.ts'

export type MovementKind = 'receive' | 'adjust' | 'hold' | 'release' | 'commit' | 'commit_late' | 'restock'
/** Signs of a movement's share: what one unit does to on-hand and to reserved. */
const effect: Record<
  'hold' | 'release' | 'commit' | 'commit_late' | 'restock',
  { onHand: -1 | 0 | 1; reserved: -1 | 0 | 1 }
> = {
  hold: { onHand: 0, reserved: 1 },
  release: { onHand: 0, reserved: -1 },
  commit: { onHand: -1, reserved: -1 },
  commit_late: { onHand: -1, reserved: 0 },
  restock: { onHand: 1, reserved: 0 },
}

/** The level at a place after a movement. */
export type Moved = { variantId: string; storeId: string; onHand: number; reserved: number; threshold: number }
export type Why = { ref: string; reason: string; actor: string }

/** Live variants of published products for these SKUs, or of scratch goods; others are missing from the map. */
export async function sellableVariants(
  trx: Trx,
  skus: string[],
  status: 'published' | 'scratch' = 'published',
): Promise<Map<string, string>> {
  const rows = await select<{ id: string; sku: string }>(
    trx,
    `SELECT v.id, v.sku FROM variants v JOIN products p ON p.id = v.product_id
     WHERE v.sku = ANY(:skus) AND v.status = 'active' AND p.status = :status`,
    { skus, status },
  )
  return new Map(rows.map((row) => [row.sku, row.id]))
}

/**
 * Locks the levels of these variants in the fixed order and reads them: at `storeIds`, or at open places that ship.
 * Waiting for a lock gives the numbers as they are after the wait.
 */
export function lockLevels(trx: Knex.Transaction, demands: Demand[], storeIds?: string[]): Promise<Level[]> {
  return select<Level>(
    trx,
    `SELECT i.variant_id, i.store_id, i.on_hand, i.reserved, s.allocation_priority AS priority
     FROM inventory i JOIN stores s ON s.id = i.store_id
     WHERE i.variant_id = ANY(:variantIds) AND ${storeIds ? 'i.store_id = ANY(:storeIds)' : 's.ships_orders'} AND s.status = 'open'
     ORDER BY i.variant_id, i.store_id FOR UPDATE OF i`,
    { variantIds: demands.map((demand) => demand.variantId), storeIds: storeIds ?? [] },
  )
}

/** Locks exactly the rows of these shares, in the fixed order. */
export async function lockShares(trx: Knex.Transaction, shares: Share[]): Promise<void> {
  await trx.raw(
    `SELECT 1 FROM inventory i
     JOIN unnest(:variantIds::uuid[], :storeIds::uuid[]) AS given (variant_id, store_id) USING (variant_id, store_id)
     ORDER BY i.variant_id, i.store_id FOR UPDATE OF i`,
    columnsOf(shares) as never,
  )
}

/**
 * Moves stock by `shares` and writes the ledger: two statements. An update that would oversell touches no row, and
 * the whole transaction ends. @throws out_of_stock
 */
export async function move(
  trx: Knex.Transaction,
  kind: keyof typeof effect,
  shares: Share[],
  why: Why,
): Promise<Moved[]> {
  if (shares.length === 0) return []
  const sorted = [...shares].sort(byLockOrder)
  const { onHand, reserved } = effect[kind]
  const moved = await select<Moved>(
    trx,
    `UPDATE inventory i SET on_hand = i.on_hand + :onHand::int * given.quantity,
       reserved = i.reserved + :reserved::int * given.quantity, updated_at = now()
     FROM unnest(:variantIds::uuid[], :storeIds::uuid[], :quantities::int[]) AS given (variant_id, store_id, quantity)
     WHERE i.variant_id = given.variant_id AND i.store_id = given.store_id
       AND i.reserved + :reserved::int * given.quantity >= 0
       AND i.on_hand + :onHand::int * given.quantity >= i.reserved + :reserved::int * given.quantity
     RETURNING i.variant_id, i.store_id, i.on_hand, i.reserved, i.low_stock_threshold AS threshold`,
    { onHand, reserved, ...columnsOf(sorted) },
  )
  if (moved.length !== sorted.length)
    throw new DomainError('out_of_stock', 'The stock changed in this very moment.', { shortages: [] })
  await writeMovements(
    trx,
    sorted.map((share) => ({ ...share, onHand: onHand * share.quantity, reserved: reserved * share.quantity })),
    { ...why, kind },
  )
  return moved
}

/** Appends to the ledger; a movement of this kind and reference happens once (named constraint). */
export async function writeMovements(
  trx: Knex.Transaction,
  rows: { variantId: string; storeId: string; onHand: number; reserved: number }[],
  why: Why & { kind: MovementKind },
): Promise<void> {
  await trx('stock_movements').insert(
    rows.map(({ variantId, storeId, onHand, reserved }) => ({
      id: newId(),
      variantId,
      storeId,
      deltaOnHand: onHand,
      deltaReserved: reserved,
      ...why,
    })),
  )
}

const columnsOf = (shares: Share[]) => ({
  variantIds: shares.map((share) => share.variantId),
  storeIds: shares.map((share) => share.storeId),
  quantities: shares.map((share) => share.quantity),
})
