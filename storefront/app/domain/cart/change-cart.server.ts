// The one way a cart changes: its version goes up in a conditional update that also locks it, the change follows in the
// same transaction. A cart that is being paid for is refused; checkout sets it free first.
import type { Knex } from 'knex'
import { type Cart, toCart } from '#app/domain/cart/cart.server.ts'
import { CartModel } from '#app/domain/cart/cart-models.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'

/** The cart columns a visitor's verbs may set beside its items. */
export type CartPatch = Partial<
  Pick<
    CartModel,
    | 'email'
    | 'phone'
    | 'smsOptIn'
    | 'shippingAddress'
    | 'billingAddress'
    | 'shippingMethodCode'
    | 'fulfilment'
    | 'pickupStoreId'
    | 'pickupName'
    | 'paymentMethod'
    | 'couponCode'
    | 'note'
  >
>

const tries = 5

/**
 * Runs `change` on the cart `cartId` under its lock, after `find` told its version. Another change in between makes it
 * start again, five times at most. Throws not_found, cart_busy while the cart is being paid for, cart_changed at last.
 */
export async function changeCart<T>(
  find: () => Promise<Cart | null>,
  { at }: By,
  change: (trx: Knex.Transaction, cart: Cart) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    const cart = await find()
    if (!cart) throw notFound('The cart')
    if (cart.status === 'checking_out')
      throw new DomainError('cart_busy', 'This cart is being paid for. Finish or cancel the payment to change it.')
    const outcome = await transaction(async (trx) => {
      const bumped = await CartModel.query(trx)
        .where({ id: cart.id, version: cart.version, status: 'open' })
        .patch({ version: cart.version + 1, updatedAt: at })
      return bumped === 1 ? { done: await change(trx, { ...cart, version: cart.version + 1 }) } : null
    })
    if (outcome) return outcome.done
  }
  throw new DomainError('cart_changed', 'The cart was changed at the same time elsewhere. Please try again.')
}

/** Sets columns of a cart that `changeCart` holds. */
export async function patchCart(trx: Knex.Transaction, cartId: string, patch: CartPatch): Promise<Cart> {
  return toCart(await CartModel.query(trx).patchAndFetchById(cartId, patch))
}
