// One review for staff: all that is known of it, and the shop's reply under it: written, changed, taken away.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { adminGetReview } from '#app/domain/catalog/staff/reviews.server.ts'
import { replyForm, replyToReview } from '#app/domain/reviews/reply.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { PostForm, TextareaField } from '#app/ui/form.tsx'
import { Notice, PageTitle, StatusBadge } from '#app/ui/parts.tsx'
import { StaffReview } from '#app/ui/review-queue.tsx'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'reviews:moderate')
  const { authorRef: _who, ...review } = await answerPublic(args.request, () => adminGetReview(args.params.id ?? ''))
  return { review }
}

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'reviews:moderate')
  const { id = '' } = args.params
  const answer = (changed: boolean, text: string) => ({
    to: paths.adminReview(id),
    flash: { kind: 'good' as const, text: changed ? text : 'That was so before.' },
  })
  return answerPage(args, {
    reply: async ({ values, visitor }) => {
      const { text } = parse(replyForm, { text: values.text })
      return answer(await replyToReview(id, text, byVisitor(visitor)), 'The reply stands under the review.')
    },
    remove_reply: async ({ visitor }) =>
      answer(await replyToReview(id, null, byVisitor(visitor)), 'The reply is gone.'),
  })
}

const badges = {
  pending: { tone: 'warn', label: 'Waiting' },
  approved: { tone: 'good', label: 'Approved' },
  rejected: { tone: 'bad', label: 'Rejected' },
} as const

export default function AdminReview() {
  const { review } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData())
  const { tone, label } = badges[review.status]
  const { reply } = review
  return (
    <>
      <PageTitle title="A review">
        <StatusBadge tone={tone}>{label}</StatusBadge>
      </PageTitle>
      <div className="card p-5 sm:p-6">
        <StaffReview review={review} />
        <p className="mt-2 text-sm text-muted">
          {review.helpfulCount} found it helpful, {review.unhelpfulCount} did not.
        </p>
      </div>
      <p className="mt-4">
        <Link
          to={paths.adminReviews({ status: review.reportCount > 0 ? 'reported' : review.status })}
          className="link inline-flex min-h-11 items-center"
        >
          To the list, where it is decided
        </Link>
      </p>
      <section aria-labelledby="reply" className="mt-6 max-w-2xl">
        <h2 id="reply" className="text-xl">
          Our reply
        </h2>
        {review.status !== 'approved' && !reply ? (
          <div className="mt-4">
            <Notice>A review can be replied to once it is published.</Notice>
          </div>
        ) : (
          <PostForm problem={problem} className="mt-4 grid gap-4">
            <TextareaField
              label="What everybody reads under the review"
              name="text"
              required
              maxLength={2000}
              defaultValue={reply?.text}
              hint="The author gets it by mail, the first time. A change is not told again."
              problem={problem}
            />
            <div className="flex flex-wrap gap-3">
              <Button name="intent" value="reply">
                {reply ? 'Save the change' : 'Publish the reply'}
              </Button>
              {reply && (
                <Button name="intent" value="remove_reply" variant="danger" formNoValidate>
                  Take it away
                </Button>
              )}
            </div>
          </PostForm>
        )}
      </section>
    </>
  )
}
