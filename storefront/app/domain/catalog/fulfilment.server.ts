// Parcels of orders, kept by catalog-api. `orderRef` is the order's id; a parcel is repeated safely by its number.
import { z } from 'zod'
import { ask, browse, catalogApi, type Road } from '#app/domain/catalog/transport.server.ts'

const writing: Road = { kind: 'write', deadlineMs: 5_000, scopes: ['fulfilment:write'] }
const reading: Road = { ...browse, scopes: ['fulfilment:read'] }

const fulfillment = z.object({
  id: z.uuid(),
  orderRef: z.string(),
  orderNumber: z.string(),
  parcelNo: z.int().positive(),
  status: z.string(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  trackingUrl: z.string().nullable(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
  shippedAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
})
export type Fulfillment = z.infer<typeof fulfillment>

type Tracking = { carrier: string | null; trackingNumber: string | null; trackingUrl: string | null }

/** Records a parcel. Throws conflict when more is sent than was sold, or the parcel exists with another content. */
export async function createFulfillment(
  input: {
    orderRef: string
    orderNumber: string
    parcelNo: number
    lines: { sku: string; quantity: number }[]
  } & Tracking,
): Promise<Fulfillment> {
  return ask(fulfillment, writing, (init) => catalogApi().POST('/fulfillments', { body: input, ...init }))
}

/** Replaces a parcel's tracking. Throws not_found. */
export async function updateTracking(id: string, tracking: Tracking): Promise<Fulfillment> {
  return ask(fulfillment, writing, (init) =>
    catalogApi().PUT('/fulfillments/{id}/tracking', { params: { path: { id } }, body: tracking, ...init }),
  )
}

/** Marks a parcel as arrived; repeating changes nothing. Throws not_found. */
export async function markDelivered(id: string): Promise<Fulfillment> {
  return ask(fulfillment, writing, (init) =>
    catalogApi().POST('/fulfillments/{id}/delivered', { params: { path: { id } }, ...init }),
  )
}

/** The parcels of an order, first to last. */
export async function listFulfillments(orderRef: string): Promise<Fulfillment[]> {
  const answer = await ask(z.object({ items: z.array(fulfillment) }), reading, (init) =>
    catalogApi().GET('/fulfillments', { params: { query: { order_ref: orderRef } }, ...init }),
  )
  return answer.items
}
