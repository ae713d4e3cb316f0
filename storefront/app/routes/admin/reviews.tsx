// The moderation queue: what people wrote or reported, one by one or several at once approved or rejected, with a reason that
// the author reads. Here is also set whether buyers' reviews wait at all.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { adminListReviews, type Decision, rejectionReasons } from '#app/domain/catalog/staff/reviews.server.ts'
import { can } from '#app/domain/identity/roles.ts'
import { moderateReviews } from '#app/domain/reviews/moderate.server.ts'
import { getReviewSettings, saveReviewSettings } from '#app/domain/reviews/settings.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { type Post, parse, parseQuery, safeRedirect } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { noCardNumber } from '#app/lib/card-number.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState, PageTitle } from '#app/ui/parts.tsx'
import { ReviewFilter, ReviewQueue, ReviewSettingsForm } from '#app/ui/review-queue.tsx'

const query = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  status: z.enum(['pending', 'reported', 'approved', 'rejected']).catch('pending').default('pending'),
  rating: z.coerce.number().int().min(1).max(5).optional().catch(undefined),
  cursor: z.string().max(500).optional().catch(undefined),
})

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireStaff(args, 'reviews:moderate')
  const { cursor, ...filter } = parseQuery(query, args.request)
  const found = await answerPublic(args.request, () =>
    adminListReviews({ ...filter, q: filter.q || undefined, cursor }),
  )
  const settings = can(user.role, 'settings:write') ? await getReviewSettings() : null
  return { ...found, filter, settings }
}

const reload = 'Please reload the page and try again.'
/** Each box holds what was read: `<id> <version>`. */
const reviews = z
  .string('Check at least one review.')
  .transform((text) => [...new Set(text.split('\n'))].map((box) => box.split(' ')))
  .pipe(
    z
      .array(z.tuple([z.uuid(reload), z.string().regex(/^\d{20}$/, reload)], reload))
      .min(1)
      .max(100, 'At most a hundred at once.'),
  )
  .transform((boxes) => boxes.map(([id, version]) => ({ id, version })))
const words = z
  .string()
  .trim()
  .max(500, 'At most 500 characters.')
  .refine(...noCardNumber)
  .default('')
const approval = z.object({ ids: reviews, note: words })
const rejection = approval.extend({
  reason: z.enum(rejectionReasons, 'Choose a reason: the author reads it.'),
  words,
})

const count = (reviews: number) => `${reviews} ${reviews === 1 ? 'review' : 'reviews'}`

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'reviews:moderate')
  const decide = async ({ values, visitor }: Post, decision: Decision, done: string) => {
    const { changed, stale } = await moderateReviews(decision, byVisitor(visitor))
    const said = changed === 0 ? stale === 0 && 'That was so before.' : `${count(changed)} ${done}.`
    const left =
      stale > 0 &&
      `${count(stale)} changed since you read: look again. Nothing was decided about ${stale === 1 ? 'it' : 'them'}.`
    const flash = {
      kind: stale > 0 ? ('warn' as const) : ('good' as const),
      text: [said, left].filter(Boolean).join(' '),
    }
    return { to: safeRedirect(values.back, paths.adminReviews()), flash }
  }
  return answerPage(args, {
    approve: async (post: Post) => {
      const { ids, note } = parse(approval, { ids: post.values['ids[]'], note: post.values.note })
      return decide(post, { reviews: ids, note, status: 'approved', reason: null, words: '' }, 'approved')
    },
    reject: async (post: Post) => {
      const { reason, words, note } = post.values
      const { ids, ...why } = parse(rejection, { ids: post.values['ids[]'], reason: reason || undefined, words, note })
      return decide(post, { reviews: ids, ...why, status: 'rejected' }, 'rejected')
    },
    settings: async ({ values, visitor }: Post) => {
      await requireStaff(args, 'settings:write')
      await saveReviewSettings({ publishBuyers: values.publishBuyers === 'yes' }, byVisitor(visitor))
      return { to: paths.adminReviews(), flash: { kind: 'good', text: 'Saved.' } }
    },
  })
}

const nothing = {
  pending: { title: 'Nothing waits', text: 'Every review has been read.' },
  reported: { title: 'Nothing is reported', text: 'Nobody asked us to look at a review.' },
  approved: { title: 'No review fits', text: 'Try other words or another state.' },
  rejected: { title: 'No review fits', text: 'Try other words or another state.' },
}

export default function AdminReviews() {
  const { items, total, nextCursor, filter, settings } = useLoaderData<typeof loader>()
  const { status } = filter
  const problem = problemOf(useActionData())
  const ofSettings = problem?.intent === 'settings' ? problem : undefined
  return (
    <>
      <PageTitle title="Reviews" />
      <ReviewFilter filter={filter} />
      {items.length === 0 ? (
        <EmptyState title={nothing[status].title}>
          <p>{nothing[status].text}</p>
        </EmptyState>
      ) : (
        <ReviewQueue
          items={items}
          total={total}
          status={status}
          back={paths.adminReviews(filter)}
          problem={ofSettings ? undefined : problem}
        />
      )}
      {nextCursor && (
        <p className="mt-6 text-center">
          <ButtonLink variant="secondary" to={paths.adminReviews({ ...filter, cursor: nextCursor })}>
            More
          </ButtonLink>
        </p>
      )}
      <p className="mt-8 text-sm text-muted">
        Approved reviews count for a product’s stars at once. Authors get a mail, also about why a review was rejected.{' '}
        <Link to={`${paths.help()}#reviews`} className="link">
          What shoppers are told
        </Link>
      </p>
      {settings && <ReviewSettingsForm {...settings} problem={ofSettings} />}
    </>
  )
}
