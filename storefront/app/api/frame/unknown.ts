// What no operation took: a known path with another method is 405 with Allow, everything else 404. Both problem+json.
import type { Context } from 'hono'
import type { RouterRoute } from 'hono/types'
import { DomainError } from '#app/lib/errors.ts'
import type { ApiEnv } from './context.ts'
import { problem } from './problem.ts'

const pattern = (path: string) => new RegExp(`^${path.replace(/\/\*$/, '/.+').replace(/:[^/]+/g, '[^/]+')}$`)

/** Answers a request that no handler took; `path` is the request's own, as the routes are written. */
export function answerUnknown(routes: RouterRoute[], c: Context<ApiEnv>, path: string): Response {
  const allowed = new Set<string>()
  for (const route of routes) if (route.method !== 'ALL' && pattern(route.path).test(path)) allowed.add(route.method)
  if (allowed.size === 0) return problem(c, new DomainError('not_found', 'There is nothing at this address.'))
  if (allowed.has('GET')) allowed.add('HEAD')
  c.header('Allow', [...allowed].join(', '))
  return problem(c, new DomainError('method_not_allowed', `Allowed here: ${[...allowed].join(', ')}.`))
}
