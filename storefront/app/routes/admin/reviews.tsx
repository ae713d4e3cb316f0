// The moderation queue: what people wrote, one by one or several at once approved or rejected, with a reason.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { adminListReviews } from '#app/domain/catalog/reviews.server.ts'
import { moderateReviews } from '#app/domain/reviews/moderate.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { type Post, parse, parseQuery, safeRedirect } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState, PageTitle } from '#app/ui/parts.tsx'
import { ReviewFilter, ReviewQueue } from '#app/ui/review-queue.tsx'

const query = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  status: z.enum(['pending', 'approved', 'rejected']).catch('pending').default('pending'),
  rating: z.coerce.number().int().min(1).max(5).optional().catch(undefined),
  cursor: z.string().max(500).optional().catch(undefined),
})

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'reviews:moderate')
  const { cursor, ...filter } = parseQuery(query, args.request)
  const found = await answerPublic(args.request, () =>
    adminListReviews({ ...filter, q: filter.q || undefined, cursor }),
  )
  return { ...found, filter }
}

const decision = z.object({
  ids: z
    .string('Check at least one review.')
    .transform((text) => [...new Set(text.split('\n'))])
    .pipe(z.array(z.uuid('Please reload the page and try again.')).min(1).max(100, 'At most a hundred at once.')),
  note: z.string().trim().max(500, 'At most 500 characters.').default(''),
})

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'reviews:moderate')
  const decide =
    (status: 'approved' | 'rejected') =>
    async ({ values, visitor }: Post) => {
      const { ids, note } = parse(decision, { ids: values['ids[]'], note: values.note })
      const changed = await moderateReviews({ ids, status, note }, byVisitor(visitor))
      const words = `${changed} ${changed === 1 ? 'review' : 'reviews'} ${status}.`
      const back = safeRedirect(values.back, paths.adminReviews())
      return { to: back, flash: { kind: 'good' as const, text: changed === 0 ? 'That was so before.' : words } }
    }
  return answerPage(args, { approve: decide('approved'), reject: decide('rejected') })
}

export default function AdminReviews() {
  const { items, total, nextCursor, filter } = useLoaderData<typeof loader>()
  const { status } = filter
  const problem = problemOf(useActionData())
  return (
    <>
      <PageTitle title="Reviews" />
      <ReviewFilter filter={filter} />
      {items.length === 0 ? (
        <EmptyState title={status === 'pending' ? 'Nothing waits' : 'No review fits'}>
          <p>{status === 'pending' ? 'Every review has been read.' : 'Try other words or another state.'}</p>
        </EmptyState>
      ) : (
        <ReviewQueue items={items} total={total} status={status} back={paths.adminReviews(filter)} problem={problem} />
      )}
      {nextCursor && (
        <p className="mt-6 text-center">
          <ButtonLink variant="secondary" to={paths.adminReviews({ ...filter, cursor: nextCursor })}>
            More
          </ButtonLink>
        </p>
      )}
      <p className="mt-8 text-sm text-muted">
        Approved reviews count for a product’s stars at once, and their authors get a mail.{' '}
        <Link to={paths.help()} className="link">
          What shoppers are told
        </Link>
      </p>
    </>
  )
}
