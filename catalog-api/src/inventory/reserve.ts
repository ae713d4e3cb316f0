// Holds stock for an order, all or nothing, once per reference (checkout.md 1.2). The hold's end is reckoned by the
// database's clock; another process's clock never decides.
import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { db, select, type Trx, transaction } from '../lib/db.ts'
import { DomainError, notFound } from '../lib/errors.ts'
import { failpoint } from '../lib/failpoints.ts'
import { allocate, byLockOrder, type Demand, type Level, type Share, sumLines } from './allocation.ts'
import { lockLevels, move, readLevels, sellableVariants, tryHold } from './levels.ts'
import { ReservationModel } from './models.ts'
import { isProofRef } from './proof/ref.ts'
import type { Reservation, ReserveInput } from './schemas.ts'

/**
 * @returns the hold; `created` is false when the same request came before
 * @throws out_of_stock with the short lines, reservation_mismatch (other lines), reservation_released (has ended),
 *   not_found (no such place)
 */
export async function reserve(
  input: ReserveInput,
  actor: string,
): Promise<{ created: boolean; reservation: Reservation }> {
  const sums = sumLines(input.lines)
  const bodyHash = hashOf(sums, input.storeId)
  const created = await transaction(async (trx) => {
    const expiresAt = await begin(trx, input, bodyHash)
    if (!expiresAt) return null
    failpoint('reserve_begun')
    if (input.storeId) await requirePlace(trx, input.storeId)
    const demands = await demandsOf(trx, sums, isProofRef(input.ref) ? 'scratch' : 'published')
    const shares = await hold(trx, demands, input, actor)
    failpoint('reserve_lines_written')
    return newReservation(input.ref, expiresAt, demands, shares)
  })
  failpoint('reserve_done')
  if (created) return { created: true, reservation: created }
  await requireSame(input.ref, bodyHash)
  return { created: false, reservation: await getReservation(db(), input.ref) }
}

/** As getReservation would answer it, without another look. */
function newReservation(ref: string, expiresAt: Date, demands: Demand[], shares: Share[]): Reservation {
  const skus = new Map(demands.map(({ variantId, sku }) => [variantId, sku]))
  const lines = shares.map((share) => ({ sku: skus.get(share.variantId) ?? '', ...share }))
  return {
    ref,
    status: 'held',
    expiresAt: expiresAt.toISOString(),
    lines: lines.sort((a, b) => (a.sku === b.sku ? byLockOrder(a, b) : a.sku < b.sku ? -1 : 1)),
  }
}

/**
 * Takes the units. One article from one place, as most orders want, waits for nobody who wants something else of it: its row
 * is looked at without a lock and changed by one conditional statement; whoever finds nothing left is told at once. All else,
 * and who lost that race by a hair, locks the rows in their order first.
 */
async function hold(
  trx: Knex.Transaction,
  demands: Demand[],
  { ref, storeId }: ReserveInput,
  actor: string,
): Promise<Share[]> {
  const storeIds = storeId ? [storeId] : undefined
  const why = { ref, reason: '', actor }
  if (demands.length === 1) {
    const [share, ...others] = sharesOf(demands, await readLevels(trx, demands, storeIds))
    if (share && others.length === 0 && (await tryHold(trx, share, why))) return [share]
  }
  const shares = sharesOf(demands, await lockLevels(trx, demands, storeIds))
  await move(trx, 'hold', shares, why)
  return shares
}

function sharesOf(demands: Demand[], levels: Level[]): Share[] {
  const { shares, shortages } = allocate(demands, levels)
  if (shortages.length > 0) throw new DomainError('out_of_stock', 'Not everything is in stock.', { shortages })
  return shares
}

/** Claims the reference, waiting for a transaction that claims it right now; the hold's end, or null: it was there before. */
async function begin(trx: Knex.Transaction, input: ReserveInput, bodyHash: string): Promise<Date | null> {
  const [row] = await select<{ expiresAt: Date }>(
    trx,
    `INSERT INTO reservations (ref, body_hash, status, expires_at, store_id)
     VALUES (:ref, :bodyHash, 'held', now() + make_interval(secs => :ttlSeconds), (SELECT id FROM stores WHERE id = :storeId))
     ON CONFLICT (ref) DO NOTHING RETURNING expires_at`,
    { ref: input.ref, bodyHash, ttlSeconds: input.ttlSeconds, storeId: input.storeId ?? null },
  )
  return row?.expiresAt ?? null
}

async function requireSame(ref: string, bodyHash: string): Promise<void> {
  const [row] = await select<{ bodyHash: string; status: string; overdue: boolean }>(
    db(),
    'SELECT body_hash, status, expires_at <= now() AS overdue FROM reservations WHERE ref = :ref',
    { ref },
  )
  // Ended first: a tombstone knows no body to compare with.
  if (!row || row.status === 'released' || (row.status === 'held' && row.overdue))
    throw new DomainError('reservation_released', 'This reservation has ended; use a new reference.')
  if (row.bodyHash !== bodyHash)
    throw new DomainError('reservation_mismatch', 'Other lines were reserved under this reference.')
}

async function requirePlace(trx: Trx, storeId: string): Promise<void> {
  const rows = await select(trx, `SELECT 1 FROM stores WHERE id = :storeId AND status = 'open'`, { storeId })
  if (rows.length === 0) throw notFound('The store')
}

async function demandsOf(trx: Trx, sums: Map<string, number>, status: 'published' | 'scratch'): Promise<Demand[]> {
  const variants = await sellableVariants(trx, [...sums.keys()], status)
  const gone = [...sums].filter(([sku]) => !variants.has(sku))
  if (gone.length > 0) {
    const shortages = gone.map(([sku, requested]) => ({ sku, requested, available: 0 }))
    throw new DomainError('out_of_stock', 'Not everything is sold any more.', { shortages })
  }
  return [...sums].map(([sku, quantity]) => ({ sku, quantity, variantId: variants.get(sku) ?? '' }))
}

/** The time to live is no part of it: a retry may ask for another. */
function hashOf(sums: Map<string, number>, storeId?: string): string {
  const lines = [...sums].sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify({ lines, storeId: storeId ?? null }))
    .digest('hex')
}

/** A reservation as the API shows it. @throws not_found */
export async function getReservation(trx: Trx, ref: string): Promise<Reservation> {
  const row = await ReservationModel.query(trx).findById(ref)
  if (!row) throw notFound('The reservation')
  const lines = await select<Reservation['lines'][number]>(
    trx,
    `SELECT v.sku, l.variant_id, l.store_id, l.quantity FROM reservation_lines l JOIN variants v ON v.id = l.variant_id
     WHERE l.ref = :ref ORDER BY v.sku, l.store_id`,
    { ref },
  )
  return { ref, status: row.status, expiresAt: row.expiresAt.toISOString(), lines }
}
