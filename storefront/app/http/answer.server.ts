// From a verb's outcome to an answer: 303 and a message when it went well, the form again with its errors when a rule
// said no. Faults pass through to the error page: their message never leaves the server.
import { data, redirect } from '@remix-run/node'
import { type Flash, setFlash } from '#app/http/flash.server.ts'
import { type FormLimits, type Post, readPost } from '#app/http/parse.server.ts'
import { type FormProblem, problems } from '#app/http/problem.ts'
import type { Args } from '#app/http/session.server.ts'
import { isUnavailable, unavailable } from '#app/lib/db.server.ts'
import { DomainError, isDomainError } from '#app/lib/errors.ts'

type Outcome = { to: string; flash?: Flash } | { show: unknown }
type Handlers = Record<string, (post: Post) => Promise<Outcome>>

/** Runs the handler of the post's intent. A refusal answers `{ problem }` with its status and what was typed. */
export async function answerPage(args: Args, handlers: Handlers, limits: FormLimits = {}) {
  let post: Post | undefined
  try {
    post = await readPost(args, limits)
    const handler = Object.hasOwn(handlers, post.intent) ? handlers[post.intent] : undefined
    if (!handler) throw new DomainError('validation_failed', 'This button is not known here.')
    const outcome = await handler(post)
    if ('show' in outcome) return data(outcome.show)
    if (outcome.flash) setFlash(args.context, outcome.flash)
    return redirect(outcome.to, 303)
  } catch (error) {
    const refused = isUnavailable(error) ? unavailable() : error
    if (!isDomainError(refused)) throw error
    const { fields = {}, details, retryAfterSeconds } = refused.extra
    const problem: FormProblem = {
      code: refused.code,
      message: refused.message,
      fields,
      values: typed(post?.values ?? {}),
      intent: post?.intent ?? 'default',
      details,
    }
    return data(
      { problem },
      {
        status: problems[refused.code].status,
        headers: retryAfterSeconds ? { 'Retry-After': String(retryAfterSeconds) } : undefined,
      },
    )
  }
}

/** A rule's refusal inside a loader, as the page's own error answer (404, 403, 503 …); everything else passes. */
export async function answerLoader<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const refused = isUnavailable(error) ? unavailable() : error
    if (!isDomainError(refused)) throw error
    throw data({ code: refused.code, message: refused.message }, { status: problems[refused.code].status })
  }
}

/** What was typed, without what must not come back. */
const typed = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !/password|csrf|token/i.test(name)))
