// Opaque page marks: where a keyset page ended, as base64url. What comes back from outside is checked, never trusted.
import { z } from 'zod'
import { invalid } from './errors.ts'
import { isUuid } from './ids.ts'

const mark = z.strictObject({
  /** Which order the page was in; a mark of another order is refused. */
  o: z.string().max(40),
  /** Sort key of the row at the edge. */
  k: z.union([z.string().max(400), z.int()]),
  id: z.string().refine(isUuid),
  /** Forward or back from that row. */
  d: z.enum(['next', 'prev']),
})
export type Cursor = z.infer<typeof mark>

export const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** A time that there is, in the years that Postgres takes: JavaScript turns the 30th of February into another day. */
function isTime(text: string): boolean {
  const time = new Date(text)
  return !text.startsWith('0000') && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text.slice(0, 19))
}

/** Sort keys as they may stand in a mark. What Postgres refuses (NUL, the 99th of month 99) must not become a fault. */
export const cursorKeys = {
  number: z.int(),
  time: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z$/)
    .refine(isTime),
  text: z.string().refine((value) => !value.includes('\u0000')),
}

/** Reads a mark made for `order`, whose key is of `key`'s kind. @throws validation_failed for anything else */
export function readCursor(text: string | undefined, order: string, key: z.ZodType): Cursor | undefined {
  if (!text) return undefined
  const parsed = mark.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')))
  if (parsed.success && parsed.data.o === order && key.safeParse(parsed.data.k).success) return parsed.data
  throw invalid('cursor', 'This page mark is not valid here; start from the first page.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
