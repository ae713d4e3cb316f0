// What seeded orders did to the stock: holds, sales, returns to the shelf and parcels, as the ledger would have it.
import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { inStoreHoldSeconds } from '../../storefront/app/domain/pickup/pickup-rules.ts'
import { insertRows } from '../database.ts'
import { idOf } from '../ids.ts'
import type { PlannedOrder, Step } from './plan.ts'

/** Units of each variant that left the first warehouse for good. */
export function unitsSold(orders: readonly PlannedOrder[]): Map<string, number> {
  const sold = new Map<string, number>()
  for (const order of orders) {
    if (!order.sold || order.restocked || order.pickup) continue
    for (const line of order.lines) sold.set(line.variantId, (sold.get(line.variantId) ?? 0) + line.quantity)
  }
  return sold
}

/** The end of a live order's hold. */
export const holdEnd = (order: PlannedOrder): Date => {
  const seconds = order.pickup?.paymentMethod === 'in_store' ? inStoreHoldSeconds : 45 * 60
  return new Date((order.steps[0]?.at.getTime() ?? 0) + seconds * 1000)
}

const stepOf = (order: PlannedOrder, ...moves: Step['move'][]) => order.steps.find(({ move }) => moves.includes(move))

/** When it left for the shopper, or was handed over. */
export const sentAt = (order: PlannedOrder): Date | undefined => stepOf(order, 'ship', 'hand_over')?.at

/** Writes reservations, movements and parcels of the orders that catalog-api does not know yet, in one transaction. */
export async function seedSoldStock(catalog: Knex, orders: readonly PlannedOrder[], storeId: string): Promise<void> {
  const known = new Set((await catalog('reservations').select('ref')).map((row: { ref: string }) => row.ref))
  const fresh = orders.filter(({ id }) => !known.has(id))
  await catalog.transaction(async (trx) => {
    await insertRows(trx, 'reservations', fresh.map(reservationOf))
    await insertRows(
      trx,
      'reservation_lines',
      fresh.flatMap((order) =>
        order.lines.map(({ variantId, quantity }) => ({
          ref: order.id,
          variantId,
          storeId: order.pickup?.store.id ?? storeId,
          quantity,
        })),
      ),
    )
    await insertRows(
      trx,
      'stock_movements',
      fresh.flatMap((order) => movementsOf(order, order.pickup?.store.id ?? storeId)),
    )
    await takeFromShelf(
      trx,
      fresh.filter(({ pickup }) => !pickup),
      storeId,
    )
    for (const order of fresh) if (order.pickup) await bringToStore(trx, order, order.pickup.store.id)
    await seedParcels(trx, fresh)
  })
}

function reservationOf(order: PlannedOrder) {
  const ended = stepOf(order, 'cancel', 'expire')
  return {
    ref: order.id,
    bodyHash: createHash('sha256').update(order.id).digest('hex'),
    status: order.live ? 'held' : order.sold ? 'committed' : 'released',
    reason: order.sold || order.live ? null : order.status,
    expiresAt: holdEnd(order),
    createdAt: order.steps[0]?.at,
    committedAt: stepOf(order, 'complete')?.at ?? null,
    releasedAt: ended?.at ?? null,
    storeId: order.pickup?.store.id ?? null,
  }
}

function movementsOf(order: PlannedOrder, storeId: string) {
  const movement = (
    kind: string,
    at: Date | undefined,
    line: { variantId: string },
    hand: number,
    held: number,
    ref = order.id,
  ) => ({
    id: idOf(`${kind}:${order.id}:${line.variantId}`),
    variantId: line.variantId,
    storeId,
    kind,
    deltaOnHand: hand,
    deltaReserved: held,
    ref,
    reason: '',
    actor: 'storefront',
    createdAt: at,
  })
  return order.lines.flatMap((line) => {
    const { quantity } = line
    // What is picked up came to the store for it: its shelf is as full afterwards as it was before.
    const come = order.pickup ? [movement('receive', order.steps[0]?.at, line, quantity, 0, `pickup-${order.id}`)] : []
    const held = movement('hold', stepOf(order, 'reserve')?.at, line, 0, quantity)
    if (order.live) return [...come, held]
    if (!order.sold) return [held, movement('release', stepOf(order, 'cancel', 'expire')?.at, line, 0, -quantity)]
    const sold = movement('commit', stepOf(order, 'complete')?.at, line, -quantity, -quantity)
    if (!order.restocked) return [...come, held, sold]
    const back = movement(
      'restock',
      stepOf(order, 'refund')?.at,
      line,
      quantity,
      0,
      `${order.id}/restock/${idOf(`refund:${order.id}`)}`,
    )
    return [held, sold, back]
  })
}

/** The shelves were filled with what is sold on top (seed-inventory.ts): now it leaves. */
async function takeFromShelf(trx: Knex.Transaction, fresh: readonly PlannedOrder[], storeId: string): Promise<void> {
  for (const [variantId, units] of unitsSold(fresh))
    await trx('inventory').where({ variantId, storeId }).decrement('onHand', units)
  for (const line of fresh.filter(({ live }) => live).flatMap(({ lines }) => lines))
    await trx('inventory').where({ variantId: line.variantId, storeId }).increment('reserved', line.quantity)
}

/** What is still in the store of a pickup: all of it while it is held, nothing once it is sold. */
async function bringToStore(trx: Knex.Transaction, order: PlannedOrder, storeId: string): Promise<void> {
  for (const { variantId, quantity } of order.lines) {
    await trx('inventory').insert({ variantId, storeId, lowStockThreshold: 1 }).onConflict().ignore()
    if (order.live)
      await trx('inventory').where({ variantId, storeId }).increment({ onHand: quantity, reserved: quantity })
  }
}

export const carrierOf = (order: PlannedOrder) => {
  if (order.pickup) return { carrier: 'pickup', trackingNumber: null, trackingUrl: null }
  const digits = String(Number.parseInt(order.id.replaceAll('-', '').slice(0, 10), 16))
    .padStart(12, '0')
    .slice(0, 12)
  const carrier = order.address.country === 'IE' ? 'An Post' : order.address.country === 'GB' ? 'Royal Mail' : 'DHL'
  const trackingNumber = `HS${digits}`
  return { carrier, trackingNumber, trackingUrl: `https://tracking.highstreet.example/${trackingNumber}` }
}
export const fulfillmentIdOf = (order: PlannedOrder): string => idOf(`fulfillment:${order.id}`)

async function seedParcels(trx: Knex.Transaction, fresh: readonly PlannedOrder[]): Promise<void> {
  const sent = fresh.filter((order) => sentAt(order))
  await insertRows(
    trx,
    'fulfillments',
    sent.map((order) => ({
      id: fulfillmentIdOf(order),
      orderRef: order.id,
      orderNumber: order.number,
      parcelNo: 1,
      status: stepOf(order, 'deliver') ? 'delivered' : 'shipped',
      ...carrierOf(order),
      bodyHash: createHash('sha256').update(`parcel ${order.id}`).digest('hex'),
      createdAt: sentAt(order),
      shippedAt: sentAt(order),
      deliveredAt: stepOf(order, 'deliver')?.at ?? null,
    })),
  )
  await insertRows(
    trx,
    'fulfillment_lines',
    sent.flatMap((order) =>
      order.lines.map(({ variantId, sku, quantity }) => ({
        fulfillmentId: fulfillmentIdOf(order),
        variantId,
        sku,
        quantity,
      })),
    ),
  )
}
