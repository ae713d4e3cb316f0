// A cart that is picked up: choosing the store and how it is paid, and what the quote says of the store today. The store
// is asked anew each time; the order's hold alone makes it sure.
import { type Cart, type CartOwner, findCartOf } from '#app/domain/cart/cart.server.ts'
import { CartItemModel } from '#app/domain/cart/cart-models.server.ts'
import { changeCart, patchCart } from '#app/domain/cart/change-cart.server.ts'
import type { QuotedShipping } from '#app/domain/cart/totals.ts'
import type { StoreWithBasket } from '#app/domain/catalog/answers.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import { findPickup } from '#app/domain/pickup/find-pickup.server.ts'
import { inStoreCollectSeconds, mostUnpaidPieces, type PaymentMethod } from '#app/domain/pickup/pickup-rules.ts'
import { addressAtStore, opensWithin, type PickupStore, pickupStoreOf } from '#app/domain/pickup/pickup-store.ts'
import type { By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { isUuid } from '#app/lib/uuid.ts'

export type CartPickup = {
  store: PickupStore | null
  address: PostalAddress | null
  method: QuotedShipping | null
  /** Why it cannot be picked up there now. */
  problem: string | null
  inStoreProblem: string | null
}

type Item = { sku: string; quantity: number }

/** Where the cart is picked up, as it stands at `at`; null for a delivery. Throws catalog_unavailable. */
export async function findCartPickup(cart: Cart, items: readonly Item[], at: Date): Promise<CartPickup | null> {
  if (cart.fulfilment !== 'pickup' || !cart.pickupStoreId || !cart.pickupName) return null
  const found = await findPickup(cart.pickupStoreId, basketOf(items))
  if (!found) {
    const problem = 'The store you chose hands out no orders at the moment. Please choose another one.'
    return { store: null, address: null, method: null, problem, inStoreProblem: null }
  }
  const store = pickupStoreOf(found.store)
  return {
    store,
    address: addressAtStore(store, cart.pickupName),
    method: pickupMethod(store),
    problem: found.complete ? null : `${store.name} no longer has everything. Please choose another store.`,
    inStoreProblem: whyNotInStore(found, items, at),
  }
}

const basketOf = (items: readonly Item[]) => items.map(({ sku, quantity }) => ({ sku, quantity }))

const nothing = { baseMinor: 0, perKgMinor: 0, chargedKg: 0, grams: 0, freeFromMinor: null, goodsMinor: 0 }
const pickupMethod = ({ name }: PickupStore): QuotedShipping => ({
  code: 'pickup',
  name: `Pickup at ${name}`,
  priceMinor: 0,
  minDays: 0,
  maxDays: 1,
  arithmetic: nothing,
})

/** Why these things cannot be held there unpaid; null when they can. */
function whyNotInStore({ store }: StoreWithBasket, items: readonly Item[], at: Date): string | null {
  const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0)
  if (pieces > mostUnpaidPieces) return `Up to ${mostUnpaidPieces} pieces can be held without payment.`
  if (!opensWithin(store, at, inStoreCollectSeconds))
    return `${store.name} does not open within the two days we can keep unpaid things.`
  return null
}

const wrong = (field: string, message: string) =>
  new DomainError('validation_failed', message, { fields: { [field]: [message] } })

type SetPickup = CartOwner & { storeId: string; name: string; billingAddress: PostalAddress | null }

/**
 * Picks the cart up at a store that has all of it now; `name` is who comes. Throws not_found, validation_failed (no such
 * store, or something is missing there), cart_busy, catalog_unavailable.
 */
export async function setPickup({ storeId, name, billingAddress, ...owner }: SetPickup, by: By): Promise<Cart> {
  const cart = await findCartOf(owner)
  if (!cart) throw notFound('The cart')
  const items = await CartItemModel.query(db()).where({ cartId: cart.id })
  const found = isUuid(storeId) ? await findPickup(storeId, basketOf(items)) : null
  if (!found) throw wrong('storeId', 'Choose one of the stores.')
  if (!found.complete) throw wrong('storeId', `${found.store.name} does not have everything right now.`)
  return changeCart(
    () => findCartOf(owner),
    by,
    (trx, { id }) =>
      patchCart(trx, id, { fulfilment: 'pickup', pickupStoreId: storeId, pickupName: name, billingAddress }),
  )
}

/** By card, or at pickup at the store's counter. Throws not_found, validation_failed for a delivery, cart_busy. */
export async function setPaymentMethod(
  { paymentMethod, ...owner }: CartOwner & { paymentMethod: PaymentMethod },
  by: By,
): Promise<Cart> {
  return changeCart(
    () => findCartOf(owner),
    by,
    (trx, { id, fulfilment }) => {
      if (paymentMethod === 'in_store' && fulfilment !== 'pickup')
        throw wrong('paymentMethod', 'You can pay in a store only what you pick up there.')
      return patchCart(trx, id, { paymentMethod })
    },
  )
}
