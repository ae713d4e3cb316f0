// Whose cart a visitor may touch: the signed-in user's, or the one of the guest's signed cookie. Pure.
import type { CartOwner } from '#app/domain/cart/cart.server.ts'
import type { Visitor } from '#app/http/session.server.ts'

export const cartOwner = (visitor: Visitor): CartOwner => ({
  userId: visitor.user?.id ?? null,
  cartId: visitor.cartId,
})
