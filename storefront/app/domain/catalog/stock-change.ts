// A change of stock as the form sends it. Pure. `ref` is minted with the form, so that a double click counts once.
import { z } from 'zod'

export const stockChange = z.object({
  ref: z.string().regex(/^stock:[0-9a-f-]{36}$/, 'Please reload the page and try again.'),
  sku: z.string().min(1, 'Which variant?').max(64),
  storeId: z.uuid('Which place?'),
  delta: z.coerce
    .number('A whole number, like 12 or -3.')
    .int('A whole number, like 12 or -3.')
    .min(-100_000, 'At most 100,000 at once.')
    .max(100_000, 'At most 100,000 at once.')
    .refine((delta) => delta !== 0, 'A number other than zero.'),
  kind: z.enum(['receive', 'adjust']),
  reason: z.string().trim().min(1, 'Say why, for the ledger.').max(200, 'At most 200 characters.'),
})
