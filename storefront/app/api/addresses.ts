// The address book over the API. Another person's address is one that does not exist.
import { createRoute, z } from '@hono/zod-openapi'
import { addressFields, settle } from '#app/domain/identity/address-rules.ts'
import {
  type Address as BookAddress,
  createAddress,
  deleteAddress,
  listAddresses,
  updateAddress,
} from '#app/domain/identity/addresses.server.ts'
import { Id, json, jsonBody } from './frame/fields.ts'
import { byCaller, signedIn } from './frame/guard.ts'
import { idempotent, keyHeader } from './frame/idempotent.ts'
import { errorAnswers } from './frame/problem.ts'
import { newRouter } from './frame/router.ts'

export const addressRoutes = newRouter()
const tags = ['Addresses']
const bodyCodes = ['validation_failed', 'malformed_json', 'unsupported_media_type', 'payload_too_large'] as const

const example = {
  fullName: 'Carla Berg',
  line1: '1 Quay Street',
  city: 'Dublin',
  postcode: 'D02 X285',
  country: 'IE',
  isDefaultShipping: true,
}
/** A postal address as it is sent: checked, and written as its country writes it, by the rules of the pages. */
export const PostalInput = z
  .strictObject(addressFields)
  .transform((address, context) =>
    settle(address, (field, message) => context.addIssue({ code: 'custom', path: [field], message })),
  )
  .openapi('PostalAddressInput')
const AddressInput = z
  .strictObject({
    ...addressFields,
    isDefaultShipping: z.boolean().default(false),
    isDefaultBilling: z.boolean().default(false),
  })
  .transform((address, context) =>
    settle(address, (field, message) => context.addIssue({ code: 'custom', path: [field], message })),
  )
  .openapi('AddressInput', { example })

/** A postal address as it is answered. */
export const PostalAddress = z
  .object({
    fullName: z.string(),
    company: z.string().nullable(),
    line1: z.string(),
    line2: z.string().nullable(),
    city: z.string(),
    region: z.string().nullable(),
    postcode: z.string().nullable(),
    country: z.string().openapi({ example: 'IE' }),
    phone: z.string().nullable(),
  })
  .openapi('PostalAddress')
const Address = PostalAddress.extend({
  id: Id,
  isDefaultShipping: z.boolean(),
  isDefaultBilling: z.boolean(),
}).openapi('Address')

/** The fields of a postal address and no others. */
export const pickPostal = (address: z.infer<typeof PostalAddress>) => ({
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
const pick = (address: BookAddress) => ({
  ...pickPostal(address),
  id: address.id,
  isDefaultShipping: address.isDefaultShipping,
  isDefaultBilling: address.isDefaultBilling,
})

addressRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/addresses',
    operationId: 'listAddresses',
    tags,
    summary: 'Your addresses, defaults first',
    ...signedIn,
    responses: {
      200: json(z.object({ items: z.array(Address) }).openapi('AddressList'), 'Your addresses'),
      ...errorAnswers('unauthorized'),
    },
  }),
  async (c) => c.json({ items: (await listAddresses(c.get('person').id)).map(pick) }, 200),
)

addressRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/addresses',
    operationId: 'createAddress',
    tags,
    summary: 'Add an address',
    description: 'The first one becomes the default for both. At most 50.',
    ...signedIn,
    middleware: [...signedIn.middleware, idempotent()] as const,
    request: { headers: keyHeader, body: jsonBody(AddressInput) },
    responses: {
      201: json(Address, 'Added'),
      ...errorAnswers(...bodyCodes, 'unauthorized', 'conflict', 'idempotency_in_flight', 'idempotency_mismatch'),
    },
  }),
  async (c) =>
    c.json(pick(await createAddress({ ...c.req.valid('json'), userId: c.get('person').id }, byCaller(c))), 201),
)

const params = z.object({ id: Id })

addressRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/addresses/{id}',
    operationId: 'replaceAddress',
    tags,
    summary: 'Replace an address',
    ...signedIn,
    request: { params, body: jsonBody(AddressInput) },
    responses: { 200: json(Address, 'Replaced'), ...errorAnswers(...bodyCodes, 'unauthorized', 'not_found') },
  }),
  async (c) => {
    const input = { ...c.req.valid('json'), userId: c.get('person').id, addressId: c.req.valid('param').id }
    return c.json(pick(await updateAddress(input, byCaller(c))), 200)
  },
)

addressRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/addresses/{id}',
    operationId: 'deleteAddress',
    tags,
    summary: 'Delete an address',
    ...signedIn,
    request: { params },
    responses: { 204: { description: 'Deleted' }, ...errorAnswers('unauthorized', 'not_found') },
  }),
  async (c) => {
    await deleteAddress({ userId: c.get('person').id, addressId: c.req.valid('param').id }, byCaller(c))
    return c.body(null, 204)
  },
)
