// Writing a review: the form, what became of one's own, changing and deleting it.
import { Link } from '@remix-run/react'
import { rejectionText } from '#app/domain/reviews/reasons.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { Field, PostForm, TextareaField } from './form.tsx'
import { Notice } from './parts.tsx'
import { StarChoice } from './star-choice.tsx'

export type OwnReviewInfo = {
  id: string
  rating: number
  title: string
  body: string
  status: 'pending' | 'approved' | 'rejected'
  rejection: { reason: string; words: string } | null
}

type FieldsProps = { mine: Pick<OwnReviewInfo, 'title' | 'body' | 'rating'> | null; problem?: FormProblem }

/** Stars and words; `starsAlone`: words are welcome, and not needed. */
export function ReviewFields({ mine, problem, starsAlone = false }: FieldsProps & { starsAlone?: boolean }) {
  return (
    <>
      <StarChoice label="Your rating" chosen={mine?.rating} problem={problem} />
      <Field
        name="title"
        label="In a few words"
        required={!starsAlone}
        optional={starsAlone}
        maxLength={120}
        defaultValue={mine?.title}
        problem={problem}
      />
      <TextareaField
        name="body"
        label="Your review"
        required={!starsAlone}
        optional={starsAlone}
        maxLength={4000}
        defaultValue={mine?.body}
        hint="What is it like to use? Your first name is shown with it."
        problem={problem}
      />
    </>
  )
}

/** What became of one's own review; why, when it was not published. */
export function OwnReviewState({ mine }: { mine: Pick<OwnReviewInfo, 'status' | 'rejection'> }) {
  if (mine.status === 'pending') return <Notice>Your review is waiting to be read.</Notice>
  if (mine.status === 'approved')
    return <Notice kind="good">Your review is published. A changed one may be read again first.</Notice>
  return (
    <Notice kind="warn">
      <p className="font-semibold">Your review was not published.</p>
      {mine.rejection && <p className="wrap-anywhere">{rejectionText(mine.rejection)}</p>}
      <p>You may write it anew.</p>
    </Notice>
  )
}

type WriteReviewProps = { slug: string; signedIn: boolean; mine: OwnReviewInfo | null; problem?: FormProblem }

export function WriteReview({ slug, signedIn, mine, problem }: WriteReviewProps) {
  const action = paths.productReviews(slug)
  if (!signedIn)
    return (
      <p className="mt-6 text-sm">
        <Link to={paths.login(`${action}#write`)} className="link">
          Log in to write a review
        </Link>
      </p>
    )
  const wrote = problem?.intent === 'review' ? problem : undefined
  return (
    <div id="write" className="mt-6">
      {mine && <OwnReviewState mine={mine} />}
      <details className={mine ? 'mt-3' : ''} open={wrote !== undefined}>
        <summary className="inline-flex min-h-11 items-center rounded-full border border-edge bg-surface px-6 font-semibold hover:border-ink">
          {mine ? 'Change your review' : 'Write a review'}
        </summary>
        <PostForm problem={wrote} action={action} className="mt-5 grid gap-4">
          <ReviewFields mine={mine} problem={wrote} />
          <Button name="intent" value="review" variant="secondary">
            Send review
          </Button>
        </PostForm>
      </details>
      {mine && (
        <PostForm action={action} className="mt-2">
          <Button name="intent" value="remove" variant="quiet" className="-ml-6 text-bad!">
            Delete your review
          </Button>
        </PostForm>
      )}
    </div>
  )
}
