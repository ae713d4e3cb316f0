// The signed-in shopper's cart over the API: what is in it, how it gets there, its coupon and its quote. A cart that is being
// paid for is set free before it changes, as on its page.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { findCartOf } from '#app/domain/cart/cart.server.ts'
import { applyCoupon, removeCoupon } from '#app/domain/cart/coupon.server.ts'
import { addItem, removeItem, setQuantity } from '#app/domain/cart/items.server.ts'
import { quoteCart } from '#app/domain/cart/quote.server.ts'
import { viewOf } from '#app/domain/cart/view-cart.server.ts'
import { releaseCart } from '#app/domain/checkout/release-cart.server.ts'
import { limitByNetwork } from '#app/domain/identity/rate-limit.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { clientIp } from '#server/client-ip.ts'
import { Cart, ChangedCart, Quote, toCart, toQuote } from './cart-schemas.ts'
import type { ApiEnv } from './frame/context.ts'
import { json, jsonBody, Quantity, Sku } from './frame/fields.ts'
import { byCaller, ownerOf, signedIn } from './frame/guard.ts'
import { idempotent, keyHeader } from './frame/idempotent.ts'
import { errorAnswers } from './frame/problem.ts'
import { newRouter } from './frame/router.ts'

export const cartRoutes = newRouter()
const tags = ['Cart']
export const changeCodes = [
  'validation_failed',
  'malformed_json',
  'unsupported_media_type',
  'payload_too_large',
  'unauthorized',
  'not_found',
  'cart_busy',
  'cart_changed',
  'catalog_unavailable',
] as const

/** The caller's cart as it is now. */
export async function cartOf(c: Context<ApiEnv>): Promise<z.infer<typeof Cart>> {
  const cart = await findCartOf(ownerOf(c))
  return toCart(cart && (await viewOf(cart)))
}

/** Who changes which cart, once that cart may be changed. */
export async function changing(c: Context<ApiEnv>) {
  const [owner, by] = [ownerOf(c), byCaller(c)]
  await releaseCart(owner, by)
  return { owner, by }
}

cartRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/cart',
    operationId: 'getCart',
    tags,
    summary: 'Your cart with live prices and stock',
    ...signedIn,
    responses: { 200: json(Cart, 'Your cart'), ...errorAnswers('unauthorized') },
  }),
  async (c) => c.json(await cartOf(c), 200),
)

const NewItem = z
  .strictObject({ sku: Sku, quantity: Quantity.default(1) })
  .openapi('NewCartItem', { example: { sku: 'MUG-STONEWARE-SAGE', quantity: 2 } })

cartRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/cart/items',
    operationId: 'addCartItem',
    tags,
    summary: 'Put something into the cart',
    description: 'More than there is, or than 99, is lowered; `notice` says so.',
    ...signedIn,
    middleware: [...signedIn.middleware, idempotent()] as const,
    request: { headers: keyHeader, body: jsonBody(NewItem) },
    responses: {
      201: json(ChangedCart, 'The cart now'),
      ...errorAnswers(...changeCodes, 'out_of_stock', 'idempotency_in_flight', 'idempotency_mismatch'),
    },
  }),
  async (c) => {
    const { owner, by } = await changing(c)
    const { notice } = await addItem({ ...owner, ...c.req.valid('json') }, by)
    return c.json({ ...(await cartOf(c)), notice }, 201)
  },
)

const params = z.object({ id: z.string().max(100).openapi({ example: 'MUG-STONEWARE-SAGE' }) })

cartRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/cart/items/{id}',
    operationId: 'setCartItem',
    tags,
    summary: 'Set how many',
    ...signedIn,
    request: { params, body: jsonBody(z.strictObject({ quantity: Quantity }).openapi('CartItemQuantity')) },
    responses: { 200: json(ChangedCart, 'The cart now'), ...errorAnswers(...changeCodes, 'out_of_stock') },
  }),
  async (c) => {
    const { owner, by } = await changing(c)
    const { quantity } = c.req.valid('json')
    const { notice } = await setQuantity({ ...owner, sku: c.req.valid('param').id, quantity }, by)
    return c.json({ ...(await cartOf(c)), notice }, 200)
  },
)

cartRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/cart/items/{id}',
    operationId: 'removeCartItem',
    tags,
    summary: 'Take something out',
    ...signedIn,
    request: { params },
    responses: { 200: json(Cart, 'The cart now'), ...errorAnswers('unauthorized', 'not_found', 'cart_busy') },
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    if (!(await cartOf(c)).items.some((item) => item.id === id)) throw notFound('This item')
    const { owner, by } = await changing(c)
    await removeItem({ ...owner, sku: id }, by)
    return c.json(await cartOf(c), 200)
  },
)

const CouponCode = z
  .strictObject({ code: z.string('Enter a code.').trim().min(1, 'Enter a code.').max(40, 'At most 40 characters.') })
  .openapi('CouponCode', { example: { code: 'WELCOME10' } })
const AppliedCoupon = z.object({ code: z.string(), label: z.string() }).openapi('AppliedCoupon')

cartRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/cart/coupon',
    operationId: 'applyCoupon',
    tags,
    summary: 'Put a coupon on the cart, instead of another one',
    description: 'One whose minimum is not reached yet is kept; the quote says so.',
    ...signedIn,
    request: { body: jsonBody(CouponCode) },
    responses: { 200: json(AppliedCoupon, 'Kept'), ...errorAnswers(...changeCodes, 'rate_limited') },
  }),
  async (c) => {
    // Codes must not be found by trying.
    await limitByNetwork('coupon', clientIp(c))
    const { owner, by } = await changing(c)
    const { code, label } = await applyCoupon({ ...owner, ...c.req.valid('json') }, by)
    return c.json({ code, label }, 200)
  },
)

cartRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/cart/coupon',
    operationId: 'removeCoupon',
    tags,
    summary: 'Take the coupon off',
    ...signedIn,
    responses: { 204: { description: 'Off' }, ...errorAnswers('unauthorized', 'not_found', 'cart_busy') },
  }),
  async (c) => {
    const { owner, by } = await changing(c)
    await removeCoupon(owner, by)
    return c.body(null, 204)
  },
)

cartRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/cart/quote',
    operationId: 'getQuote',
    tags,
    summary: 'What the cart costs now, sealed',
    description: 'Send its `seal` to checkout: if anything that decides money or delivery changed, nothing is charged.',
    ...signedIn,
    responses: {
      200: json(Quote, 'The quote'),
      ...errorAnswers('unauthorized', 'cart_empty', 'out_of_stock', 'catalog_unavailable'),
    },
  }),
  async (c) => {
    const cart = await findCartOf(ownerOf(c))
    if (!cart) throw new DomainError('cart_empty', 'Your cart is empty.')
    return c.json(toQuote(await quoteCart(cart.id)), 200)
  },
)
