// Reviews of a product: the average, how the stars are spread (each bar is a link that filters), what people wrote,
// and the form to write one. Reviews are plain text, shown as text.
import { Link } from '@remix-run/react'
import type { FormProblem } from '#app/http/problem.ts'
import { paths, withQuery } from '#app/paths.ts'
import { Button, ButtonLink } from './button.tsx'
import { Field, PostForm, SelectField, TextareaField } from './form.tsx'
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
}
type ReviewsProps = {
  slug: string
  rating: { average: number | null; count: number }
  histogram: Record<string, number>
  /** Null: reviews cannot be read just now. */
  page: { items: ReviewInfo[]; nextCursor: string | null; total: number } | null
  onlyRating?: number
  signedIn: boolean
  /** What the reader wrote about it before. */
  mine: { rating: number; title: string; body: string; status: string } | null
  problem?: FormProblem
}

export function Reviews(props: ReviewsProps) {
  const { slug, rating, histogram, page, onlyRating } = props
  return (
    <section id="reviews" aria-labelledby="reviews-title" className="mt-20 border-t border-line pt-12">
      <h2 id="reviews-title" className="text-2xl">
        What people say
      </h2>
      <div className="mt-6 grid gap-10 lg:grid-cols-[18rem_1fr]">
        <div>
          <Stars average={rating.average} count={rating.count} size={22} />
          {rating.count > 0 && <Histogram slug={slug} histogram={histogram} only={onlyRating} />}
          <WriteReview {...props} />
        </div>
        <div>
          {onlyRating !== undefined && (
            <p className="mb-4">
              Only {onlyRating}-star reviews.{' '}
              <Link to={`${paths.product(slug)}#reviews`} preventScrollReset className="link">
                Show all
              </Link>
            </p>
          )}
          <ReviewList slug={slug} page={page} onlyRating={onlyRating} />
        </div>
      </div>
    </section>
  )
}

type HistogramProps = { slug: string; histogram: Record<string, number>; only?: number }

function Histogram({ slug, histogram, only }: HistogramProps) {
  const total = Object.values(histogram).reduce((sum, count) => sum + count, 0) || 1
  return (
    <ul className="mt-4 grid gap-1 text-sm">
      {[5, 4, 3, 2, 1].map((stars) => {
        const count = histogram[stars] ?? 0
        return (
          <li key={stars}>
            <Link
              to={`${withQuery(paths.product(slug), { rating: stars })}#reviews`}
              preventScrollReset
              aria-current={only === stars || undefined}
              className="nums flex min-h-7 items-center gap-3 hover:underline aria-[current]:font-semibold"
            >
              <span className="w-14 whitespace-nowrap">{stars === 1 ? '1 star' : `${stars} stars`}</span>
              <svg
                viewBox="0 0 100 8"
                preserveAspectRatio="none"
                className="h-2 flex-1 overflow-hidden rounded-full"
                aria-hidden="true"
              >
                <rect width="100" height="8" fill="var(--line)" />
                <rect width={(count / total) * 100} height="8" fill="var(--accent)" />
              </svg>
              <span className="w-8 text-right text-muted">{count}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

function ReviewList({ slug, page, onlyRating }: Pick<ReviewsProps, 'slug' | 'page' | 'onlyRating'>) {
  if (!page) return <p className="text-muted">Reviews cannot be shown just now. Please look again in a minute.</p>
  if (page.items.length === 0) return <p className="text-muted">Nobody has written about this yet. Be the first.</p>
  return (
    <>
      <ul className="grid gap-8">
        {page.items.map((review) => (
          <li key={review.id} className="border-b border-line pb-8 last:border-0">
            <article>
              <Stars average={review.rating} />
              <h3 className="mt-1 font-sans text-base font-semibold tracking-normal">{review.title}</h3>
              <p className="mt-1 max-w-prose whitespace-pre-line wrap-anywhere">{review.body}</p>
              <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
                {review.authorName}, <When date={review.createdAt} />
                {review.verifiedBuyer && <StatusBadge tone="good">Bought here</StatusBadge>}
              </p>
            </article>
          </li>
        ))}
      </ul>
      {page.nextCursor && (
        <ButtonLink
          variant="secondary"
          to={`${withQuery(paths.product(slug), { rating: onlyRating, reviews: page.nextCursor })}#reviews`}
          className="mt-2"
        >
          More reviews
        </ButtonLink>
      )}
    </>
  )
}

const said: Record<string, string> = {
  pending: 'Your review is waiting to be read.',
  approved: 'Your review is published. A changed one is read again first.',
  rejected: 'Your review was not published. You may write it anew.',
}

function WriteReview({ slug, signedIn, mine, problem }: ReviewsProps) {
  if (!signedIn)
    return (
      <p className="mt-6 text-sm">
        <Link to={paths.login(`${paths.product(slug)}#reviews`)} className="link">
          Log in to write a review
        </Link>
      </p>
    )
  return (
    <>
      {mine && <p className="mt-6 text-sm text-muted">{said[mine.status]}</p>}
      <details className={mine ? 'mt-3' : 'mt-6'} open={problem !== undefined}>
        <summary className="inline-flex min-h-11 items-center rounded-full border border-edge bg-surface px-6 font-semibold hover:border-ink">
          {mine ? 'Change your review' : 'Write a review'}
        </summary>
        <PostForm problem={problem} action={`${paths.product(slug)}#reviews`} className="mt-5 grid gap-4">
          <SelectField
            name="rating"
            label="Your rating"
            required
            defaultValue={mine ? String(mine.rating) : ''}
            problem={problem}
          >
            <option value="" disabled>
              Choose
            </option>
            <option value="5">5 stars, I love it</option>
            <option value="4">4 stars, good</option>
            <option value="3">3 stars, it will do</option>
            <option value="2">2 stars, disappointing</option>
            <option value="1">1 star, not for me</option>
          </SelectField>
          <Field
            name="title"
            label="In a few words"
            required
            maxLength={120}
            defaultValue={mine?.title}
            problem={problem}
          />
          <TextareaField
            name="body"
            label="Your review"
            required
            maxLength={4000}
            defaultValue={mine?.body}
            hint="What is it like to use? Your first name is shown with it."
            problem={problem}
          />
          <Button name="intent" value="review" variant="secondary">
            Send review
          </Button>
        </PostForm>
      </details>
    </>
  )
}
