// Carts: whose they are and how they begin. A visitor's cart is found by who they are, so that another person's id leads
// nowhere; a row is made only by the first thing put in.
import { CartModel, type CartStatus } from '#app/domain/cart/cart-models.server.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { Fulfilment, PaymentMethod } from '#app/domain/pickup/pickup-rules.ts'
import { brokenConstraint, db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'

export type Cart = {
  id: string
  userId: string | null
  status: CartStatus
  version: number
  currency: string
  email: string | null
  phone: string | null
  /** Leave for text messages about the order; null: not asked, then the account's preference counts. */
  smsOptIn: boolean | null
  shippingAddress: PostalAddress | null
  billingAddress: PostalAddress | null
  shippingMethodCode: string | null
  fulfilment: Fulfilment
  pickupStoreId: string | null
  pickupName: string | null
  paymentMethod: PaymentMethod
  couponCode: string | null
  note: string | null
}

/** Who asks: the signed-in user, or the id from the guest's signed cookie. */
export type CartOwner = { userId: string | null; cartId: string | null }

/** The states in which a cart is somebody's. */
export const alive: CartStatus[] = ['open', 'checking_out']

export const toCart = (row: CartModel): Cart => ({
  id: row.id,
  userId: row.userId,
  status: row.status,
  version: row.version,
  currency: row.currency,
  email: row.email,
  phone: row.phone,
  smsOptIn: row.smsOptIn,
  shippingAddress: row.shippingAddress,
  billingAddress: row.billingAddress,
  shippingMethodCode: row.shippingMethodCode,
  fulfilment: row.fulfilment,
  pickupStoreId: row.pickupStoreId,
  pickupName: row.pickupName,
  paymentMethod: row.paymentMethod,
  couponCode: row.couponCode,
  note: row.note,
})

/** The cart of that id in any state, or null. Says nothing about whose it is: pages use findCartOf. */
export async function findCart(cartId: string): Promise<Cart | null> {
  const row = await CartModel.query(db()).findById(cartId)
  return row ? toCart(row) : null
}

/** The one cart of a signed-in user that is open or being paid for, or null. */
export async function findOpenCartOf(userId: string): Promise<Cart | null> {
  const row = await CartModel.query(db()).where({ userId }).whereIn('status', alive).first()
  return row ? toCart(row) : null
}

/** The visitor's own cart that is open or being paid for, or null: a user's by the user, a guest's by the cookie. */
export async function findCartOf({ userId, cartId }: CartOwner): Promise<Cart | null> {
  if (userId) return findOpenCartOf(userId)
  if (!cartId) return null
  const row = await CartModel.query(db()).findById(cartId).whereNull('userId').whereIn('status', alive)
  return row ? toCart(row) : null
}

/** The visitor's cart, made when there is none. Two first adds at once end in the same cart. */
export async function openCart(owner: CartOwner & { currency: string }, at: Date): Promise<Cart> {
  const found = await findCartOf(owner)
  if (found) return found
  try {
    const row = await CartModel.query(db())
      .insert({ id: newId(at.getTime()), userId: owner.userId, currency: owner.currency, createdAt: at, updatedAt: at })
      .returning('*')
    return toCart(row)
  } catch (error) {
    const other = brokenConstraint(error) === 'carts_one_open_per_user' ? await findCartOf(owner) : null
    if (!other) throw error
    return other
  }
}
