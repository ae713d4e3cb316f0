// The page behind the link in the mail that asks for a review: stars chosen in the mail are chosen here, and one button sends
// them; no log-in. Opening it changes nothing, for mail filters open links.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { reviewByLink, viewInvitation } from '#app/domain/reviews/review-by-link.server.ts'
import { ratingForm } from '#app/domain/reviews/write.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { linkToken, secretLinkHeaders } from '#app/http/mailed-link.server.ts'
import { parse, parseQuery } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { OwnReviewState, ReviewFields } from '#app/ui/review-form.tsx'

export const meta: MetaFunction = () => [{ title: 'Your review · Highstreet' }, { name: 'robots', content: 'noindex' }]
export const headers = secretLinkHeaders

const query = z.object({
  rating: z.coerce.number().int().min(1).max(5).optional().catch(undefined),
  sent: z.string().optional(),
})

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { at } = byVisitor(await context.visitor())
  const { rating, sent } = parseQuery(query, request)
  const { mine, ...shown } = await answerLoader(() => viewInvitation(linkToken(request), at))
  const own = mine && { rating: mine.rating, title: mine.title, body: mine.body }
  const state = mine && { status: mine.status, rejection: mine.rejection }
  return { ...shown, own, state, chosen: rating ?? own?.rating, sent: sent === 'yes' && own !== null }
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    review: async ({ values, visitor }) => {
      const token = linkToken(args.request)
      await reviewByLink(token, parse(ratingForm, values), byVisitor(visitor).at, visitor.ip)
      return { to: paths.reviewByMail({ token, sent: 'yes' }) }
    },
  })
}

export default function ReviewByMailPage() {
  const { product, name, own, state, chosen, sent } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData())
  const form = (
    <PostForm problem={problem} className="mt-6 grid gap-5">
      <ReviewFields mine={{ title: '', body: '', ...own, rating: chosen ?? 0 }} problem={problem} starsAlone />
      <Button name="intent" value="review" className="justify-self-start">
        {own ? 'Send the change' : 'Send review'}
      </Button>
      <p className="text-sm text-muted">It is signed “{name}”, with the mark of a buyer. You do not need an account.</p>
    </PostForm>
  )
  return (
    <div className="page py-12">
      <div className="card mx-auto max-w-xl p-6 sm:p-10">
        <div className="flex items-start gap-5">
          {product.imageSrc && (
            <img
              src={`${product.imageSrc}-320.webp`}
              alt=""
              width={96}
              height={96}
              className="size-24 rounded-card bg-sunk object-cover"
            />
          )}
          <div className="min-w-0">
            <h1 className="text-xl">{sent ? 'Thank you for your review' : 'How do you like it?'}</h1>
            <p className="mt-1 wrap-anywhere">
              <Link to={paths.product(product.slug)} className="link">
                {product.title}
              </Link>
              {product.variantTitle && <span className="text-muted"> · {product.variantTitle}</span>}
            </p>
          </div>
        </div>
        {state && (
          <div className="mt-6">
            <OwnReviewState mine={state} />
          </div>
        )}
        {sent && !problem ? (
          <>
            <details className="mt-4">
              <summary className="inline-flex min-h-11 items-center text-muted underline hover:text-ink">
                Change it or add words
              </summary>
              {form}
            </details>
            <ButtonLink variant="secondary" to={`${paths.product(product.slug)}#reviews`} className="mt-4">
              What others say
            </ButtonLink>
          </>
        ) : (
          form
        )}
      </div>
    </div>
  )
}
