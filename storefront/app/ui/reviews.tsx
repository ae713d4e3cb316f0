// Reviews on a product's page: the average, how the stars are spread (each bar leads to its reviews), the most helpful of
// them, and the way to write one.
import { Link, useRouteLoaderData } from '@remix-run/react'
import { paths } from '#app/paths.ts'
import { ButtonLink } from './button.tsx'
import { Stars } from './parts.tsx'
import { type OwnReviewInfo, WriteReview } from './review-form.tsx'
import { type ReviewInfo, ReviewItem } from './review-item.tsx'

export type ReviewsInfo = {
  /** Null: reviews cannot be read just now. */
  page: { items: ReviewInfo[]; nextCursor: string | null; total: number } | null
  signedIn: boolean
  /** What the reader wrote about it before. */
  mine: OwnReviewInfo | null
  /** How the reader voted, by the review's id. */
  votes: Record<string, boolean>
}
type ReviewsProps = ReviewsInfo & {
  slug: string
  rating: { average: number | null; count: number }
  histogram: Record<string, number>
}

export function Reviews({ slug, rating, histogram, page, signedIn, mine, votes }: ReviewsProps) {
  return (
    <section id="reviews" aria-labelledby="reviews-title" className="mt-20 border-t border-line pt-12">
      <h2 id="reviews-title" className="text-2xl">
        What people say
      </h2>
      <div className="mt-6 grid gap-10 lg:grid-cols-[18rem_1fr]">
        <div>
          <Stars average={rating.average} count={rating.count} size={22} />
          {rating.count > 0 && <Histogram slug={slug} histogram={histogram} />}
          <WriteReview slug={slug} signedIn={signedIn} mine={mine} />
        </div>
        <div>
          <ReviewList slug={slug} page={page} mine={mine} votes={votes} back={`${paths.product(slug)}`} />
          {page && page.total > page.items.length && (
            <ButtonLink variant="secondary" to={paths.productReviews(slug)} className="mt-2">
              All {page.total} reviews
            </ButtonLink>
          )}
        </div>
      </div>
    </section>
  )
}

type HistogramProps = { slug: string; histogram: Record<string, number>; only?: number; sort?: string }

/** Each bar is a link to the reviews with so many stars. */
export function Histogram({ slug, histogram, only, sort }: HistogramProps) {
  const total = Object.values(histogram).reduce((sum, count) => sum + count, 0) || 1
  return (
    <ul className="mt-4 grid gap-1 text-sm">
      {[5, 4, 3, 2, 1].map((stars) => {
        const count = histogram[stars] ?? 0
        return (
          <li key={stars}>
            <Link
              to={paths.productReviews(slug, { rating: stars, sort })}
              aria-current={only === stars || undefined}
              className="nums flex min-h-8 items-center gap-3 hover:underline aria-[current]:font-semibold"
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

const noReviews = (only: number | undefined) =>
  only === undefined
    ? 'Nobody has written about this yet. Be the first.'
    : `Nobody has given it ${only === 1 ? '1 star' : `${only} stars`}.`

type ListProps = Pick<ReviewsInfo, 'page' | 'mine' | 'votes'> & {
  slug: string
  back: string
  /** Only reviews with so many stars are asked for. */
  only?: number
  problem?: Parameters<typeof ReviewItem>[0]['problem']
}

export function ReviewList({ slug, page, mine, votes, back, only, problem }: ListProps) {
  const root = useRouteLoaderData('root') as { shop?: { shopName?: string } } | undefined
  const shopName = root?.shop?.shopName ?? 'The shop'
  if (!page) return <p className="text-muted">Reviews cannot be shown just now. Please look again in a minute.</p>
  if (page.items.length === 0) return <p className="text-muted">{noReviews(only)}</p>
  return (
    <ul className="grid gap-6">
      {page.items.map((review) => (
        <li key={review.id} className="border-b border-line pb-6 last:border-0">
          <ReviewItem
            slug={slug}
            shopName={shopName}
            review={review}
            voted={votes[review.id]}
            isMine={mine?.id === review.id}
            back={back}
            problem={problem}
          />
        </li>
      ))}
    </ul>
  )
}
