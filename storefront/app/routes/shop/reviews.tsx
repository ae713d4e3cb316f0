// All reviews of a product: by stars, in four orders, page by page. Everything done with reviews posts here: writing one's own
// and deleting it, saying whether another helps, reporting one.
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { getProduct } from '#app/domain/catalog/catalog.server.ts'
import { removeOwnReview, reportReasons, reportReview, reviewSorts, vote } from '#app/domain/catalog/reviews.server.ts'
import { limitByAccount, limitByNetwork } from '#app/domain/identity/rate-limit.server.ts'
import { networkRef, reviewerOf } from '#app/domain/reviews/reviewer.server.ts'
import { reviewForm, saidAfter, writeReview } from '#app/domain/reviews/write.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { parse, parseQuery, safeRedirect } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { requireUser } from '#app/http/session.server.ts'
import { noCardNumber } from '#app/lib/card-number.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { pageMeta, plainTitle } from '#app/ui/page-meta.ts'
import { Breadcrumb, Stars } from '#app/ui/parts.tsx'
import { WriteReview } from '#app/ui/review-form.tsx'
import { Histogram, ReviewList } from '#app/ui/reviews.tsx'
import { loadReviews } from './reviews-of.server.ts'

const listQuery = z.object({
  rating: z.coerce.number().int().min(1).max(5).optional().catch(undefined),
  sort: z.enum(reviewSorts).optional().catch(undefined),
  cursor: z.string().optional(),
})

export async function loader({ request, context, params: { slug = '' } }: LoaderFunctionArgs) {
  return answerPublic(request, async () => {
    const query = parseQuery(listQuery, request)
    const { id, title, ratingHistogram, ...product } = await getProduct(slug)
    if (product.slug !== slug) throw redirect(paths.productReviews(product.slug) + new URL(request.url).search, 301)
    const { user } = await context.visitor()
    const sort = query.sort ?? 'helpful'
    const reviews = await loadReviews(id, user, { ...query, sort, limit: 10 })
    const { category, rating } = product
    return { ...reviews, product: { slug, title, category, rating, ratingHistogram }, only: query.rating, sort }
  })
}

const which = { review: z.uuid('Please reload the page and try again.') }
const voteForm = z.object({ ...which, helpful: z.enum(['yes', 'no', 'none'], 'Say yes or no.') })
const reportForm = z.object({
  ...which,
  reason: z.enum(reportReasons, 'Choose what is wrong with it.'),
  words: z
    .string()
    .trim()
    .max(500, 'At most 500 characters, please.')
    .refine(...noCardNumber)
    .default(''),
})
const meant = { yes: true, no: false, none: null }

export async function action(args: ActionFunctionArgs) {
  const { slug = '' } = args.params
  const toProduct = `${paths.product(slug)}#reviews`
  const backTo = (values: Record<string, string>) =>
    `${safeRedirect(values.back, paths.productReviews(slug)).split('#')[0]}#review-${values.review}`
  return answerPage(args, {
    review: async ({ values }) => {
      const user = await requireUser(args)
      const text = parse(reviewForm, values)
      await limitByAccount('review', user.id)
      const review = await writeReview(user, (await getProduct(slug)).id, text)
      return { to: toProduct, flash: { kind: 'good', text: saidAfter(review) } }
    },
    remove: async () => {
      const user = await requireUser(args)
      await removeOwnReview((await getProduct(slug)).id, reviewerOf(user))
      return { to: toProduct, flash: { kind: 'good', text: 'Your review is deleted.' } }
    },
    vote: async ({ values }) => {
      const user = await requireUser(args)
      const { review, helpful } = parse(voteForm, values)
      await limitByAccount('review_vote', user.id)
      const counts = await vote(review, reviewerOf(user), meant[helpful])
      return values.quiet ? { show: { votes: { ...counts, voted: meant[helpful] } } } : { to: backTo(values) }
    },
    report: async ({ values, visitor }) => {
      const { review, reason, words } = parse(reportForm, values)
      await limitByNetwork('review_report', visitor.ip)
      await reportReview(review, { reporterRef: visitor.user?.id ?? networkRef(visitor.ip), reason, words })
      return { to: backTo(values), flash: { kind: 'good', text: 'Thank you. We will read this review and decide.' } }
    },
  })
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  if (!data) return plainTitle('Reviews')
  const { title, slug, rating } = data.product
  return pageMeta(matches, {
    title: `Reviews of ${title}`,
    description: `What ${rating.count} people say about ${title}.`,
    path: paths.productReviews(slug),
    noindex: true,
  })
}

const sortWords = { helpful: 'Most helpful', newest: 'Newest', highest: 'Best first', lowest: 'Worst first' }

export default function ReviewsPage() {
  const { product, page, mine, votes, signedIn, only, sort } = useLoaderData<typeof loader>()
  const { slug, title, category, rating, ratingHistogram } = product
  const problem = problemOf(useActionData())
  const here = (query: Parameters<typeof paths.productReviews>[1]) =>
    paths.productReviews(slug, { rating: only, sort: sort === 'helpful' ? undefined : sort, ...query })
  const trail = [
    { name: 'Shop', to: paths.home() },
    { name: category.name, to: paths.category(category.slug) },
    { name: title, to: paths.product(slug) },
  ]
  return (
    <div className="page">
      <Breadcrumb items={[...trail, { name: 'Reviews' }]} />
      <h1 className="mb-8 text-2xl">Reviews of {title}</h1>
      <div className="grid gap-10 lg:grid-cols-[18rem_1fr]">
        <div>
          <Stars average={rating.average} count={rating.count} size={22} />
          <Histogram slug={slug} histogram={ratingHistogram} only={only} sort={sort === 'helpful' ? undefined : sort} />
          <WriteReview slug={slug} signedIn={signedIn} mine={mine} problem={problem} />
          <ButtonLink variant="quiet" to={paths.product(slug)} className="mt-2 -ml-6">
            Back to the product
          </ButtonLink>
        </div>
        <section aria-labelledby="list-title">
          <h2 id="list-title" className="sr-only">
            {only ? `Reviews with ${only} stars` : 'All reviews'}
          </h2>
          <nav aria-label="Order of the reviews" className="mb-4 flex flex-wrap gap-2">
            {reviewOrders.map((order) => (
              <Link
                key={order}
                to={here({ sort: order === 'helpful' ? undefined : order })}
                aria-current={order === sort || undefined}
                preventScrollReset
                className="inline-flex min-h-11 items-center rounded-full border border-edge bg-surface px-4 text-sm aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:font-semibold"
              >
                {sortWords[order]}
              </Link>
            ))}
          </nav>
          {only !== undefined && (
            <p className="mb-4">
              Only {only === 1 ? '1 star' : `${only} stars`}: {page?.total ?? 0}.{' '}
              <Link to={here({ rating: undefined })} className="link inline-flex min-h-6 items-center">
                Show all
              </Link>
            </p>
          )}
          <ReviewList slug={slug} page={page} mine={mine} votes={votes} back={here({})} only={only} problem={problem} />
          {page?.nextCursor && (
            <ButtonLink variant="secondary" to={here({ cursor: page.nextCursor })} rel="next">
              More reviews
            </ButtonLink>
          )}
        </section>
      </div>
    </div>
  )
}

const reviewOrders = ['helpful', 'newest', 'highest', 'lowest'] as const
