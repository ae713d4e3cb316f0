// What the cart's page says it comes to: the shown lines with coupon, tax and, when one is chosen, delivery, by the same
// arithmetic as the quote. Nothing is sold on it; checkout asks anew.
import type { Cart } from '#app/domain/cart/cart.server.ts'
import type { CartView } from '#app/domain/cart/cart-view.ts'
import type { KeptOrder } from '#app/domain/cart/explain/order-facts.ts'
import { type CouponWish, priceGoods, priceShipping } from '#app/domain/cart/price-goods.ts'
import { addUp, type LineInput } from '#app/domain/cart/totals.ts'
import { findCoupon } from '#app/domain/promotions/coupons.server.ts'
import { listShippingMethods } from '#app/domain/shipping/shipping-methods.server.ts'
import { type FreeDelivery, freeDeliveryOf } from '#app/domain/shipping/shipping-rules.ts'
import { listTaxRates } from '#app/domain/tax/tax-rates.server.ts'
import { homeCountry, pickTaxRule, type TaxPlace, type TaxRate } from '#app/domain/tax/tax-rules.ts'

export type CartEstimate = {
  /** Null while the catalogue is away or nothing can be ordered: there are no sums then. */
  sums: KeptOrder | null
  /** The code on the cart, and why it does not apply (null: it does). */
  couponCode: string | null
  couponProblem: string | null
  freeDelivery: FreeDelivery | null
}

/** The estimate of a cart as it is shown. Two statements, three with a coupon. */
export async function estimateCart(cart: Cart, view: CartView, at: Date): Promise<CartEstimate> {
  const { country, region } = cart.shippingAddress ?? { country: homeCountry, region: null }
  const [rates, coupon] = await Promise.all([listTaxRates(country), wishOf(cart, at)])
  const place = { country, region }
  const goods = priceGoods(linesOf(view, rates, place), coupon)
  const { goodsMinor } = goods
  const grams = view.lines.reduce((sum, line) => sum + line.quantity * line.weightGrams, 0)
  const offered = await listShippingMethods({ country, currency: cart.currency, goodsMinor, grams })
  const isPickup = cart.fulfilment === 'pickup'
  const method = isPickup ? undefined : offered.find((each) => each.code === cart.shippingMethodCode && !each.tooHeavy)
  const delivery = priceShipping(method, goods.coupon, pickTaxRule(rates, place, 'shipping'))
  const shippingMethod = method ? { name: method.name, arithmetic: method.arithmetic } : null
  const sums = {
    currency: cart.currency,
    lines: goods.lines,
    ...addUp(goods.lines, delivery.shipping),
    coupon: delivery.coupon,
    shippingMethod,
  }
  return {
    sums: view.live && goods.lines.length > 0 ? sums : null,
    couponCode: cart.couponCode,
    couponProblem: goods.couponProblem,
    freeDelivery: isPickup ? null : freeDeliveryOf(offered, goodsMinor),
  }
}

/** The cart's coupon. While its order waits to be paid the limits hold that very use: they are not asked again. */
async function wishOf(cart: Cart, at: Date): Promise<CouponWish> {
  const { couponCode: code, currency } = cart
  const found = code ? await findCoupon(code, cart) : null
  const held = { limitTotal: null, limitPerCustomer: null }
  const wish = found && cart.status === 'checking_out' ? { ...found, coupon: { ...found.coupon, ...held } } : found
  return { code, wish, currency, at }
}

const linesOf = (view: CartView, rates: TaxRate[], place: TaxPlace): LineInput[] =>
  view.lines
    .filter(({ quantity }) => quantity > 0)
    .map((line) => ({
      variantId: line.variantId,
      productId: '',
      productSlug: line.productSlug ?? '',
      sku: line.sku,
      title: line.title,
      variantTitle: line.variantTitle,
      imageSrc: null,
      quantity: line.quantity,
      unitPriceMinor: line.unitPriceMinor,
      discountMinor: 0,
      tax: pickTaxRule(rates, place, line.taxCategory),
    }))
