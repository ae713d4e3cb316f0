// The parameters each endpoint takes, as zod schemas over form values, with Stripe's words for what is wrong.
import { z } from 'zod'
import { invalid, type Params } from './wire.ts'

const integer = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .transform(Number)
const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
const metadata = z.union([z.literal('').transform(() => ({})), z.record(z.string().max(40), z.string().max(500))])
const currency = z
  .string()
  .regex(/^[a-zA-Z]{3}$/)
  .transform((value) => value.toLowerCase())
const url = z
  .string()
  .max(5000)
  .regex(/^https?:\/\//)
/** Taken as sent: shown by no page and used by no rule of the stand-in. */
const asSent = z.unknown()
const expand = z.array(z.string()).optional()

const priceData = z.strictObject({
  currency,
  unit_amount: integer.pipe(z.int().min(0)),
  tax_behavior: z.enum(['inclusive', 'exclusive', 'unspecified']).optional(),
  product_data: z.strictObject({
    name: z.string().min(1).max(250),
    description: z.string().max(40_000).optional(),
    images: z.array(z.string()).max(8).optional(),
    metadata: metadata.optional(),
    tax_code: z.string().optional(),
    unit_label: z.string().optional(),
  }),
})

const shippingRate = z.strictObject({
  display_name: z.string().min(1).max(100),
  type: z.literal('fixed_amount').optional(),
  fixed_amount: z.strictObject({ amount: integer.pipe(z.int().min(0)), currency }),
  delivery_estimate: asSent.optional(),
  metadata: metadata.optional(),
  tax_behavior: z.string().optional(),
  tax_code: z.string().optional(),
})

export const sessionCreate = z.strictObject({
  mode: z.literal('payment'),
  ui_mode: z.enum(['hosted_page', 'hosted']).optional(),
  line_items: z
    .array(
      z.strictObject({
        price_data: priceData,
        quantity: integer.pipe(z.int().min(1).max(999_999)),
        metadata: metadata.optional(),
        adjustable_quantity: z.strictObject({ enabled: z.literal('false') }).optional(),
      }),
    )
    .min(1)
    .max(100),
  shipping_options: z
    .array(z.strictObject({ shipping_rate_data: shippingRate }))
    .max(1)
    .optional(),
  success_url: url,
  cancel_url: url.optional(),
  client_reference_id: z.string().max(200).optional(),
  customer_email: z.email().max(512).optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  metadata: metadata.optional(),
  payment_intent_data: z
    .strictObject({
      metadata: metadata.optional(),
      description: z.string().max(1000).optional(),
      receipt_email: z.email().optional(),
      statement_descriptor: z.string().max(22).optional(),
      statement_descriptor_suffix: z.string().max(22).optional(),
      capture_method: z.enum(['automatic', 'automatic_async']).optional(),
      shipping: asSent.optional(),
    })
    .optional(),
  expires_at: integer.optional(),
  locale: z.string().max(10).optional(),
  allowed_payment_method_types: z.array(z.literal('card')).optional(),
  payment_method_types: z.array(z.literal('card')).optional(),
  payment_method_options: asSent.optional(),
  automatic_tax: z.strictObject({ enabled: z.literal('false') }).optional(),
  allow_promotion_codes: z.literal('false').optional(),
  billing_address_collection: z.enum(['auto', 'required']).optional(),
  phone_number_collection: asSent.optional(),
  shipping_address_collection: asSent.optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay', 'subscribe']).optional(),
  custom_text: asSent.optional(),
  expand,
})
export type SessionCreate = z.infer<typeof sessionCreate>

export const intentCreate = z.strictObject({
  amount: integer.pipe(z.int().min(1)),
  currency,
  payment_method: z.string().optional(),
  payment_method_types: z.array(z.literal('card')).optional(),
  allowed_payment_method_types: z.array(z.literal('card')).optional(),
  automatic_payment_methods: z
    .strictObject({ enabled: flag, allow_redirects: z.enum(['always', 'never']).optional() })
    .optional(),
  confirm: flag.optional(),
  capture_method: z.enum(['automatic', 'automatic_async']).optional(),
  return_url: url.optional(),
  description: z.string().max(1000).optional(),
  receipt_email: z.email().optional(),
  metadata: metadata.optional(),
  shipping: asSent.optional(),
  statement_descriptor_suffix: z.string().max(22).optional(),
  expand,
})
export type IntentCreate = z.infer<typeof intentCreate>

/** What a browser sends beside its question; routes.ts has compared the secret. */
const asClient = { key: z.string().optional(), client_secret: z.string().optional() }

export const intentConfirm = z.strictObject({
  ...asClient,
  payment_method: z.string().optional(),
  return_url: url.optional(),
  receipt_email: z.email().optional(),
  expand,
})

export const intentCancel = z.strictObject({
  cancellation_reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']).optional(),
  expand,
})

export const refundCreate = z.strictObject({
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
  amount: integer.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.optional(),
  expand,
})
export type RefundCreate = z.infer<typeof refundCreate>

export const changeMetadata = z.strictObject({
  metadata: metadata.optional(),
  description: z.string().optional(),
  expand,
})

export const endpointCreate = z.strictObject({
  url,
  enabled_events: z.array(z.string()).min(1),
  description: z.string().optional(),
  metadata: metadata.optional(),
  api_version: z.string().optional(),
  expand,
})

export const onlyExpand = z.strictObject({ expand })

/** The checked parameters. @throws StripeError in Stripe's words, naming the parameter with brackets */
export function check<Schema extends z.ZodType>(schema: Schema, params: Params): z.output<Schema> {
  const parsed = schema.safeParse(params)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0] as z.core.$ZodIssue
  const name = (path: PropertyKey[]) =>
    path.map(String).reduce((all, part, at) => (at === 0 ? part : `${all}[${part}]`), '')
  if (issue.code === 'unrecognized_keys') {
    const param = name([...issue.path, ...issue.keys.slice(0, 1)])
    throw invalid(`Received unknown parameter: ${param}`, param, 'parameter_unknown')
  }
  const param = name(issue.path)
  const sent = issue.path.reduce<unknown>(
    (at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part],
    params,
  )
  if (sent === undefined) throw invalid(`Missing required param: ${param}.`, param, 'parameter_missing')
  throw invalid(`Invalid ${param}: ${JSON.stringify(sent)}.`, param, 'parameter_invalid')
}
