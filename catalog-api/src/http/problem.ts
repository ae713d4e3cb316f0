// THE ONE error table: every code with its status and title, for answers and for the OpenAPI document alike.
// A fault's own message never leaves the process; it is logged with the request id.
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { isUnavailable } from '../lib/db.ts'
import { DomainError, type ErrorCode, errorCodes } from '../lib/errors.ts'
import type { AppEnv } from './context.ts'

type Status = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503

export const problems: Record<ErrorCode, { status: Status; title: string }> = {
  validation_failed: { status: 422, title: 'Some values are not valid' },
  malformed_json: { status: 400, title: 'The body is not well-formed' },
  unsupported_media_type: { status: 415, title: 'This content type is not read here' },
  unauthorized: { status: 401, title: 'A valid service token is needed' },
  forbidden: { status: 403, title: 'The token lacks the scope for this' },
  not_found: { status: 404, title: 'Not found' },
  gone: { status: 410, title: 'No longer here' },
  method_not_allowed: { status: 405, title: 'This method is not allowed here' },
  conflict: { status: 409, title: 'This does not fit the present state' },
  slug_taken: { status: 409, title: 'The slug is taken' },
  sku_taken: { status: 409, title: 'The SKU or barcode is taken' },
  version_conflict: { status: 409, title: 'Somebody changed this in the meantime' },
  out_of_stock: { status: 409, title: 'Not enough stock' },
  reservation_mismatch: { status: 409, title: 'This reference was reserved with another body' },
  reservation_released: { status: 410, title: 'This reservation has ended' },
  already_committed: { status: 409, title: 'This reservation is committed' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong' },
  unavailable: { status: 503, title: 'The database cannot be reached right now' },
}

export const Problem = z
  .object({
    type: z.string().openapi({ example: 'about:blank' }),
    title: z.string().openapi({ example: 'Not found' }),
    status: z.int().openapi({ example: 404 }),
    detail: z.string().openapi({ example: 'The product was not found.' }),
    code: z.enum(errorCodes).openapi({ example: 'not_found' }),
    requestId: z.string().openapi({ example: '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11' }),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    shortages: z.array(z.object({ sku: z.string(), requested: z.int(), available: z.int() })).optional(),
  })
  .openapi('Problem', { description: 'What went wrong (RFC 9457); `code` is for programs, `detail` for people.' })

/** Answers `error` as application/problem+json. */
export function problem(c: Context<AppEnv>, error: DomainError): Response {
  const { status, title } = problems[error.code]
  const body = {
    type: 'about:blank',
    title,
    status,
    detail: error.message,
    code: error.code,
    requestId: c.get('requestId') ?? '',
    ...error.extra,
  }
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  if (status === 503) c.header('Retry-After', '5')
  c.header('Cache-Control', 'no-store')
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json; charset=utf-8' })
}

/** Everything thrown ends here: rules with their code, the database's absence as 503, the rest as a fault. */
export function onError(error: Error, c: Context<AppEnv>): Response {
  if (error instanceof DomainError) return problem(c, error)
  if (error instanceof HTTPException) return problem(c, fromHttp(error))
  if (isUnavailable(error)) {
    c.get('log')?.warn({ reason: error.message }, 'the database cannot be reached')
    return problem(c, new DomainError('unavailable', 'The catalogue is catching its breath. Try again in a moment.'))
  }
  c.get('log')?.error({ err: error }, 'a request failed')
  return problem(c, new DomainError('internal', `Something went wrong. Quote ${c.get('requestId')} when you ask us.`))
}

/** Hono's own refusals: a body that is no JSON (400) or of a type that the route does not read (415). */
function fromHttp(error: HTTPException): DomainError {
  if (error.status === 413) return new DomainError('payload_too_large', 'The body is larger than allowed here.')
  if (error.status === 415)
    return new DomainError('unsupported_media_type', 'Send the content type the document names.')
  if (error.status < 500) return new DomainError('malformed_json', 'The body cannot be read as its content type says.')
  return new DomainError('internal', 'Something went wrong.')
}

/** The error answers of a route for its OpenAPI definition: one entry a status, listing the codes behind it. */
export function errorAnswers(...codes: ErrorCode[]) {
  const all: ErrorCode[] = [...codes, 'internal', 'unavailable']
  const byStatus = new Map<Status, ErrorCode[]>()
  for (const code of all) byStatus.set(problems[code].status, [...(byStatus.get(problems[code].status) ?? []), code])
  return Object.fromEntries([...byStatus].map(([status, listed]) => [status, answerOf(status, listed)])) as Record<
    never,
    never
  >
}

const answerOf = (status: Status, codes: ErrorCode[]) => ({
  description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
  content: {
    'application/problem+json': {
      schema: Problem,
      example: exampleOf(status, codes[0] ?? 'internal'),
    },
  },
})

const exampleOf = (status: Status, code: ErrorCode) => ({
  type: 'about:blank',
  title: problems[code].title,
  status,
  detail: `${problems[code].title}.`,
  code,
  requestId: '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11',
  ...(code === 'validation_failed' && { errors: [{ path: 'quantity', message: 'Too small' }] }),
  ...(code === 'out_of_stock' && { shortages: [{ sku: 'MUG-SAGE', requested: 3, available: 1 }] }),
})
