// Step A: from a cart to an order, in one transaction, at exactly the price the shopper confirmed. Double click, replay,
// reload and a second tab all land on the same order.
import type { Knex } from 'knex'
import type { Cart } from '#app/domain/cart/cart.server.ts'
import { holdCart, lockCart } from '#app/domain/cart/checking-out.server.ts'
import { quoteCart } from '#app/domain/cart/quote.server.ts'
import { openSeal } from '#app/domain/cart/quote-seal.server.ts'
import type { Quote } from '#app/domain/cart/totals.ts'
import { hurry } from '#app/domain/checkout/complete.server.ts'
import { incomplete, requireFewHolds, requirePayable } from '#app/domain/checkout/requirements.server.ts'
import { headStartSeconds } from '#app/domain/checkout/steps/constants.ts'
import { orderTokenFor } from '#app/domain/orders/access.server.ts'
import { insertOrder, type OrderDraft } from '#app/domain/orders/create.server.ts'
import { isLive } from '#app/domain/orders/order-status.ts'
import { findRefusal } from '#app/domain/orders/queries.server.ts'
import { findNewestOrderOfCart, findOrderByCheckoutKey, type OrderRow } from '#app/domain/orders/work.server.ts'
import { findPreferences } from '#app/domain/outbox/preferences.server.ts'
import type { PaymentKind } from '#app/domain/payments/payment-status.ts'
import { insertAttempt, listPayments, livePayment } from '#app/domain/payments/payments.server.ts'
import { claimCoupon } from '#app/domain/promotions/coupons.server.ts'
import type { By } from '#app/lib/clock.ts'
import { brokenConstraint, byDatabase, transaction } from '#app/lib/db.server.ts'
import { DomainError, isDomainError, notFound } from '#app/lib/errors.ts'
import { failpoint } from '#app/lib/failpoints.ts'

export type PlaceOrder = {
  cartId: string
  userId: string | null
  /** One word a checkout form: the same word is the same order. At least 16 characters. */
  checkoutKey: string
  /** The seal of the quote that the shopper saw, and the words it was shown with (signed together). */
  seal: string
  seen?: string
  note?: string | null
  /** By an intent when the client has a payment form of its own; else on the provider's page. */
  payBy?: PaymentKind
}

export type Placed = {
  orderId: string
  number: string
  /** Of the secret link. */
  token: string
  /** Where to pay; null when there is nothing to pay, or when the provider cannot be reached right now. */
  paymentUrl: string | null
}

/**
 * Places the cart's order and brings it to its payment page. Throws quote_changed (`details.newTotalMinor/currency`),
 * cart_changed, cart_empty, validation_failed, shipping_unavailable, out_of_stock (`details.shortages`; nothing is held,
 * the cart is open again), catalog_unavailable (may simply be sent again), not_found, conflict (this checkout is over).
 */
export async function placeOrder(input: PlaceOrder, by: By): Promise<Placed> {
  const replayed = await findOrderByCheckoutKey(input.checkoutKey)
  if (replayed) return land(requireSame(replayed, input), by)
  const quote = await quoteToPlace(input, by)
  const order = quote instanceof Quoted ? await insertOnce(input, quote.quote, by) : quote
  failpoint('order_placed')
  return land(order, by)
}

class Quoted {
  constructor(readonly quote: Quote) {}
}

/** Someone else's checkout word, or one used for another cart, opens nothing. */
function requireSame<T extends { cartId: string; userId: string | null }>(order: T, input: PlaceOrder): T {
  if (order.cartId !== input.cartId || (order.userId !== null && order.userId !== input.userId))
    throw notFound('The order')
  return order
}

/** Today's quote when it is the one confirmed; the live order of the cart when another tab was faster. */
async function quoteToPlace(input: PlaceOrder, by: By): Promise<Quoted | { id: string }> {
  const other = await transaction(async (trx) => {
    await lockCart(trx, input.cartId, input.userId)
    return findNewestOrderOfCart(trx, input.cartId)
  })
  if (other && isLive(other.status)) return requireSame(other, input)
  const quote = await quoteCart(input.cartId, by.at)
  const confirmed = openSeal(input.seal, input.seen)
  if (quote.hash === confirmed) return new Quoted(quote)
  const why = confirmed ? 'The total has changed since you looked.' : 'We cannot tell which total you saw.'
  throw new DomainError('quote_changed', `${why} Please check it and confirm again.`, {
    details: { newTotalMinor: quote.totalMinor, currency: quote.currency },
  })
}

async function insertOnce(input: PlaceOrder, quote: Quote, by: By): Promise<{ id: string }> {
  const draft = draftOf(input, quote)
  failpoint('before_order')
  try {
    return await transaction(async (trx) => {
      const cart = await lockCart(trx, input.cartId, input.userId)
      const newest = await findNewestOrderOfCart(trx, cart.id)
      if (newest && (isLive(newest.status) || newest.checkoutKey === input.checkoutKey)) return newest
      if (cart.status !== 'open')
        throw new DomainError('conflict', 'This cart has already been ordered.', {
          details: { number: newest?.number },
        })
      if (cart.version !== quote.cartVersion)
        throw new DomainError('cart_changed', 'Your cart has changed. Please check it and confirm again.')
      if (draft.paymentMethod === 'in_store') await requireFewHolds(trx, draft)
      const smsOptIn = await wantsTextMessages(trx, cart)
      const placedBy = await byDatabase(by, trx)
      const order = await insertOrder(trx, { ...draft, smsOptIn }, quote.lines, headStartSeconds, placedBy)
      if (draft.totalMinor > 0 && draft.paymentMethod === 'card')
        await insertAttempt(
          trx,
          { orderId: order.id, amountMinor: draft.totalMinor, currency: draft.currency, kind: input.payBy },
          by,
        )
      await holdCart(trx, cart.id)
      // Last, so that the coupon's row is locked only for a moment.
      await claimQuotedCoupon(trx, quote, { orderId: order.id, userId: input.userId, email: draft.email }, by)
      failpoint('order_written')
      return order
    })
  } catch (error) {
    // Another request with the same word was faster by a hair.
    if (brokenConstraint(error) !== 'orders_one_per_checkout_key') throw error
    const first = await findOrderByCheckoutKey(input.checkoutKey)
    if (!first) throw error
    return requireSame(first, input)
  }
}

async function claimQuotedCoupon(
  trx: Knex.Transaction,
  { coupon, couponClaim }: Quote,
  whose: { orderId: string; userId: string | null; email: string },
  by: By,
): Promise<void> {
  if (!coupon || !couponClaim) return
  const discountMinor = coupon.discountMinor + coupon.shippingOffMinor
  await claimCoupon(trx, { ...couponClaim, ...whose, code: coupon.code, discountMinor }, by)
}

/** Asked at checkout; else as the account wishes, and never by itself. */
const wantsTextMessages = async (trx: Knex.Transaction, { smsOptIn, userId }: Cart): Promise<boolean> =>
  smsOptIn ?? (userId ? (await findPreferences(userId, trx)).smsUpdates : false)

function draftOf(input: PlaceOrder, quote: Quote): Omit<OrderDraft, 'smsOptIn'> {
  const { email, shippingAddress, shippingMethod } = quote
  if (quote.pickupProblem) throw new DomainError('shipping_unavailable', quote.pickupProblem)
  requirePayable(quote, input)
  if (!email) throw incomplete('email', 'Tell us your e-mail address.')
  if (!shippingAddress) throw incomplete('line1', 'Tell us where to deliver.')
  if (!shippingMethod) throw new DomainError('shipping_unavailable', 'Choose how we should deliver.')
  return {
    checkoutKey: input.checkoutKey,
    cartId: quote.cartId,
    userId: input.userId,
    email,
    phone: quote.phone,
    currency: quote.currency,
    subtotalMinor: quote.subtotalMinor,
    discountMinor: quote.discountMinor,
    shippingMinor: quote.shippingMinor,
    taxMinor: quote.taxMinor,
    includedTaxMinor: quote.includedTaxMinor,
    totalMinor: quote.totalMinor,
    quoteHash: quote.hash,
    shippingAddress,
    billingAddress: quote.billingAddress ?? shippingAddress,
    shippingMethod,
    fulfilment: quote.fulfilment,
    pickupStore: quote.pickupStore,
    paymentMethod: quote.paymentMethod,
    shippingTax: quote.shippingTax,
    coupon: quote.coupon,
    note: input.note?.trim().slice(0, 1000) || null,
  }
}

/** Drives the order as far as it goes now and says where the shopper goes next. Throws as placeOrder. */
export async function land({ id }: { id: string }, by: By): Promise<Placed> {
  const { order, stoppedBy } = await hurry(id, by)
  if (order.status === 'cancelled' || order.status === 'expired') throw await whyOver(order)
  if (order.status === 'placing')
    throw isDomainError(stoppedBy)
      ? stoppedBy
      : new DomainError('catalog_unavailable', 'We could not hold your things just now. Please try again.')
  return { orderId: order.id, number: order.number, token: orderTokenFor(order.id), paymentUrl: await pageOf(order) }
}

/** The address of the order's open payment page, or null. */
export async function pageOf(order: OrderRow): Promise<string | null> {
  if (!isLive(order.status)) return null
  return livePayment(await listPayments(order.id))?.sessionUrl ?? null
}

async function whyOver(order: OrderRow): Promise<DomainError> {
  const shortages = await findRefusal(order.id)
  if (shortages)
    return new DomainError('out_of_stock', 'Somebody was faster: some of this is no longer available.', {
      details: { shortages },
    })
  return new DomainError('conflict', 'This checkout is over. Your things are still in your cart.', {
    details: { number: order.number },
  })
}
