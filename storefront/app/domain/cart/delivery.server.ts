// Who a cart's order is for and how it gets there: contact, addresses, shipping method. Shapes are checked by the
// faces; this file checks what the shop's tables know.
import { type Cart, type CartOwner, findCartOf } from '#app/domain/cart/cart.server.ts'
import { type CartPatch, changeCart, patchCart } from '#app/domain/cart/change-cart.server.ts'
import { requireDeliveryTo } from '#app/domain/cart/requirements.server.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { By } from '#app/lib/clock.ts'

const set = (owner: CartOwner, patch: CartPatch, by: By): Promise<Cart> =>
  changeCart(
    () => findCartOf(owner),
    by,
    (trx, cart) => patchCart(trx, cart.id, patch),
  )

/** What turns a cart to delivery: nothing is picked up, nothing paid at a counter. */
const delivered = { fulfilment: 'delivery', paymentMethod: 'card' } as const

/**
 * Where messages about the order go, and whether text messages may (absent: not asked). Whether the address has an account
 * is neither asked nor told.
 */
export const setContact = (
  { email, phone, smsOptIn, ...owner }: CartOwner & { email: string; phone: string | null; smsOptIn?: boolean },
  by: By,
): Promise<Cart> =>
  set(owner, { email: email.trim().toLowerCase(), phone, ...(smsOptIn !== undefined && { smsOptIn }) }, by)

/**
 * Where the goods go; a billing address of null means the same. A shipping method that is not offered there is taken
 * off. Throws shipping_unavailable for a country nothing is delivered to.
 */
export async function setShippingAddress(
  { address, billingAddress, ...owner }: CartOwner & { address: PostalAddress; billingAddress: PostalAddress | null },
  by: By,
): Promise<Cart> {
  const cart = await findCartOf(owner)
  const offered = await requireDeliveryTo(address.country, cart?.currency)
  const keeps = offered.some((method) => method.code === cart?.shippingMethodCode)
  return set(
    owner,
    {
      ...delivered,
      shippingAddress: address,
      billingAddress,
      ...(keeps ? {} : { shippingMethodCode: null }),
    },
    by,
  )
}

/** Chooses a way of delivery. Throws shipping_unavailable when it is not offered to the cart's country. */
export async function setShippingMethod({ code, ...owner }: CartOwner & { code: string }, by: By): Promise<Cart> {
  const cart = await findCartOf(owner)
  await requireDeliveryTo(cart?.shippingAddress?.country, cart?.currency, code)
  return set(owner, { ...delivered, shippingMethodCode: code }, by)
}
