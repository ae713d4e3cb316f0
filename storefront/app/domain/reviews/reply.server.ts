// The shop replies under a review; its author is told of the first reply, changes of it are not told again.
import { z } from 'zod'
import { actOutside } from '#app/domain/audit/audit.server.ts'
import { adminGetReview, adminReply, type StaffReview } from '#app/domain/catalog/staff/reviews.server.ts'
import { tellAuthors } from '#app/domain/reviews/tell-authors.server.ts'
import { noCardNumber } from '#app/lib/card-number.ts'
import type { By } from '#app/lib/clock.ts'

export const replyForm = z.object({
  text: z
    .string('Write what you reply.')
    .trim()
    .min(1, 'Write what you reply.')
    .max(2000, 'At most 2000 characters, please.')
    .refine(...noCardNumber),
})

/**
 * Writes or changes the reply to the review `id`, or takes it away (null), and answers whether that changed anything.
 * Throws not_found, conflict (the review is not published), catalog_unavailable.
 */
export async function replyToReview(id: string, text: string | null, by: By): Promise<boolean> {
  const before = (await adminGetReview(id)).reply?.text ?? null
  if (before === text) return false
  const after = ({ reply }: StaffReview) => ({ reply: reply?.text ?? null })
  const act = { action: 'reviews:reply', subject: `review:${id}`, before: { reply: before }, after }
  const review = await actOutside(by, act, () => adminReply(id, text))
  const { reply } = review
  if (reply)
    await tellAuthors(
      'review.replied',
      [review],
      () => `${id}:${reply.at}`,
      () => ({ reply: reply.text }),
    )
  return true
}
