// Makes a cart say what its page showed: quantities lowered to what there is, things that are gone taken out, today's
// prices taken as seen. Called when the shopper goes on to checkout or accepts the changes; by a POST, never by a view.
import { type CartOwner, findCartOf } from '#app/domain/cart/cart.server.ts'
import { CartItemModel } from '#app/domain/cart/cart-models.server.ts'
import { changeCart } from '#app/domain/cart/change-cart.server.ts'
import { sellable } from '#app/domain/cart/notices.ts'
import { listVariants } from '#app/domain/catalog/catalog.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'

/** Returns how many pieces are left to order. Throws catalog_unavailable, cart_busy, not_found. */
export async function settleCart(owner: CartOwner, by: By): Promise<number> {
  const found = await findCartOf(owner)
  const items = found ? await CartItemModel.query(db()).where({ cartId: found.id }).select('sku') : []
  if (items.length === 0) return 0
  const variants = new Map((await listVariants(items.map((item) => item.sku))).map((variant) => [variant.id, variant]))
  return changeCart(
    () => findCartOf(owner),
    by,
    async (trx, cart) => {
      let pieces = 0
      for (const item of await CartItemModel.query(trx).where({ cartId: cart.id })) {
        const variant = variants.get(item.variantId)
        const quantity = sellable(item.quantity, variant)
        pieces += quantity
        if (!variant || quantity === 0) await item.$query(trx).delete()
        else if (quantity !== item.quantity || variant.priceMinor !== item.seenPriceMinor)
          await item.$query(trx).patch({ quantity, seenPriceMinor: variant.priceMinor })
      }
      return pieces
    },
  )
}
