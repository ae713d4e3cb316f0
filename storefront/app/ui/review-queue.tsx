// Reviews for a moderator: a filter, one form around all of them, a box to check beside each, the decision below.
import { Form, Link } from '@remix-run/react'
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { fieldId, PostForm, TextareaField } from './form.tsx'
import { When } from './money.tsx'
import { Stars, StatusBadge } from './parts.tsx'

type Filter = { q: string; status: string; rating?: number }

export function ReviewFilter({ filter }: { filter: Filter }) {
  return (
    <Form className="card mb-6 flex flex-wrap items-end gap-3 p-4" role="search" aria-label="Reviews">
      <label className="min-w-52 flex-1">
        <span className="mb-1 block text-sm font-semibold">Words, author or product</span>
        <input type="search" name="q" defaultValue={filter.q} maxLength={100} className="field" />
      </label>
      <label>
        <span className="mb-1 block text-sm font-semibold">State</span>
        <select name="status" defaultValue={filter.status} className="field">
          <option value="pending">Waiting</option>
          <option value="approved">Approved</option>
          <option value="rejected">Rejected</option>
        </select>
      </label>
      <label>
        <span className="mb-1 block text-sm font-semibold">Stars</span>
        <select name="rating" defaultValue={filter.rating ?? ''} className="field">
          <option value="">All</option>
          {[5, 4, 3, 2, 1].map((stars) => (
            <option key={stars} value={stars}>
              {stars}
            </option>
          ))}
        </select>
      </label>
      <Button variant="secondary">Show</Button>
    </Form>
  )
}

type ReviewInfo = {
  id: string
  authorName: string
  rating: number
  title: string
  body: string
  verifiedBuyer: boolean
  createdAt: string
  moderationNote: string | null
  productId: string
  productTitle: string
  productSlug: string
}
type QueueProps = { items: ReviewInfo[]; total: number; status: string; back: string; problem?: FormProblem }

export function ReviewQueue({ items, total, status, back, problem }: QueueProps) {
  const checked = new Set(problem?.values['ids[]']?.split('\n'))
  return (
    <PostForm problem={problem}>
      <input type="hidden" name="back" value={back} />
      <p className="mb-3 text-sm text-muted" id={fieldId('ids')}>
        {total} {total === 1 ? 'review' : 'reviews'}, oldest first. Check those you decide about.
      </p>
      <ul className="grid gap-3">
        {items.map((review) => (
          <li key={review.id} className="card has-checked:border-accent has-checked:bg-accent-soft">
            <Review review={review} checked={checked.has(review.id)} />
          </li>
        ))}
      </ul>
      <div className="bottom-0 mt-4 sm:sticky grid gap-3 border-t border-line bg-paper py-4 sm:grid-cols-[1fr_auto] sm:items-end">
        <TextareaField
          label="Reason"
          name="note"
          rows={1}
          optional
          maxLength={500}
          hint="For other staff; the author does not see it."
          problem={problem}
        />
        <div className="flex gap-3">
          {status !== 'approved' && (
            <Button name="intent" value="approve">
              Approve checked
            </Button>
          )}
          {status !== 'rejected' && (
            <Button variant="danger" name="intent" value="reject">
              Reject checked
            </Button>
          )}
        </div>
      </div>
    </PostForm>
  )
}

function Review({ review, checked }: { review: ReviewInfo; checked: boolean }) {
  return (
    <label className="flex cursor-pointer items-start gap-4 p-4">
      <input
        type="checkbox"
        name="ids[]"
        value={review.id}
        defaultChecked={checked}
        aria-label={`Review “${review.title}” by ${review.authorName}`}
        className="mt-1 size-6 shrink-0 accent-accent"
      />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <Stars average={review.rating} />
          <strong className="wrap-anywhere">{review.title}</strong>
          {review.verifiedBuyer && <StatusBadge tone="good">Bought here</StatusBadge>}
        </span>
        <span className="mt-1 block max-w-prose whitespace-pre-line wrap-anywhere">{review.body}</span>
        <span className="mt-2 block text-sm text-muted">
          {review.authorName}, <When date={review.createdAt} />, about{' '}
          <Link to={paths.product(review.productSlug)} className="link">
            {review.productTitle}
          </Link>
        </span>
        {review.moderationNote && <span className="mt-1 block text-sm">Reason given: {review.moderationNote}</span>}
      </span>
    </label>
  )
}
