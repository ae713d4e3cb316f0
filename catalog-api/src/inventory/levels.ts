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

/** The levels of these variants as they stand, at `storeIds` or at open places that ship; nobody is waited for. */
export const readLevels = (trx: Knex.Transaction, demands: Demand[], storeIds?: string[]): Promise<Level[]> =>
  levelsOf(trx, demands, storeIds, '')

/**
 * Locks the levels of these variants in the fixed order and reads them: at `storeIds`, or at open places that ship.
 * Waiting for a lock gives the numbers as they are after the wait.
 */
export const lockLevels = (trx: Knex.Transaction, demands: Demand[], storeIds?: string[]): Promise<Level[]> =>
  levelsOf(trx, demands, storeIds, 'FOR UPDATE OF i')

function levelsOf(
  trx: Knex.Transaction,
  demands: Demand[],
  storeIds: string[] | undefined,
  lock: '' | 'FOR UPDATE OF i',
): Promise<Level[]> {
  return select<Level>(
    trx,
    `SELECT i.variant_id, i.store_id, i.on_hand, i.reserved, s.allocation_priority AS priority
     FROM inventory i JOIN stores s ON s.id = i.store_id
     WHERE i.variant_id = ANY(:variantIds) AND ${storeIds ? 'i.store_id = ANY(:storeIds)' : 's.ships_orders'} AND s.status = 'open'
     ORDER BY i.variant_id, i.store_id ${lock}`,
    { variantIds: demands.map((demand) => demand.variantId), storeIds: storeIds ?? [] },
  )
}

/** Locks exactly the rows of these shares, in the fixed order. One row needs none: whoever moves it locks it. */
export async function lockShares(trx: Knex.Transaction, shares: Share[]): Promise<void> {
  if (shares.length < 2) return
  const { variantIds, storeIds } = columnsOf(shares)
  await trx.raw(
    `SELECT 1 FROM inventory i
     JOIN unnest(:variantIds::uuid[], :storeIds::uuid[]) AS given (variant_id, store_id) USING (variant_id, store_id)
     ORDER BY i.variant_id, i.store_id FOR UPDATE OF i`,
    { variantIds, storeIds } as never,
  )
}

// A hold's lines are written where its units are taken.
const linesOfHold = `, lines AS (
       INSERT INTO reservation_lines (ref, variant_id, store_id, quantity) SELECT :ref, variant_id, store_id, quantity FROM moved
     )`

/**
 * Moves stock by `shares`, writes the ledger and a hold's lines: one statement, so that a wanted row is locked as shortly as
 * can be. Of several shares the rows are locked already. Answers the levels after it; fewer rows than shares: a place had
 * too little, and the caller ends the transaction unless nothing was moved.
 */
function moveRows(trx: Knex.Transaction, kind: keyof typeof effect, shares: Share[], why: Why): Promise<Moved[]> {
  return select<Moved>(
    trx,
    `WITH given AS (
       SELECT * FROM unnest(:ids::uuid[], :variantIds::uuid[], :storeIds::uuid[], :quantities::int[])
         AS g (id, variant_id, store_id, quantity)
     ), moved AS (
       UPDATE inventory i SET on_hand = i.on_hand + :onHand::int * given.quantity,
         reserved = i.reserved + :reserved::int * given.quantity, updated_at = now()
       FROM given
       WHERE i.variant_id = given.variant_id AND i.store_id = given.store_id
         AND i.reserved + :reserved::int * given.quantity >= 0
         AND i.on_hand + :onHand::int * given.quantity >= i.reserved + :reserved::int * given.quantity
       RETURNING given.id, given.quantity, i.variant_id, i.store_id, i.on_hand, i.reserved, i.low_stock_threshold AS threshold
     ), written AS (
       INSERT INTO stock_movements (id, variant_id, store_id, kind, delta_on_hand, delta_reserved, ref, reason, actor)
       SELECT id, variant_id, store_id, :kind::text, :onHand::int * quantity, :reserved::int * quantity, :ref::text, :reason::text, :actor::text
       FROM moved
     )${kind === 'hold' ? linesOfHold : ''}
     SELECT variant_id, store_id, on_hand, reserved, threshold FROM moved`,
    { ...effect[kind], ...columnsOf([...shares].sort(byLockOrder)), kind, ...why },
  )
}

/**
 * Moves stock by `shares` and writes the ledger. An update that would oversell touches no row, and the whole transaction
 * ends. @throws out_of_stock
 */
export async function move(
  trx: Knex.Transaction,
  kind: keyof typeof effect,
  shares: Share[],
  why: Why,
): Promise<Moved[]> {
  if (shares.length === 0) return []
  const moved = await moveRows(trx, kind, shares, why)
  if (moved.length !== shares.length)
    throw new DomainError('out_of_stock', 'The stock changed in this very moment.', { shortages: [] })
  return moved
}

/** Holds one share that was seen free without a lock; false, and nothing is moved, when somebody was faster. */
export const tryHold = async (trx: Knex.Transaction, share: Share, why: Why): Promise<boolean> =>
  (await moveRows(trx, 'hold', [share], why)).length === 1

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
  ids: shares.map(() => newId()),
  variantIds: shares.map((share) => share.variantId),
  storeIds: shares.map((share) => share.storeId),
  quantities: shares.map((share) => share.quantity),
})
