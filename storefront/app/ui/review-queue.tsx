// Reviews for a moderator: a filter, one form around all of them, a box to check beside each, the decision below.
import { Form, Link } from '@remix-run/react'
import { rejectionChoices, rejectionText, reportLabel } from '#app/domain/reviews/reasons.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { CheckboxField, Field, fieldId, PostForm, SelectField } from './form.tsx'
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
          <option value="reported">Reported</option>
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

export type StaffReviewInfo = {
  id: string
  /** What is read here: words that change later are not decided about. */
  version: string
  authorName: string
  rating: number
  title: string
  body: string
  verifiedBuyer: boolean
  createdAt: string
  moderationNote: string | null
  rejection: { reason: string; words: string } | null
  reports: { reason: string; words: string; createdAt: string }[]
  reportCount: number
  reply: { text: string; at: string } | null
  productTitle: string
  productSlug: string
}
type QueueProps = { items: StaffReviewInfo[]; total: number; status: string; back: string; problem?: FormProblem }

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
            <label className="flex cursor-pointer items-start gap-4 p-4">
              <input
                type="checkbox"
                name="ids[]"
                value={`${review.id} ${review.version}`}
                defaultChecked={checked.has(`${review.id} ${review.version}`)}
                aria-label={`Review “${review.title || `${review.rating} stars`}” by ${review.authorName}`}
                className="mt-1 size-6 shrink-0 accent-accent"
              />
              <StaffReview review={review} toDetails />
            </label>
          </li>
        ))}
      </ul>
      <div className="bottom-0 mt-4 grid gap-3 border-t border-line bg-paper py-4 sm:sticky">
        {status !== 'rejected' && <WhyRejected problem={problem} />}
        <div className="flex flex-wrap gap-3">
          {status !== 'approved' && (
            <Button name="intent" value="approve">
              {status === 'reported' ? 'Keep checked' : 'Approve checked'}
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

/** What the author is told of a rejection, and what stays with staff. */
function WhyRejected({ problem }: { problem?: FormProblem }) {
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <SelectField label="Reason to reject" name="reason" problem={problem} hint="The author reads it.">
        <option value="">Choose</option>
        {rejectionChoices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <Field label="Words to the author" name="words" optional maxLength={500} problem={problem} />
      <Field label="Note for other staff" name="note" optional maxLength={500} problem={problem} />
    </div>
  )
}

/** A review with all that staff know of it. */
export function StaffReview({ review, toDetails = false }: { review: StaffReviewInfo; toDetails?: boolean }) {
  const { reports, reportCount, rejection, reply } = review
  return (
    <span className="block min-w-0 flex-1">
      <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Stars average={review.rating} />
        {review.title && <strong className="wrap-anywhere">{review.title}</strong>}
        {review.verifiedBuyer && <StatusBadge tone="good">Bought here</StatusBadge>}
        {reportCount > 0 && <StatusBadge tone="warn">Reported {reportCount} ×</StatusBadge>}
      </span>
      <span className="mt-1 block max-w-prose whitespace-pre-line wrap-anywhere">{review.body}</span>
      <span className="mt-2 block text-sm text-muted">
        {review.authorName}, <When date={review.createdAt} />, about{' '}
        <Link to={paths.product(review.productSlug)} className="link">
          {review.productTitle}
        </Link>
      </span>
      {reports.map((report) => (
        <span key={report.createdAt} className="mt-1 block text-sm wrap-anywhere">
          <When date={report.createdAt} />: {reportLabel(report.reason)}
          {report.words && ` – “${report.words}”`}
        </span>
      ))}
      {rejection && <span className="mt-1 block text-sm">Told the author: {rejectionText(rejection)}</span>}
      {review.moderationNote && <span className="mt-1 block text-sm">Note: {review.moderationNote}</span>}
      {reply && <span className="mt-1 block text-sm wrap-anywhere">Our reply: {reply.text}</span>}
      {toDetails && (
        <Link to={paths.adminReview(review.id)} className="link mt-1 inline-flex min-h-11 items-center text-sm">
          {reply ? 'Change our reply' : 'Look closer or reply'}
        </Link>
      )}
    </span>
  )
}

/** Whether what buyers write appears before staff have read it. */
export function ReviewSettingsForm({ publishBuyers, problem }: { publishBuyers: boolean; problem?: FormProblem }) {
  return (
    <section aria-labelledby="settings" className="card mt-10 max-w-2xl p-6">
      <h2 id="settings" className="text-xl">
        How reviews are published
      </h2>
      <PostForm problem={problem} className="mt-4 grid gap-4">
        <CheckboxField
          name="publishBuyers"
          value="yes"
          label="Publish what buyers write at once"
          hint="You can still reject it later. Whoever was rejected before is read first, and so is a review that was reported."
          defaultChecked={publishBuyers}
          problem={problem}
        />
        <Button name="intent" value="settings" variant="secondary" className="justify-self-start">
          Save
        </Button>
      </PostForm>
    </section>
  )
}
