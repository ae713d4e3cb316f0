// Before a cart changes: the payment it waits for is cancelled, so that nobody pays for what is no longer wanted.
import { type CartOwner, findCartOf } from '#app/domain/cart/cart.server.ts'
import { freeCart } from '#app/domain/checkout/cancel.server.ts'
import type { By } from '#app/lib/clock.ts'
import { DomainError } from '#app/lib/errors.ts'

/**
 * Makes the owner's cart one that can be changed. When its payment was a moment faster, the cart is done and the change goes
 * into a new one. Throws cart_busy when the payment can be neither cancelled nor found paid right now.
 */
export async function releaseCart(owner: CartOwner, by: By): Promise<void> {
  const cart = await findCartOf(owner)
  if (cart?.status !== 'checking_out' || (await freeCart(cart.id, by))) return
  if ((await findCartOf(owner))?.status === 'checking_out')
    throw new DomainError('cart_busy', 'This cart is being paid for and cannot be changed right now. Please try again.')
}
