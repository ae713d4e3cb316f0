// A change of stock as the form sends it. Pure. `ref` is minted with the form, so that a double click counts once.
import { z } from 'zod'

const shape = {
  ref: z.string().regex(/^stock:[0-9a-f-]{36}$/, 'Please reload the page and try again.'),
  sku: z.string().min(1, 'Which variant?').max(64),
  storeId: z.uuid('Which place?'),
  delta: z.coerce
    .number('A whole number, like 12 or -3.')
    .int('A whole number, like 12 or -3.')
    .min(-100_000, 'At most 100,000 at once.')
    .max(100_000, 'At most 100,000 at once.')
    .refine((delta) => delta !== 0, 'A number other than zero.'),
  kind: z.enum(['receive', 'adjust'], 'What happened?'),
  reason: z.string().trim().min(1, 'Say why, for the ledger.').max(200, 'At most 200 characters.'),
}

export const stockChange = z.object(shape)

const whole = (message: string) =>
  z
    .string(message)
    .trim()
    .regex(/^\d{1,7}$/, message)
    .transform(Number)

/**
 * Goods that came in by their number; a count by what is there now, changed from what the page showed (`seen`). A
 * count is refused when somebody else changed the place since.
 */
export const seenChange = z
  .object({
    ref: shape.ref,
    sku: shape.sku,
    storeId: shape.storeId,
    kind: shape.kind,
    reason: shape.reason,
    units: whole('A whole number, like 12.').refine((units) => units <= 100_000, 'At most 100,000 at once.'),
    seen: whole('Please reload the page and try again.'),
  })
  .transform(({ units, seen, ...change }, context) => {
    const delta = change.kind === 'receive' ? units : units - seen
    if (delta === 0) {
      const message = change.kind === 'receive' ? 'How many came in?' : `There are ${seen} already.`
      context.addIssue({ code: 'custom', path: ['units'], message })
    }
    return { ...change, delta, expectedOnHand: change.kind === 'adjust' ? seen : undefined }
  })

export const thresholdInput = z.object({
  storeId: z.uuid('Which place?'),
  lowStockThreshold: whole('A whole number, like 3.').refine((value) => value <= 100_000, 'At most 100,000.'),
})
