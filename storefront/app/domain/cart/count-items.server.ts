// The number beside the cart in the header, asked by every page: one statement, none for a visitor without a cart.
import { alive } from '#app/domain/cart/cart.server.ts'
import { CartItemModel, CartModel } from '#app/domain/cart/cart-models.server.ts'
import { db } from '#app/lib/db.server.ts'

/** How many pieces are in the visitor's cart. */
export async function countCartItems(visitor: { user: { id: string } | null; cartId: string | null }): Promise<number> {
  if (!visitor.user && !visitor.cartId) return 0
  const carts = CartModel.query(db()).select('id').whereIn('status', alive)
  if (visitor.user) carts.where({ userId: visitor.user.id })
  else carts.where({ id: visitor.cartId }).whereNull('userId')
  const items = await CartItemModel.query(db()).whereIn('cartId', carts).select('quantity')
  return items.reduce((sum, item) => sum + item.quantity, 0)
}
