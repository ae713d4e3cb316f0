// Reviews as staff see and decide them, at catalog-api. Never from a copy.
import { z } from 'zod'
import { ownReview } from '#app/domain/catalog/answers.ts'
import { ask, catalogApi, changed, type Road, staffReading } from '#app/domain/catalog/transport.server.ts'

const moderating: Road = { kind: 'write', deadlineMs: 5_000, scopes: ['reviews:write'] }

export const rejectionReasons = ['off_topic', 'offensive', 'private', 'advertising', 'unreadable', 'other'] as const
export type RejectionReason = (typeof rejectionReasons)[number]

const staffReview = ownReview.extend({
  authorRef: z.string(),
  /** Which state of it somebody has read. */
  version: z.string(),
  moderationNote: z.string().nullable(),
  /** What nobody has decided about yet, twenty at most; `reportCount` has them all. */
  reports: z.array(z.object({ reason: z.string(), words: z.string(), createdAt: z.string() })),
  reportCount: z.int(),
})
export type StaffReview = z.infer<typeof staffReview>

const queue = z.object({ items: z.array(staffReview), nextCursor: z.string().nullable(), total: z.int() })
export type ReviewFilter = {
  /** `reported`: published ones that somebody reported. */
  status?: 'pending' | 'approved' | 'rejected' | 'reported'
  rating?: number
  q?: string
  cursor?: string
}

/** Reviews by status, oldest first. Throws validation_failed for an outdated page mark. */
export async function adminListReviews(query: ReviewFilter): Promise<z.infer<typeof queue>> {
  return ask(queue, staffReading, (init) => catalogApi().GET('/admin/reviews', { params: { query }, ...init }))
}

const one = (id: string) => ({ params: { path: { id } } })

/** One review. Throws not_found. */
export async function adminGetReview(id: string): Promise<StaffReview> {
  return ask(staffReview, staffReading, (init) => catalogApi().GET('/admin/reviews/{id}', { ...one(id), ...init }))
}

export type Decision = {
  /** One to a hundred, each as it was read. */
  reviews: { id: string; version: string }[]
  status: 'approved' | 'rejected'
  /** Why it is rejected, with words; both are for the author. */
  reason: RejectionReason | null
  words: string
  /** For other staff. */
  note: string
}

const moderated = z.object({ changed: z.array(staffReview), stale: z.array(z.string()) })

/**
 * Approves or rejects reviews; the products' ratings follow at once. Answers those that this changed, and the ids of those
 * that were changed since they were read and are left (`stale`). Throws not_found, validation_failed (`reason`).
 */
export async function adminModerateReviews(body: Decision): Promise<z.infer<typeof moderated>> {
  return changed(ask(moderated, moderating, (init) => catalogApi().POST('/admin/reviews/moderate', { body, ...init })))
}

/** Writes the shop's reply, or takes it away (null). Throws not_found, conflict (the review is not published). */
export async function adminReply(id: string, text: string | null): Promise<StaffReview> {
  return changed(
    ask(staffReview, moderating, (init) =>
      text === null
        ? catalogApi().DELETE('/admin/reviews/{id}/reply', { ...one(id), ...init })
        : catalogApi().PUT('/admin/reviews/{id}/reply', { ...one(id), body: { text }, ...init }),
    ),
  )
}
