// A coupon on a cart: typed, kept, taken off. What it takes off is worked out anew by every quote; here it is only
// remembered, and refused when it can never apply.
import { type Cart, type CartOwner, findCartOf, openCart } from '#app/domain/cart/cart.server.ts'
import { changeCart, patchCart } from '#app/domain/cart/change-cart.server.ts'
import { couponLabel, whyClosed } from '#app/domain/promotions/coupon-rules.ts'
import { findCoupon } from '#app/domain/promotions/coupons.server.ts'
import type { By } from '#app/lib/clock.ts'
import { DomainError } from '#app/lib/errors.ts'
import { shopCurrency } from '#app/lib/money.ts'

/**
 * Puts the coupon of a typed code on the visitor's cart, opening one when there is none, instead of another coupon. One
 * whose minimum is not reached yet is kept and says so in the cart. `coupon` says what it gives. Throws validation_failed
 * (unknown, ended, not begun, used up), cart_busy.
 */
export async function applyCoupon(
  { code, ...owner }: CartOwner & { code: string },
  by: By,
): Promise<{ cartId: string; code: string; label: string }> {
  const cart = await findCartOf(owner)
  const currency = cart?.currency ?? shopCurrency
  const found = await findCoupon(code, { userId: owner.userId, email: cart?.email ?? null })
  if (!found) throw refused('We do not know this code. Please check how it is written.')
  const { coupon, usedByCustomer } = found
  const closed = whyClosed(coupon, { goodsMinor: 0, currency, at: by.at, usedByCustomer })
  if (closed) throw refused(closed)
  const opened = cart ?? (await openCart({ ...owner, currency }, by.at))
  const mine = owner.userId ? owner : { userId: null, cartId: opened.id }
  const changed = await changeCart(
    () => findCartOf(mine),
    by,
    (trx, { id }) => patchCart(trx, id, { couponCode: coupon.code }),
  )
  return { cartId: changed.id, code: coupon.code, label: couponLabel(coupon) }
}

const refused = (message: string) => new DomainError('validation_failed', message, { fields: { coupon: [message] } })

/** Takes the coupon off; told twice changes nothing. Throws not_found for no cart, cart_busy. */
export const removeCoupon = (owner: CartOwner, by: By): Promise<Cart> =>
  changeCart(
    () => findCartOf(owner),
    by,
    (trx, { id }) => patchCart(trx, id, { couponCode: null }),
  )
