// THE ONE error table of the notifier's API, and how an error is answered (RFC 9457). A fault's own message never
// leaves the process; it is logged with the request id.
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Log } from '../lib/log.ts'

export type AppEnv = { Variables: { requestId: string; log: Log; caller: string; tokenId: string } }

export const problems = {
  malformed_json: { status: 400, title: 'The body is not well-formed' },
  unauthorized: { status: 401, title: 'A valid service token is needed' },
  forbidden: { status: 403, title: 'The token lacks the scope for this' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'This method is not allowed here' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'This content type is not read here' },
  validation_failed: { status: 422, title: 'Some values are not valid' },
  internal: { status: 500, title: 'Something went wrong' },
  unavailable: { status: 503, title: 'The database cannot be reached right now' },
} as const satisfies Record<string, { status: number; title: string }>

type ProblemCode = keyof typeof problems
const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]]
type FieldError = { path: string; message: string }

/** A refusal with a code of the table; `message` is shown to the caller. */
export class ApiError extends Error {
  readonly code: ProblemCode
  readonly fields: FieldError[] | undefined
  constructor(code: ProblemCode, message: string, fields?: FieldError[]) {
    super(message)
    this.code = code
    this.fields = fields
  }
}

const Problem = z
  .object({
    type: z.string().openapi({ example: 'about:blank' }),
    title: z.string().openapi({ example: problems.unauthorized.title }),
    status: z.int().openapi({ example: 401 }),
    detail: z.string().openapi({ example: 'The token is not valid or has expired.' }),
    code: z.enum(codes).openapi({ example: 'unauthorized' }),
    requestId: z.string().openapi({ example: '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11' }),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem', { description: 'What went wrong (RFC 9457); `code` is for programs, `detail` for people.' })

/** Answers `error` as application/problem+json. */
export function problem(c: Context<AppEnv>, error: ApiError): Response {
  const { status, title } = problems[error.code]
  const body = {
    type: 'about:blank',
    title,
    status,
    detail: error.message,
    code: error.code,
    requestId: c.get('requestId') ?? '',
    ...(error.fields && { errors: error.fields }),
  }
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  if (status === 503) c.header('Retry-After', '5')
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json; charset=utf-8' })
}

const isUnavailable = (error: Error & { code?: string }): boolean =>
  /^(ECONN|EPIPE|ETIMEDOUT|57P0|53300|08)/.test(error.code ?? '') ||
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout/.test(error.message)

/** Everything thrown ends here: refusals with their code, the database's absence as 503, the rest as a fault. */
export function onError(error: Error, c: Context<AppEnv>): Response {
  if (error instanceof ApiError) return problem(c, error)
  if (error instanceof HTTPException && error.status < 500)
    return problem(c, new ApiError('malformed_json', 'The body cannot be read as JSON.'))
  if (isUnavailable(error)) {
    c.get('log').warn({ reason: error.message }, 'the database cannot be reached')
    return problem(c, new ApiError('unavailable', 'The outbox cannot be written right now. Try again in a moment.'))
  }
  c.get('log').error({ err: error }, 'a request failed')
  return problem(c, new ApiError('internal', `Something went wrong. Quote ${c.get('requestId')} when you ask us.`))
}

/** The error answers of a route for its OpenAPI definition. */
export const errorAnswers = (...listed: ProblemCode[]) =>
  Object.fromEntries(
    [...listed, 'internal' as const].map((code) => [
      problems[code].status,
      {
        description: `\`${code}\`: ${problems[code].title}`,
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  ) as Record<never, never>
