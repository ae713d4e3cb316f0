// Putting things into a cart, changing how many, taking them out. Prices and stock come from the catalogue, never from
// the form; the catalogue is asked before the transaction opens.
import type { Knex } from 'knex'
import { type Cart, type CartOwner, findCartOf, openCart } from '#app/domain/cart/cart.server.ts'
import { CartItemModel } from '#app/domain/cart/cart-models.server.ts'
import { changeCart } from '#app/domain/cart/change-cart.server.ts'
import { isOnSale, maxQuantity } from '#app/domain/cart/notices.ts'
import type { ListedVariant } from '#app/domain/catalog/answers.ts'
import { listVariants } from '#app/domain/catalog/catalog.server.ts'
import type { By } from '#app/lib/clock.ts'
import { DomainError, isDomainError, notFound } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'

/** `quantity` is what the cart now holds of it; `notice` says why that is less than was asked for. */
export type ItemChange = { cartId: string; title: string; quantity: number; notice: string | null }

function requireQuantity(quantity: number): void {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > maxQuantity)
    throw new DomainError('validation_failed', 'Please check the quantity.', {
      fields: { quantity: [`Choose a number from 1 to ${maxQuantity}.`] },
    })
}

/**
 * Adds `quantity` (1–99) of a SKU, opening a cart when the visitor has none. More than there is, or than 99, is lowered
 * with a notice. Throws not_found, out_of_stock, cart_busy, catalog_unavailable.
 */
export async function addItem(input: CartOwner & { sku: string; quantity: number }, by: By): Promise<ItemChange> {
  requireQuantity(input.quantity)
  const [variant] = await listVariants([input.sku])
  if (!variant || !isOnSale(variant)) throw notFound('This product')
  if (variant.available < 1) throw soldOut(variant, input.quantity)
  const opened = await openCart({ ...input, currency: variant.currency }, by.at)
  const owner = input.userId ? input : { userId: null, cartId: opened.id }
  return changeCart(
    () => findCartOf(owner),
    by,
    (trx, cart) => addToCart(trx, cart, { variant, quantity: input.quantity, at: by.at }),
  )
}

async function addToCart(
  trx: Knex.Transaction,
  cart: Cart,
  { variant, quantity, at }: { variant: ListedVariant; quantity: number; at: Date },
): Promise<ItemChange> {
  const present = await CartItemModel.query(trx).findOne({ cartId: cart.id, variantId: variant.id })
  const wanted = (present?.quantity ?? 0) + quantity
  const held = Math.min(wanted, variant.available, maxQuantity)
  if (present) await present.$query(trx).patch({ quantity: held, seenPriceMinor: variant.priceMinor })
  else
    await CartItemModel.query(trx).insert({
      id: newId(at.getTime()),
      cartId: cart.id,
      variantId: variant.id,
      sku: variant.sku,
      quantity: held,
      seenPriceMinor: variant.priceMinor,
      addedAt: at,
    })
  return { cartId: cart.id, title: variant.productTitle, quantity: held, notice: cappedNotice(wanted, held, variant) }
}

/** Sets how many (1–99) of a SKU the cart holds, lowered to what there is. Throws not_found, cart_busy. */
export async function setQuantity(input: CartOwner & { sku: string; quantity: number }, by: By): Promise<ItemChange> {
  requireQuantity(input.quantity)
  const variant = await variantIfReachable(input.sku)
  const held = variant && variant.available > 0 ? Math.min(input.quantity, variant.available) : input.quantity
  return changeCart(
    () => findCartOf(input),
    by,
    async (trx, cart) => {
      const changed = await CartItemModel.query(trx)
        .where({ cartId: cart.id, sku: input.sku })
        .patch({ quantity: held, ...(variant ? { seenPriceMinor: variant.priceMinor } : {}) })
      if (changed === 0) throw notFound('This item')
      const notice = variant ? cappedNotice(input.quantity, held, variant) : null
      return { cartId: cart.id, title: variant?.productTitle ?? input.sku, quantity: held, notice }
    },
  )
}

/** Takes a SKU out; telling it twice changes nothing. Throws not_found for no cart, cart_busy. */
export async function removeItem(input: CartOwner & { sku: string }, by: By): Promise<void> {
  await changeCart(
    () => findCartOf(input),
    by,
    async (trx, cart) => CartItemModel.query(trx).delete().where({ cartId: cart.id, sku: input.sku }),
  )
}

// A cart can be changed while the catalogue is away; the cart page and the quote look again.
async function variantIfReachable(sku: string): Promise<ListedVariant | undefined> {
  try {
    return (await listVariants([sku]))[0]
  } catch (error) {
    if (isDomainError(error, 'catalog_unavailable')) return undefined
    throw error
  }
}

function cappedNotice(wanted: number, held: number, variant: ListedVariant): string | null {
  if (held >= wanted) return null
  return held === maxQuantity
    ? `${maxQuantity} of one item is the most an order takes.`
    : `Only ${variant.available} of ${variant.productTitle} left: your cart now has ${held}.`
}

const soldOut = (variant: ListedVariant, requested: number) =>
  new DomainError('out_of_stock', `${variant.productTitle} is sold out at the moment.`, {
    details: { shortages: [{ sku: variant.sku, requested, available: 0 }] },
  })
