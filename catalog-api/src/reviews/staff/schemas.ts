// What staff ask of reviews, and what they decide. Shapes only: no rule, no query.
import { z } from '@hono/zod-openapi'
import { CursorParam, Id, queryInt, SearchWords, text } from '../../http/fields.ts'
import { AdminReview, ReviewVersion, rejectionReasons, reviewStatuses } from '../schemas.ts'

export const AdminReviewPage = z
  .object({ items: z.array(AdminReview), nextCursor: z.string().nullable(), total: z.int() })
  .openapi('AdminReviewPage')
export type AdminReviewPage = z.infer<typeof AdminReviewPage>

export const AdminReviewQuery = z.object({
  status: z
    .enum([...reviewStatuses, 'reported'])
    .default('pending')
    .openapi({ description: '`reported`: published ones that somebody reported' }),
  rating: queryInt(1, 5).optional(),
  q: SearchWords.optional().openapi({ description: 'Part of the text, the author or the product' }),
  cursor: CursorParam,
  limit: queryInt(1, 100).default(30),
})
export type AdminReviewQuery = z.infer<typeof AdminReviewQuery>

const decision = {
  status: z.enum(['approved', 'rejected']),
  reason: z.enum(rejectionReasons).nullish().openapi({ description: 'Why it is rejected; its author reads it' }),
  words: text(0, 500).default('').openapi({ description: 'More about the reason, for the author' }),
  note: text(0, 500).nullish().openapi({ description: 'For other staff' }),
}

const version = ReviewVersion.openapi({
  description: 'What was read; words that were changed since are not decided about',
})

export const BulkModeration = z
  .object({
    reviews: z
      .array(z.object({ id: Id, version }))
      .min(1)
      .max(100),
    ...decision,
  })
  .openapi('BulkModeration')
export type BulkModeration = z.infer<typeof BulkModeration>

export const Moderated = z
  .object({
    changed: z.array(AdminReview).openapi({ description: 'Those that this changed' }),
    stale: z.array(Id).openapi({ description: 'Those that were changed since they were read, left as they are' }),
  })
  .openapi('Moderated')
export type Moderated = z.infer<typeof Moderated>

export const ModerationInput = z.object({ version, ...decision }).openapi('ModerationInput')

export const ReplyInput = z
  .object({ text: text(1, 2000).openapi({ example: 'Thank you. The lid is sold by itself, too.' }) })
  .openapi('ReviewReplyInput')
