// What a cart costs now, line by line, sealed by a hash: what the shopper confirms and what the order is made of. Prices
// and stock are asked anew; nothing here may come from a copy, a form or a cache.
import { type Cart, findCart } from '#app/domain/cart/cart.server.ts'
import { CartItemModel } from '#app/domain/cart/cart-models.server.ts'
import { isOnSale, sellable } from '#app/domain/cart/notices.ts'
import { type CartPickup, findCartPickup } from '#app/domain/cart/pickup.server.ts'
import { priceGoods, priceShipping } from '#app/domain/cart/price-goods.ts'
import { digestOf } from '#app/domain/cart/quote-seal.server.ts'
import { addUp, type LineInput, type Quote, type QuotedShipping } from '#app/domain/cart/totals.ts'
import type { ListedVariant } from '#app/domain/catalog/answers.ts'
import { listVariants } from '#app/domain/catalog/catalog.server.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import { findCoupon } from '#app/domain/promotions/coupons.server.ts'
import { listShippingMethods } from '#app/domain/shipping/shipping-methods.server.ts'
import type { OfferedShipping } from '#app/domain/shipping/shipping-rules.ts'
import { listTaxRates } from '#app/domain/tax/tax-rates.server.ts'
import { homeCountry, pickTaxRule, type TaxPlace, type TaxRate } from '#app/domain/tax/tax-rules.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'

/**
 * Quotes a cart for its destination (the home country until there is one) as of `at`. Throws not_found, cart_empty,
 * out_of_stock with `details.shortages` `{ sku, title, requested, available }`, catalog_unavailable. What is short in the
 * store where it is picked up is told (`pickupProblem`), not thrown. Four statements, five with a coupon.
 */
export async function quoteCart(cartId: string, at: Date = new Date()): Promise<Quote> {
  const cart = await findCart(cartId)
  if (!cart) throw notFound('The cart')
  const items = await CartItemModel.query(db()).where({ cartId }).orderBy(['addedAt', 'id'])
  if (items.length === 0) throw new DomainError('cart_empty', 'Your cart is empty.')
  const variants = new Map((await listVariants(items.map((item) => item.sku))).map((variant) => [variant.id, variant]))
  const pickup = await findCartPickup(cart, items, at)
  requireStock(items, variants, pickup !== null)
  const destination = pickup ? pickup.address : cart.shippingAddress
  const { country, region } = destination ?? { country: homeCountry, region: null }
  const place = { country, region }
  const rates = await listTaxRates(country)
  const ordered = items.flatMap((item) => {
    const variant = variants.get(item.variantId)
    return variant ? [{ ...item, variant }] : []
  })
  const lines = ordered.map(({ quantity, variant }) => toLine(quantity, variant, { rates, place }))
  const grams = ordered.reduce((sum, { quantity, variant }) => sum + quantity * variant.weightGrams, 0)
  return quoteOf(cart, lines, { rates, place, grams, at, pickup })
}

type Taxation = { rates: TaxRate[]; place: TaxPlace }

/** What is picked up has to be on a store's shelf (`pickupProblem`), here it only has to be on sale. */
function requireStock(items: readonly CartItemModel[], variants: Map<string, ListedVariant>, isPickup: boolean): void {
  const shortages = items.flatMap(({ variantId, sku, quantity }) => {
    const variant = variants.get(variantId)
    const available = isPickup && variant && isOnSale(variant) ? quantity : sellable(quantity, variant)
    return available < quantity ? [{ sku, title: variant?.productTitle ?? sku, requested: quantity, available }] : []
  })
  if (shortages.length === 0) return
  const told = shortages.map(({ title, available }) =>
    available > 0 ? `only ${available} left of ${title}` : `${title} is sold out`,
  )
  throw new DomainError('out_of_stock', `Your cart asks for more than there is: ${told.join(', ')}.`, {
    details: { shortages },
  })
}

const toLine = (quantity: number, variant: ListedVariant, { rates, place }: Taxation): LineInput => ({
  variantId: variant.id,
  productId: variant.productId,
  productSlug: variant.productSlug,
  sku: variant.sku,
  title: variant.productTitle,
  variantTitle: variant.title,
  imageSrc: variant.image?.src ?? null,
  quantity,
  unitPriceMinor: variant.priceMinor,
  discountMinor: 0,
  tax: pickTaxRule(rates, place, variant.taxCategory),
})

type Occasion = Taxation & { grams: number; at: Date; pickup: CartPickup | null }

async function quoteOf(cart: Cart, inputs: LineInput[], occasion: Occasion): Promise<Quote> {
  const { rates, place, grams, at, pickup } = occasion
  const { currency } = cart
  const wish = cart.couponCode ? await findCoupon(cart.couponCode, cart) : null
  const goods = priceGoods(inputs, { code: cart.couponCode, wish, currency, at })
  const { goodsMinor } = goods
  const offered =
    cart.shippingMethodCode && !pickup
      ? await listShippingMethods({ country: place.country, currency, goodsMinor, grams })
      : []
  const method = offered.find(({ code, tooHeavy }) => code === cart.shippingMethodCode && !tooHeavy)
  // Picking up costs nothing: a code for free delivery would be used up for nothing.
  const isWasted = pickup !== null && goods.coupon?.freeShipping === true
  const wanted = isWasted ? null : goods.coupon
  const { shipping, coupon } = priceShipping(method, wanted, pickTaxRule(rates, place, 'shipping'))
  const quote = {
    cartId: cart.id,
    cartVersion: cart.version,
    currency,
    lines: goods.lines,
    ...addUp(goods.lines, shipping),
    shippingMethod: pickup?.method ?? (method && shipping ? quotedShipping(method, shipping.priceMinor) : null),
    shippingAddress: pickup ? pickup.address : cart.shippingAddress && ordered(cart.shippingAddress),
    billingAddress: cart.billingAddress && ordered(cart.billingAddress),
    email: cart.email,
    phone: cart.phone,
    coupon,
    couponProblem: isWasted ? 'Picking up is free already. Keep this code for a delivery.' : goods.couponProblem,
    grams,
    couponClaim: coupon && wish ? { couponId: wish.coupon.id, version: wish.coupon.version } : null,
    fulfilment: cart.fulfilment,
    pickupStore: pickup?.store ?? null,
    pickupProblem: pickup?.problem ?? null,
    paymentMethod: cart.paymentMethod,
    inStoreProblem: pickup?.inStoreProblem ?? null,
  }
  return { ...quote, hash: digestOf(quote) }
}

const quotedShipping = (method: OfferedShipping, priceMinor: number): QuotedShipping => ({
  code: method.code,
  name: method.name,
  priceMinor,
  minDays: method.minDays,
  maxDays: method.maxDays,
  arithmetic: method.arithmetic,
})

// The hash must not depend on the order in which the database keeps an address's keys.
const ordered = (address: PostalAddress): PostalAddress => ({
  fullName: address.fullName,
  company: address.company,
  line1: address.line1,
  line2: address.line2,
  city: address.city,
  region: address.region,
  postcode: address.postcode,
  country: address.country,
  phone: address.phone,
})
