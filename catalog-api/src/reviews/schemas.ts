// What reviews look like from outside. Shapes only: no rule, no query.
import { z } from '@hono/zod-openapi'
import { CursorParam, Id, queryInt, Slug, Time, text } from '../http/fields.ts'

const Rating = z.int().min(1).max(5).openapi({ example: 5 })
const Count = z.int().min(0).openapi({ example: 3 })

/** Who writes, votes or reports: a stable id that the caller knows a person by. */
export const PersonRef = text(1, 100).openapi({ example: 'user:42' })
export const FormerRef = text(1, 100).optional().openapi({
  description: 'What the same person was known by before they had an account',
  example: 'mailbox:5f2c',
})

export const Review = z
  .object({
    id: Id,
    authorName: z.string().openapi({ example: 'Alice M.' }),
    rating: Rating,
    title: z.string().openapi({ example: 'My favourite mug', description: 'Empty where only stars were given' }),
    body: z.string(),
    verifiedBuyer: z.boolean().openapi({ description: 'The author has bought this product here' }),
    createdAt: Time,
    helpfulCount: Count,
    unhelpfulCount: Count,
    reply: z.object({ text: z.string(), at: Time }).nullable().openapi({ description: "The shop's answer" }),
  })
  .openapi('Review')
export type Review = z.infer<typeof Review>

export const ReviewPage = z
  .object({ items: z.array(Review), nextCursor: z.string().nullable(), total: z.int() })
  .openapi('ReviewPage')
export type ReviewPage = z.infer<typeof ReviewPage>

export const reviewSorts = ['newest', 'helpful', 'highest', 'lowest'] as const
export const ReviewQuery = z.object({
  cursor: CursorParam,
  limit: queryInt(1, 50).default(10),
  rating: queryInt(1, 5).optional(),
  sort: z.enum(reviewSorts).default('newest'),
})
export type ReviewQuery = z.infer<typeof ReviewQuery>

export const reviewStatuses = ['pending', 'approved', 'rejected'] as const
export const rejectionReasons = ['off_topic', 'offensive', 'private', 'advertising', 'unreadable', 'other'] as const
export const reportReasons = ['off_topic', 'offensive', 'private', 'advertising', 'untrue', 'other'] as const

export const OwnReview = Review.extend({
  status: z.enum(reviewStatuses),
  rejection: z
    .object({ reason: z.enum(rejectionReasons), words: z.string() })
    .nullable()
    .openapi({ description: 'Why it is not published, for its author' }),
  productId: Id,
  productSlug: Slug,
  productTitle: z.string(),
}).openapi('OwnReview')
export type OwnReview = z.infer<typeof OwnReview>

const Report = z.object({ reason: z.enum(reportReasons), words: z.string(), createdAt: Time }).openapi('ReviewReport')

/** Which state of a review somebody has read. */
export const ReviewVersion = z
  .string()
  .regex(/^\d{20}$/, 'The version that was read')
  .openapi({ example: '20261123093000123456', description: 'Another after each change of its words and each decision' })

export const AdminReview = OwnReview.extend({
  version: ReviewVersion,
  moderationNote: z.string().nullable(),
  authorRef: z.string(),
  reports: z.array(Report).openapi({ description: 'Those nobody has decided about yet, twenty at most' }),
  reportCount: Count,
}).openapi('AdminReview')
export type AdminReview = z.infer<typeof AdminReview>

export const ReviewInput = z
  .object({
    productId: Id,
    authorRef: PersonRef.openapi({ description: "The author's stable id; one review each and product" }),
    formerRef: FormerRef,
    authorName: text(1, 80).openapi({ example: 'Alice M.' }),
    rating: Rating,
    title: text(0, 120).openapi({ example: 'My favourite mug' }),
    body: text(0, 4000).openapi({ example: 'Light in the hand, keeps tea warm.' }),
    verifiedBuyer: z.boolean().default(false),
    publish: z.boolean().default(false).openapi({
      description: 'Published at once, unless something of the author was rejected or this review is reported',
    }),
  })
  .openapi('ReviewInput')
export type ReviewInput = z.infer<typeof ReviewInput>

export const VoteInput = z
  .object({
    voterRef: PersonRef,
    formerRef: FormerRef,
    helpful: z.boolean().nullable().openapi({ description: 'Null takes the vote back', example: true }),
  })
  .openapi('ReviewVoteInput')
export type VoteInput = z.infer<typeof VoteInput>

export const Votes = z.object({ helpfulCount: Count, unhelpfulCount: Count }).openapi('ReviewVotes')
export type Votes = z.infer<typeof Votes>

export const ReportInput = z
  .object({ reporterRef: PersonRef, reason: z.enum(reportReasons), words: text(0, 500).default('') })
  .openapi('ReviewReportInput')
export type ReportInput = z.infer<typeof ReportInput>

export const PersonData = z
  .object({
    reviews: z.array(OwnReview),
    votes: z.array(z.object({ reviewId: Id, productTitle: z.string(), helpful: z.boolean(), votedAt: Time })),
    reports: z.array(z.object({ reviewId: Id, productTitle: z.string(), words: z.string(), createdAt: Time })),
  })
  .openapi('ReviewPersonData')
export type PersonData = z.infer<typeof PersonData>
