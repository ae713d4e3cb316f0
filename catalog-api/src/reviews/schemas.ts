// What reviews look like from outside. Shapes only: no rule, no query.
import { z } from '@hono/zod-openapi'
import { CursorParam, Id, queryInt, SearchWords, Slug, Time, text } from '../http/fields.ts'

const Rating = z.int().min(1).max(5).openapi({ example: 5 })

export const Review = z
  .object({
    id: Id,
    authorName: z.string().openapi({ example: 'Alice M.' }),
    rating: Rating,
    title: z.string().openapi({ example: 'My favourite mug' }),
    body: z.string(),
    verifiedBuyer: z.boolean().openapi({ description: 'The author has bought this product here' }),
    createdAt: Time,
  })
  .openapi('Review')
export type Review = z.infer<typeof Review>

export const ReviewPage = z
  .object({ items: z.array(Review), nextCursor: z.string().nullable(), total: z.int() })
  .openapi('ReviewPage')
export type ReviewPage = z.infer<typeof ReviewPage>

export const reviewStatuses = ['pending', 'approved', 'rejected'] as const

export const AdminReview = Review.extend({
  status: z.enum(reviewStatuses),
  moderationNote: z.string().nullable(),
  authorRef: z.string(),
  productId: Id,
  productSlug: Slug,
  productTitle: z.string(),
}).openapi('AdminReview')
export type AdminReview = z.infer<typeof AdminReview>

export const AdminReviewPage = z
  .object({ items: z.array(AdminReview), nextCursor: z.string().nullable(), total: z.int() })
  .openapi('AdminReviewPage')
export type AdminReviewPage = z.infer<typeof AdminReviewPage>

export const ReviewInput = z
  .object({
    productId: Id,
    authorRef: text(1, 100).openapi({
      description: "The author's stable id; one review each and product",
      example: 'user:42',
    }),
    authorName: text(1, 80).openapi({ example: 'Alice M.' }),
    rating: Rating,
    title: text(1, 120).openapi({ example: 'My favourite mug' }),
    body: text(1, 4000).openapi({ example: 'Light in the hand, keeps tea warm.' }),
    verifiedBuyer: z.boolean().default(false),
  })
  .openapi('ReviewInput')
export type ReviewInput = z.infer<typeof ReviewInput>

export const AdminReviewQuery = z.object({
  status: z.enum(reviewStatuses).default('pending'),
  rating: queryInt(1, 5).optional(),
  q: SearchWords.optional().openapi({ description: 'Part of the text, the author or the product' }),
  cursor: CursorParam,
  limit: queryInt(1, 100).default(30),
})
export type AdminReviewQuery = z.infer<typeof AdminReviewQuery>

export const BulkModeration = z
  .object({
    ids: z.array(Id).min(1).max(100),
    status: z.enum(['approved', 'rejected']),
    note: text(0, 500).nullish(),
  })
  .openapi('BulkModeration')
export type BulkModeration = z.infer<typeof BulkModeration>

export const ModerationInput = z
  .object({ status: z.enum(['approved', 'rejected']), note: text(0, 500).nullish() })
  .openapi('ModerationInput')
export type ModerationInput = z.infer<typeof ModerationInput>
