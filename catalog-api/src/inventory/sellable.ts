// What "can be bought online" means, in one place: free units at open places that ship orders.

/** A scalar subquery for the variant row aliased `v`: units that can be bought online now. */
export const sellableUnits = `(
  SELECT COALESCE(SUM(i.on_hand - i.reserved), 0)::int
  FROM inventory i JOIN stores s ON s.id = i.store_id
  WHERE i.variant_id = v.id AND s.ships_orders AND s.status = 'open'
)`

/**
 * Whether there is any such unit: nothing is held that is not there (inventory_never_oversold), so one place is enough.
 * OFFSET 0: asked of each variant; most things are in stock, so that beginning with the stock would read all of it.
 */
export const isSellable = `EXISTS (
  SELECT 1 FROM inventory i JOIN stores s ON s.id = i.store_id
  WHERE i.variant_id = v.id AND i.on_hand > i.reserved AND s.ships_orders AND s.status = 'open' OFFSET 0
)`

/** Whether the variant row aliased `v` lies free at the open place `:storeSlug`, whether that place ships or not. */
export const freeAtStore = `EXISTS (
  SELECT 1 FROM inventory i JOIN stores s ON s.id = i.store_id
  WHERE i.variant_id = v.id AND s.slug = :storeSlug AND s.status = 'open' AND i.on_hand > i.reserved
)`

const lowAt = 5

/** How a shopper is told about `available` units. */
export function stockWord(available: number): 'in_stock' | 'low' | 'out' {
  if (available <= 0) return 'out'
  return available <= lowAt ? 'low' : 'in_stock'
}
