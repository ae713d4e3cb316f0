// Fields that many operations share, each with its limits and an example, so that the document says them once the same way.
import { z } from '@hono/zod-openapi'

export const Id = z.string().max(100).openapi({ format: 'uuid', example: '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11' })
export const OrderNumber = z.string().max(40).openapi({ example: 'HS-7KQ4-M2XD' })
export const Sku = z
  .string('Name a product by its SKU.')
  .regex(/^[A-Z0-9._-]{1,64}$/, 'This is no SKU.')
  .openapi({ example: 'MUG-STONEWARE-SAGE' })
export const Quantity = z
  .int('Choose a number from 1 to 99.')
  .min(1, 'Choose a number from 1 to 99.')
  .max(99, 'Choose a number from 1 to 99.')
  .openapi({ example: 2 })
export const Minor = z.int().openapi({ description: "Amount in the currency's minor unit (cents)", example: 3800 })
export const Currency = z.string().length(3).openapi({ example: 'EUR' })
export const Time = z.iso.datetime().openapi({ example: '2026-05-04T09:30:00.000Z' })

/** A whole number in a query: digits only (`1e3` and `0x10` are refused). */
export const queryInt = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'A whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .openapi({ type: 'integer', minimum: min, maximum: max })

/** `application/json` with this schema, as an answer or a body. */
export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})
