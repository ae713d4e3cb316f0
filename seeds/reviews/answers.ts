// What becomes of reviews: readers find some of them helpful, the shop replies to some, a few are reported, and who was
// rejected was told why. Deterministic: the same review gets the same answers on every machine.
import type { Row } from '../database.ts'
import { idOf } from '../ids.ts'
import { randomOf } from '../random.ts'

const sorry = [
  'Thank you for telling us. That is not how it should be: write to us with your order’s number, and we make it good.',
  'We are sorry. We have passed this on to those who make it, and would like to exchange yours.',
  'That is a pity. You may send it back within thirty days, also when it has been used once.',
]
const glad = [
  'Thank you, that made our morning.',
  'Thank you! We read this aloud in the shop.',
  'Thank you. Enjoy it for long.',
]

const hour = 3600 * 1000

export type Answered = { reviews: Row[]; votes: Row[]; reports: Row[] }

/** The reviews with their counts, replies and reasons, and the rows behind the counts; none later than `today`. */
export function answersTo(reviews: readonly Row[], today: Date): Answered {
  const all = reviews.map((review) => answered(review, today))
  return {
    reviews: all.map(({ review }) => review),
    votes: all.flatMap(({ votes }) => votes),
    reports: all.flatMap(({ reports }) => reports),
  }
}

function answered(review: Row, today: Date): { review: Row; votes: Row[]; reports: Row[] } {
  const { id, authorRef, status } = review
  const random = randomOf(`answers ${id}`)
  const isShown = status === 'approved'
  const later = (hours: number) => new Date(Math.min(today.getTime(), Number(review.createdAt) + hours * hour))
  // Who says more helps more people.
  const most = isShown ? Math.min(9, Math.round(String(review.body).length / 22)) : 0
  const [yes, no] = [random.int(0, most), isShown && random.chance(0.3) ? random.int(1, 2) : 0]
  const votes = Array.from({ length: yes + no }, (_, index) => ({
    reviewId: id,
    authorRef,
    voterRef: idOf(`reader:${index}`),
    helpful: index < yes,
    votedAt: later(24 + index),
  }))
  const reports =
    isShown && random.chance(0.012)
      ? [{ reviewId: id, reporterRef: idOf('reader:0'), reason: 'off_topic', words: '', createdAt: later(48) }]
      : []
  const reply = isShown ? replyTo(Number(review.rating), random) : null
  const rejection =
    status === 'rejected'
      ? { rejectionReason: 'other', rejectionWords: 'Tell us what is wrong with it, so that others learn from it.' }
      : { rejectionReason: null, rejectionWords: '' }
  const counts = { helpfulCount: yes, unhelpfulCount: no, reportCount: reports.length }
  return { review: { ...review, ...counts, ...rejection, reply, repliedAt: reply && later(20) }, votes, reports }
}

function replyTo(rating: number, random: ReturnType<typeof randomOf>): string | null {
  if (rating <= 2) return random.chance(0.6) ? random.pick(sorry) : null
  return random.chance(0.06) ? random.pick(glad) : null
}
