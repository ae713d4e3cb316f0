// What a cart and a quote look like over the API, and how they are made of the shop's own views. Shapes only.
import { z } from '@hono/zod-openapi'
import type { CartView } from '#app/domain/cart/cart-view.ts'
import { sealQuote } from '#app/domain/cart/quote-seal.server.ts'
import type { Quote as ShopQuote } from '#app/domain/cart/totals.ts'
import { fulfilments, paymentMethods } from '#app/domain/pickup/pickup-rules.ts'
import { shopCurrency } from '#app/lib/money.ts'
import { PostalAddress, pickPostal } from './addresses.ts'
import { Currency, Minor, Quantity, Sku } from './frame/fields.ts'

const CartItem = z
  .object({
    id: z.string().openapi({ example: 'MUG-STONEWARE-SAGE', description: 'One line a product variant: its SKU' }),
    sku: Sku,
    title: z.string().openapi({ example: 'Stoneware mug' }),
    variantTitle: z.string().openapi({ example: 'Sage' }),
    imageSrc: z.string().nullable().openapi({ description: 'Stem of the picture: `<stem>-320.webp`, `-640`, `-1200`' }),
    quantity: z.int().openapi({ description: 'What would be ordered: lowered to what there is' }),
    wanted: Quantity,
    unitPriceMinor: Minor,
    lineTotalMinor: Minor,
    notices: z.array(z.object({ kind: z.string(), text: z.string() })),
  })
  .openapi('CartItem')

export const Cart = z
  .object({
    status: z
      .enum(['empty', 'open', 'checking_out'])
      .openapi({ description: 'checking_out: it waits for its payment' }),
    currency: Currency,
    items: z.array(CartItem),
    count: z.int(),
    subtotalMinor: Minor,
    live: z
      .boolean()
      .openapi({ description: 'False: the catalogue is away, prices are those of when things were put in' }),
  })
  .openapi('Cart')

/** What was done to the cart, and the cart now. */
export const ChangedCart = Cart.extend({
  notice: z.string().nullable().openapi({ description: 'Why less was put in than asked for' }),
}).openapi('ChangedCart')

export const toCart = (view: CartView | null): z.infer<typeof Cart> => ({
  status: view?.status === 'open' || view?.status === 'checking_out' ? view.status : 'empty',
  currency: view?.currency ?? shopCurrency,
  items: (view?.lines ?? []).map((line) => ({
    id: line.sku,
    sku: line.sku,
    title: line.title,
    variantTitle: line.variantTitle,
    imageSrc: line.image?.src ?? null,
    quantity: line.quantity,
    wanted: line.wanted,
    unitPriceMinor: line.unitPriceMinor,
    lineTotalMinor: line.lineTotalMinor,
    notices: line.notices.map(({ kind, text }) => ({ kind, text })),
  })),
  count: view?.count ?? 0,
  subtotalMinor: view?.subtotalMinor ?? 0,
  live: view?.live ?? true,
})

const QuoteLine = z
  .object({
    sku: Sku,
    title: z.string(),
    variantTitle: z.string(),
    quantity: Quantity,
    unitPriceMinor: Minor,
    discountMinor: Minor,
    lineTotalMinor: Minor,
    taxName: z.string(),
    taxBasisPoints: z.int(),
    taxMinor: Minor,
    taxIncluded: z.boolean(),
  })
  .openapi('QuoteLine')

export const missingParts = ['email', 'address', 'shippingMethod', 'pickupStore'] as const

export const Quote = z
  .object({
    currency: Currency,
    lines: z.array(QuoteLine),
    subtotalMinor: Minor,
    discountMinor: Minor,
    shippingMinor: Minor,
    taxMinor: Minor.openapi({ description: 'Tax that comes on top' }),
    includedTaxMinor: Minor.openapi({ description: 'Tax contained in the prices' }),
    totalMinor: Minor,
    fulfilment: z.enum(fulfilments),
    paymentMethod: z.enum(paymentMethods),
    shippingMethod: z.object({ code: z.string(), name: z.string(), priceMinor: Minor }).nullable(),
    shippingAddress: z.union([PostalAddress, z.null()]),
    billingAddress: z.union([PostalAddress, z.null()]),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    coupon: z
      .object({ code: z.string(), label: z.string(), discountMinor: Minor, freeShipping: z.boolean() })
      .nullable(),
    problems: z
      .array(z.string())
      .openapi({ description: 'What keeps the coupon, the store or the counter from working' }),
    missing: z.array(z.enum(missingParts)).openapi({ description: 'What checkout still needs; empty: ready' }),
    seal: z
      .string()
      .openapi({ description: 'This quote, signed: send it to checkout, and exactly this is charged or nothing' }),
  })
  .openapi('Quote')

export function toQuote(quote: ShopQuote): z.infer<typeof Quote> {
  const problems = [quote.couponProblem, quote.pickupProblem]
  if (quote.paymentMethod === 'in_store') problems.push(quote.inStoreProblem)
  return {
    currency: quote.currency,
    lines: quote.lines.map((line) => ({
      sku: line.sku,
      title: line.title,
      variantTitle: line.variantTitle,
      quantity: line.quantity,
      unitPriceMinor: line.unitPriceMinor,
      discountMinor: line.discountMinor,
      lineTotalMinor: line.lineTotalMinor,
      taxName: line.taxName,
      taxBasisPoints: line.taxBasisPoints,
      taxMinor: line.taxMinor,
      taxIncluded: line.taxIncluded,
    })),
    subtotalMinor: quote.subtotalMinor,
    discountMinor: quote.discountMinor,
    shippingMinor: quote.shippingMinor,
    taxMinor: quote.taxMinor,
    includedTaxMinor: quote.includedTaxMinor,
    totalMinor: quote.totalMinor,
    fulfilment: quote.fulfilment,
    paymentMethod: quote.paymentMethod,
    shippingMethod: quote.shippingMethod && {
      code: quote.shippingMethod.code,
      name: quote.shippingMethod.name,
      priceMinor: quote.shippingMethod.priceMinor,
    },
    shippingAddress: quote.shippingAddress && pickPostal(quote.shippingAddress),
    billingAddress: quote.billingAddress && pickPostal(quote.billingAddress),
    email: quote.email,
    phone: quote.phone,
    coupon: quote.coupon && {
      code: quote.coupon.code,
      label: quote.coupon.label,
      discountMinor: quote.coupon.discountMinor,
      freeShipping: quote.coupon.freeShipping,
    },
    problems: problems.filter((problem) => problem !== null),
    missing: missingOf(quote),
    seal: sealQuote(quote.hash),
  }
}

function missingOf(quote: ShopQuote): (typeof missingParts)[number][] {
  const isPickup = quote.fulfilment === 'pickup'
  const needs = {
    email: quote.email,
    address: isPickup || quote.shippingAddress,
    shippingMethod: isPickup || quote.shippingMethod,
    pickupStore: !isPickup || quote.pickupStore,
  }
  return missingParts.filter((part) => !needs[part])
}
