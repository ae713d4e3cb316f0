// Fields that many routes share, each with its limits and an example, so that the document says them once the same way.
import { z } from '@hono/zod-openapi'
import { isUuid } from '../lib/ids.ts'

const exampleId = '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11'

/** Text a person wrote: no NUL (Postgres refuses it) nor other control characters but line breaks and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const clean = (text: string) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)
export const text = (min: number, max: number) =>
  z.string().trim().min(min).max(max).refine(clean, 'Control characters are not allowed')

export const Id = z.string().refine(isUuid, 'Not a UUID').openapi({ format: 'uuid', example: exampleId })
export const Slug = z
  .string()
  .max(120)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Small letters, digits and single hyphens')
  .openapi({ example: 'sage-mug' })
export const IdOrSlug = z
  .string()
  .max(120)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'A UUID or a slug')
  .openapi({ example: 'sage-mug', description: 'UUID or slug' })
export const Sku = z
  .string()
  .max(64)
  .regex(/^[A-Z0-9]+([._-][A-Z0-9]+)*$/, 'Capital letters, digits, and . _ - between them')
  .openapi({ example: 'MUG-SAGE' })
export const Ref = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/, 'Letters, digits and . _ : - (100 at most)')
  .openapi({ example: exampleId, description: "The caller's own id for this; the same id again is the same request" })
export const Country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'Two capital letters (ISO 3166-1)')
  .openapi({ example: 'FR' })
export const Minor = z.int().min(0).max(100_000_000).openapi({
  description: "Amount in the currency's minor unit (cents)",
  example: 1900,
})
export const Currency = z.string().length(3).openapi({ example: 'EUR' })
export const Time = z.iso.datetime().openapi({ example: '2026-05-04T09:30:00.000Z' })
export const Quantity = z.int().min(1).max(99).openapi({ example: 2 })
export const Actor = text(1, 120).openapi({ example: 'staff:0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11' })
export const Reason = text(0, 300).openapi({ example: 'the shopper cancelled' })

/** A whole number in a query: digits only (`1e3` and `0x10` are refused). */
export const queryInt = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'A whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .openapi({ type: 'integer', minimum: min, maximum: max })
/** A decimal number in a query. */
export const queryNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d{1,6}(\.\d{1,15})?$/, 'A number')
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .openapi({ type: 'number', minimum: min, maximum: max })
export const queryFlag = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .openapi({ type: 'boolean' })
export const CursorParam = z
  .string()
  .max(1000)
  .optional()
  .openapi({ description: '`nextCursor` or `prevCursor` of an earlier answer with the same filters; opaque' })
/** What a person typed to look for: cut to 200 characters, without control characters. Never refused. */
export const SearchWords = z
  .string()
  .transform((value) =>
    value
      .replace(/\p{C}+/gu, ' ')
      .slice(0, 200)
      .trim(),
  )
  .openapi({ type: 'string', example: 'sage mug' })

/** `application/json` with this schema, as an answer or a body. */
export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})
