// What a proof's scratch goods look like from outside. Shapes only: no rule, no query.
import { z } from '@hono/zod-openapi'
import { Sku } from '../../http/fields.ts'

const units = z.int().min(1).max(1_000).openapi({ example: 1 })

export const ScratchInput = z.object({ units }).openapi('ScratchInput')
export const ScratchGoods = z
  .object({
    sku: Sku.openapi({
      example: 'PROOF-0C9E5B7A12D4',
      description: 'Held by references that begin with `proof:<sku>:`, and by no other',
    }),
    units,
  })
  .openapi('ScratchGoods')
export type ScratchGoods = z.infer<typeof ScratchGoods>

export const ScratchFigures = z
  .object({
    sku: Sku,
    onHand: z.int(),
    reserved: z.int(),
    negativeRows: z.int().openapi({ description: 'Rows below zero, or with more reserved than there is' }),
    held: z.int().openapi({ description: 'Units of live holds' }),
    sold: z.int().openapi({ description: 'Units of committed holds' }),
    ledgerAgrees: z.boolean().openapi({ description: 'Both counters are the sums of the ledger' }),
  })
  .openapi('ScratchFigures')
export type ScratchFigures = z.infer<typeof ScratchFigures>
