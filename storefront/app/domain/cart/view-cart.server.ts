// A cart as its page shows it: live price and stock in one call to the catalogue, and what changed since. It shows the
// cart even while the catalogue is away, and it never writes.

import { type Cart, findCart } from '#app/domain/cart/cart.server.ts'
import { CartItemModel } from '#app/domain/cart/cart-models.server.ts'
import type { CartLine, CartView } from '#app/domain/cart/cart-view.ts'
import { maxQuantity, noticesOf, sellable } from '#app/domain/cart/notices.ts'
import type { ListedVariant } from '#app/domain/catalog/answers.ts'
import { listVariantsToShow } from '#app/domain/catalog/catalog.server.ts'
import { db } from '#app/lib/db.server.ts'
import { isDomainError, notFound } from '#app/lib/errors.ts'

/** The page's cart. Throws not_found for an unknown id. Two statements. */
export async function viewCart(cartId: string): Promise<CartView> {
  const cart = await findCart(cartId)
  if (!cart) throw notFound('The cart')
  return viewOf(cart)
}

/** viewCart for a cart that was found already. One statement, one call to the catalogue. */
export async function viewOf(cart: Cart): Promise<CartView> {
  const items = await CartItemModel.query(db()).where({ cartId: cart.id }).orderBy(['addedAt', 'id'])
  const variants = await variantsToShow(items.map((item) => item.sku))
  const lines = items.map((item) =>
    variants ? toLine(item, offered(cart, item, variants.get(item.variantId))) : toUncheckedLine(item),
  )
  const count = lines.reduce((sum, line) => sum + line.quantity, 0)
  return {
    id: cart.id,
    version: cart.version,
    status: cart.status,
    currency: cart.currency,
    lines,
    count,
    subtotalMinor: lines.reduce((sum, line) => sum + line.lineTotalMinor, 0),
    live: variants !== null,
    canCheckOut: variants !== null && count > 0,
  }
}

async function variantsToShow(skus: string[]): Promise<Map<string, ListedVariant> | null> {
  try {
    return new Map((await listVariantsToShow(skus)).map((variant) => [variant.id, variant]))
  } catch (error) {
    if (isDomainError(error, 'catalog_unavailable')) return null
    throw error
  }
}

/** While a cart is being paid for its own things are held: for this cart they are there. */
function offered(cart: Cart, { quantity }: CartItemModel, variant: ListedVariant | undefined) {
  if (cart.status !== 'checking_out' || !variant) return variant
  return { ...variant, available: Math.max(0, variant.available) + quantity }
}

function toLine(item: CartItemModel, variant: ListedVariant | undefined): CartLine {
  const quantity = sellable(item.quantity, variant)
  const unitPriceMinor = variant?.priceMinor ?? item.seenPriceMinor
  return {
    sku: item.sku,
    variantId: item.variantId,
    productSlug: variant?.productSlug ?? null,
    title: variant?.productTitle ?? item.sku,
    variantTitle: variant?.title ?? '',
    image: variant?.image ?? null,
    quantity,
    wanted: item.quantity,
    most: Math.max(1, sellable(maxQuantity, variant)),
    unitPriceMinor,
    lineTotalMinor: quantity * unitPriceMinor,
    taxCategory: variant?.taxCategory ?? 'standard',
    weightGrams: variant?.weightGrams ?? 0,
    notices: noticesOf(item, variant),
  }
}

const toUncheckedLine = (item: CartItemModel): CartLine => ({
  sku: item.sku,
  variantId: item.variantId,
  productSlug: null,
  title: item.sku,
  variantTitle: '',
  image: null,
  quantity: item.quantity,
  wanted: item.quantity,
  most: maxQuantity,
  unitPriceMinor: item.seenPriceMinor,
  lineTotalMinor: item.quantity * item.seenPriceMinor,
  taxCategory: 'standard',
  weightGrams: 0,
  notices: [],
})
