// How the cart of the API gets to its shopper: ways of delivery, the chosen one, or a store to pick it up.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { findCartOf } from '#app/domain/cart/cart.server.ts'
import { setContact, setShippingAddress, setShippingMethod } from '#app/domain/cart/delivery.server.ts'
import { setPaymentMethod, setPickup } from '#app/domain/cart/pickup.server.ts'
import { quoteCart } from '#app/domain/cart/quote.server.ts'
import { viewOf } from '#app/domain/cart/view-cart.server.ts'
import { getAddress } from '#app/domain/identity/addresses.server.ts'
import { emailAddress } from '#app/domain/identity/email.ts'
import { line, optionalPhone } from '#app/domain/identity/text.ts'
import { paymentMethods } from '#app/domain/pickup/pickup-rules.ts'
import { listShippingMethods } from '#app/domain/shipping/shipping-methods.server.ts'
import { homeCountry } from '#app/domain/tax/tax-rules.ts'
import { DomainError } from '#app/lib/errors.ts'
import { PostalInput, pickPostal } from './addresses.ts'
import { changeCodes, changing } from './cart.ts'
import { Quote, toQuote } from './cart-schemas.ts'
import type { ApiEnv } from './frame/context.ts'
import { Currency, Id, json, jsonBody, Minor } from './frame/fields.ts'
import { ownerOf, signedIn } from './frame/guard.ts'
import { errorAnswers } from './frame/problem.ts'
import { newRouter } from './frame/router.ts'

export const deliveryRoutes = newRouter()
const tags = ['Cart']

const ShippingOption = z
  .object({
    code: z.string().openapi({ example: 'standard' }),
    name: z.string(),
    description: z.string(),
    priceMinor: Minor,
    currency: Currency,
    minDays: z.int(),
    maxDays: z.int(),
    unavailableBecause: z.string().nullable().openapi({ description: 'Not null: it cannot be chosen' }),
  })
  .openapi('ShippingOption')

deliveryRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/cart/shipping-options',
    operationId: 'listShippingOptions',
    tags,
    summary: 'Ways of delivery for the cart',
    ...signedIn,
    request: {
      query: z.strictObject({
        country: z
          .string()
          .regex(/^[A-Z]{2}$/, 'Two capital letters (ISO 3166-1)')
          .optional()
          .openapi({ example: 'IE', description: "Absent: the cart's address, else the shop's own country" }),
      }),
    },
    responses: {
      200: json(z.object({ items: z.array(ShippingOption) }).openapi('ShippingOptions'), 'Empty: not delivered there'),
      ...errorAnswers('unauthorized', 'cart_empty', 'validation_failed'),
    },
  }),
  async (c) => {
    const cart = await requireCart(c)
    const view = await viewOf(cart)
    const options = await listShippingMethods({
      country: c.req.valid('query').country ?? cart.shippingAddress?.country ?? homeCountry,
      currency: cart.currency,
      goodsMinor: view.subtotalMinor,
      grams: view.lines.reduce((sum, each) => sum + each.quantity * each.weightGrams, 0),
    })
    const items = options.map(({ code, name, description, priceMinor, currency, minDays, maxDays, tooHeavy }) => ({
      ...{ code, name, description, priceMinor, currency, minDays, maxDays },
      unavailableBecause: tooHeavy,
    }))
    return c.json({ items }, 200)
  },
)

const contact = {
  email: emailAddress.optional().describe("Absent: the account's"),
  phone: optionalPhone.describe('Only for questions about the delivery'),
}

const Delivery = z
  .strictObject({
    ...contact,
    addressId: Id.optional().describe('Of your address book; or send `address`'),
    address: PostalInput.optional(),
    billingAddressId: Id.optional(),
    billingAddress: PostalInput.optional().describe('Absent, and no billingAddressId: the same as delivery'),
    shippingMethod: z.string().min(1).max(60).openapi({ example: 'standard' }),
  })
  .refine(({ address, addressId }) => (address === undefined) !== (addressId === undefined), {
    path: ['addressId'],
    message: 'Send either addressId or address.',
  })
  .refine(({ billingAddress, billingAddressId }) => billingAddress === undefined || billingAddressId === undefined, {
    path: ['billingAddressId'],
    message: 'Send either billingAddressId or billingAddress.',
  })
  .openapi('Delivery', { example: { addressId: '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11', shippingMethod: 'standard' } })

type Given = { address?: z.output<typeof PostalInput> | undefined; id?: string | undefined }

/** A sent address, or one of the caller's own book; throws not_found for anybody else's. */
async function resolve(c: Context<ApiEnv>, { address, id }: Given) {
  if (address) return address
  return id === undefined ? null : pickPostal(await getAddress(c.get('person').id, id))
}

async function requireCart(c: Context<ApiEnv>) {
  const cart = await findCartOf(ownerOf(c))
  if (!cart) throw new DomainError('cart_empty', 'Your cart is empty.')
  return cart
}

deliveryRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/cart/delivery',
    operationId: 'setDelivery',
    tags,
    summary: 'Have the cart delivered: where, to whom, how',
    ...signedIn,
    request: { body: jsonBody(Delivery) },
    responses: {
      200: json(Quote, 'What it costs then'),
      ...errorAnswers(...changeCodes, 'cart_empty', 'shipping_unavailable', 'out_of_stock'),
    },
  }),
  async (c) => {
    const input = c.req.valid('json')
    await requireCart(c)
    const address = await resolve(c, { address: input.address, id: input.addressId })
    const billingAddress = await resolve(c, { address: input.billingAddress, id: input.billingAddressId })
    if (!address) throw new DomainError('validation_failed', 'Tell us where to deliver.')
    const { owner, by } = await changing(c)
    await setShippingAddress({ ...owner, address, billingAddress }, by)
    await setShippingMethod({ ...owner, code: input.shippingMethod }, by)
    const email = input.email ?? c.get('person').email
    const cart = await setContact({ ...owner, email, phone: input.phone ?? address.phone }, by)
    return c.json(toQuote(await quoteCart(cart.id)), 200)
  },
)

const Pickup = z
  .strictObject({
    ...contact,
    storeId: Id.describe("A store's id, from catalog-api's GET /stores"),
    name: line(120, 'Tell us who comes.').optional().describe("Who comes for it; absent: the account's name"),
    billingAddressId: Id.optional(),
    billingAddress: PostalInput.optional(),
    paymentMethod: z.enum(paymentMethods).default('card').describe("in_store: at the store's counter"),
  })
  .openapi('Pickup', { example: { storeId: '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11', paymentMethod: 'in_store' } })

deliveryRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/cart/pickup',
    operationId: 'setPickup',
    tags,
    summary: 'Pick the cart up at a store that has all of it',
    ...signedIn,
    request: { body: jsonBody(Pickup) },
    responses: {
      200: json(Quote, 'What it costs then'),
      ...errorAnswers(...changeCodes, 'cart_empty', 'out_of_stock'),
    },
  }),
  async (c) => {
    const input = c.req.valid('json')
    await requireCart(c)
    const billingAddress = await resolve(c, { address: input.billingAddress, id: input.billingAddressId })
    const { owner, by } = await changing(c)
    const person = c.get('person')
    await setPickup({ ...owner, storeId: input.storeId, name: input.name ?? person.name, billingAddress }, by)
    await setPaymentMethod({ ...owner, paymentMethod: input.paymentMethod }, by)
    const cart = await setContact({ ...owner, email: input.email ?? person.email, phone: input.phone }, by)
    return c.json(toQuote(await quoteCart(cart.id)), 200)
  },
)
