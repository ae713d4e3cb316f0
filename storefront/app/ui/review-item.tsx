// One review: stars, words, who and when; the shop's reply; whether it helps; and a way to report it. Plain text, shown as text.
import { Link, useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { reportChoices } from '#app/domain/reviews/reasons.ts'
import { type FormProblem, problemOf } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { PostForm, useCsrf, useFieldId } from './form.tsx'
import { When } from './money.tsx'
import { Stars, StatusBadge } from './parts.tsx'

export type ReviewInfo = {
  id: string
  authorName: string
  rating: number
  title: string
  body: string
  verifiedBuyer: boolean
  createdAt: string
  helpfulCount: number
  unhelpfulCount: number
  reply: { text: string; at: string } | null
}

type ItemProps = {
  slug: string
  shopName: string
  review: ReviewInfo
  /** How the reader voted. */
  voted?: boolean
  isMine: boolean
  /** The list's own address, to come back to without JavaScript. */
  back: string
  problem?: FormProblem
}

export function ReviewItem({ slug, shopName, review, voted, isMine, back, problem }: ItemProps) {
  const { title, body, reply } = review
  return (
    <article id={`review-${review.id}`} className="scroll-mt-28">
      <Stars average={review.rating} />
      {title && <h3 className="mt-1 font-sans text-base font-semibold tracking-normal wrap-anywhere">{title}</h3>}
      {body && <p className="mt-1 max-w-prose whitespace-pre-line wrap-anywhere">{body}</p>}
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <span>
          {review.authorName}, <When date={review.createdAt} />
        </span>
        {review.verifiedBuyer && <StatusBadge tone="good">Bought here</StatusBadge>}
        {isMine && <StatusBadge tone="info">Yours</StatusBadge>}
      </p>
      {reply && (
        <div className="mt-3 max-w-prose border-l-4 border-accent bg-accent-soft py-3 pr-4 pl-4">
          <p className="text-sm font-semibold">
            {shopName} replied, <When date={reply.at} />
          </p>
          <p className="mt-1 whitespace-pre-line wrap-anywhere">{reply.text}</p>
        </div>
      )}
      {!isMine && (
        <div className="mt-2 flex flex-wrap items-start gap-x-6 gap-y-1">
          <Vote slug={slug} review={review} voted={voted} back={back} />
          <Report slug={slug} reviewId={review.id} back={back} problem={problem} />
        </div>
      )}
    </article>
  )
}

type Counts = { helpfulCount: number; unhelpfulCount: number; voted: boolean | null }
const yesNo = { yes: true, no: false, none: null }

/**
 * With JavaScript a vote shows at once and the page stays, busy until the vote is kept: who leaves before may have voted in
 * vain. Without, the page comes back at the review.
 */
function Vote({ slug, review, voted, back }: Pick<ItemProps, 'slug' | 'review' | 'voted' | 'back'>) {
  const fetcher = useFetcher<{ votes?: Counts }>({ key: `vote-${review.id}` })
  const [enhanced, setEnhanced] = useState(false)
  useEffect(() => setEnhanced(true), [])
  const pressed = fetcher.formData?.get('helpful') as keyof typeof yesNo | undefined
  const before: Counts = fetcher.data?.votes ?? { ...review, voted: voted ?? null }
  const now = pressed ? after(before, yesNo[pressed]) : before
  const problem = problemOf(fetcher.data)
  return (
    <fetcher.Form
      method="post"
      action={paths.productReviews(slug)}
      aria-busy={fetcher.state !== 'idle' || undefined}
      className="flex flex-wrap items-center gap-1 text-sm"
    >
      <input type="hidden" name="csrf" value={useCsrf()} />
      <input type="hidden" name="intent" value="vote" />
      <input type="hidden" name="review" value={review.id} />
      <input type="hidden" name="back" value={back} />
      {enhanced && <input type="hidden" name="quiet" value="1" />}
      <span id={`helpful-${review.id}`} className="mr-1 text-muted">
        Was this helpful?
      </span>
      <VoteButton mark="yes" label="Yes" count={now.helpfulCount} chosen={now.voted === true} of={review.id} />
      <VoteButton mark="no" label="No" count={now.unhelpfulCount} chosen={now.voted === false} of={review.id} />
      {problem && (
        <span role="alert" className="basis-full text-bad">
          {problem.message}
        </span>
      )}
    </fetcher.Form>
  )
}

type VoteButtonProps = { mark: 'yes' | 'no'; label: string; count: number; chosen: boolean; of: string }

/** Pressed again it takes the vote back. */
const VoteButton = ({ mark, label, count, chosen, of }: VoteButtonProps) => (
  <button
    type="submit"
    name="helpful"
    value={chosen ? 'none' : mark}
    aria-pressed={chosen}
    aria-describedby={`helpful-${of}`}
    className="nums inline-flex min-h-11 items-center gap-1.5 rounded-full border border-line px-4 hover:border-edge aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-semibold"
  >
    {label}
    <span className="text-muted">{count}</span>
  </button>
)

/** The counts as they will be. */
function after(counts: Counts, vote: boolean | null): Counts {
  const without = (of: boolean, count: number) => count - (counts.voted === of ? 1 : 0) + (vote === of ? 1 : 0)
  return {
    helpfulCount: without(true, counts.helpfulCount),
    unhelpfulCount: without(false, counts.unhelpfulCount),
    voted: vote,
  }
}

type ReportProps = Pick<ItemProps, 'slug' | 'back' | 'problem'> & { reviewId: string }

function Report({ slug, reviewId, back, problem }: ReportProps) {
  const [reasonId, wordsId] = [useFieldId('reason'), useFieldId('words')]
  const mine = problem?.intent === 'report' && problem.values.review === reviewId ? problem : undefined
  return (
    <details open={mine !== undefined} className="text-sm open:basis-full">
      <summary className="inline-flex min-h-11 items-center text-muted underline hover:text-ink">Report</summary>
      <PostForm problem={mine} action={paths.productReviews(slug)} className="grid max-w-md gap-3 pt-2 pb-4">
        <input type="hidden" name="review" value={reviewId} />
        <input type="hidden" name="back" value={back} />
        <label htmlFor={reasonId} className="font-semibold">
          What is wrong with it?
          <select
            id={reasonId}
            name="reason"
            required
            defaultValue={mine?.values.reason ?? ''}
            className="field mt-1.5"
          >
            <option value="" disabled>
              Choose
            </option>
            {reportChoices.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label htmlFor={wordsId} className="font-semibold">
          More about it <span className="font-normal text-muted">(optional)</span>
          <textarea
            id={wordsId}
            name="words"
            rows={2}
            maxLength={500}
            defaultValue={mine?.values.words}
            className="field mt-1.5 font-normal"
          />
        </label>
        <p className="text-muted">
          We read it and decide; it is not deleted by itself.{' '}
          <Link to={paths.help()} className="link">
            How we treat reviews
          </Link>
        </p>
        <Button name="intent" value="report" variant="secondary" className="justify-self-start">
          Report this review
        </Button>
      </PostForm>
    </details>
  )
}
