// What parcels look like from outside. Shapes only: no rule, no query.
import { z } from '@hono/zod-openapi'
import { Id, Ref, Sku, Time, text } from '../http/fields.ts'

const trackingUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .nullable()
  .openapi({ example: 'https://carrier.example/track/123' })

const tracking = {
  carrier: text(1, 80).nullable().openapi({ example: 'La Poste' }),
  trackingNumber: text(1, 80).nullable().openapi({ example: 'LP123456789FR' }),
  trackingUrl,
}

export const TrackingInput = z
  .object({
    carrier: tracking.carrier.default(null),
    trackingNumber: tracking.trackingNumber.default(null),
    trackingUrl: trackingUrl.default(null),
  })
  .openapi('TrackingInput')
export type TrackingInput = z.infer<typeof TrackingInput>

export const FulfillmentInput = TrackingInput.extend({
  orderRef: Ref.openapi({ description: 'The reference of the committed reservation' }),
  orderNumber: text(1, 40).openapi({ example: 'HS-7KQ4-M2XD' }),
  parcelNo: z.int().min(1).max(1000).openapi({ example: 1 }),
  lines: z
    .array(z.object({ sku: Sku, quantity: z.int().min(1).max(9_900) }))
    .min(1)
    .max(100),
}).openapi('FulfillmentInput')
export type FulfillmentInput = z.infer<typeof FulfillmentInput>

export const Fulfillment = z
  .object({
    id: Id,
    orderRef: Ref,
    orderNumber: z.string().openapi({ example: 'HS-7KQ4-M2XD' }),
    parcelNo: z.int().openapi({ example: 1 }),
    status: z.enum(['packed', 'shipped', 'delivered', 'cancelled']),
    ...tracking,
    lines: z.array(z.object({ sku: Sku, quantity: z.int() })),
    createdAt: Time,
    shippedAt: Time.nullable(),
    deliveredAt: Time.nullable(),
  })
  .openapi('Fulfillment')
export type Fulfillment = z.infer<typeof Fulfillment>
