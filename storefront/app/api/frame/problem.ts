// Refusals of the API as application/problem+json (RFC 9457), from the one error table; and the same answers for the OpenAPI
// document. A fault's own message never leaves the process: it is logged with the request id.
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { problems } from '#app/http/problem.ts'
import { isUnavailable, unavailable } from '#app/lib/db.server.ts'
import { DomainError, type ErrorCode, errorCodes, isDomainError } from '#app/lib/errors.ts'
import { log } from '#app/lib/log.server.ts'
import type { ApiEnv } from './context.ts'

type Code = ErrorCode | 'internal'
const table: Record<Code, { status: number; title: string }> = {
  ...problems,
  internal: { status: 500, title: 'Something went wrong' },
}

export const Problem = z
  .object({
    type: z.string().openapi({ example: 'about:blank' }),
    title: z.string().openapi({ example: 'Not found' }),
    status: z.int().openapi({ example: 404 }),
    detail: z.string().openapi({ example: 'The order was not found.' }),
    code: z.enum([...errorCodes, 'internal']).openapi({ example: 'not_found' }),
    requestId: z.string().openapi({ example: '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11' }),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('Problem', {
    description:
      'What went wrong (RFC 9457): `code` is for programs, `detail` for people, `errors` names the wrong values, `details` holds what the code is about.',
  })

/** Answers a refusal. */
export function problem(c: Context<ApiEnv>, error: DomainError): Response {
  const { fields = {}, details, retryAfterSeconds } = error.extra
  const errors = Object.entries(fields).flatMap(([path, messages]) => messages.map((message) => ({ path, message })))
  return answer(c, error.code, error.message, {
    ...(errors.length > 0 && { errors }),
    ...(details && { details }),
    retryAfterSeconds,
  })
}

type More = { errors?: { path: string; message: string }[]; details?: object; retryAfterSeconds?: number | undefined }

function answer(c: Context<ApiEnv>, code: Code, detail: string, { retryAfterSeconds, ...more }: More = {}): Response {
  const { status, title } = table[code]
  const body = { type: 'about:blank', title, status, detail, code, requestId: c.get('requestId') ?? '', ...more }
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  if (retryAfterSeconds || status === 503) c.header('Retry-After', String(retryAfterSeconds ?? 5))
  c.header('Cache-Control', 'no-store')
  return c.body(JSON.stringify(body), status as 400, { 'Content-Type': 'application/problem+json' })
}

/** Everything thrown ends here: rules with their code, the database's absence as 503, the rest as a fault. */
export function onError(error: Error, c: Context<ApiEnv>): Response {
  if (isDomainError(error)) return problem(c, error)
  if (isUnavailable(error)) return problem(c, unavailable())
  if (error instanceof HTTPException && error.status < 500)
    return problem(c, new DomainError('malformed_json', 'The body cannot be read as its content type says.'))
  const requestId = c.get('requestId')
  log.error({ err: error, requestId }, 'a request of the API failed')
  return answer(c, 'internal', `Something went wrong. If it happens again, tell us this number: ${requestId}`)
}

/** The error answers of an operation for the document: one entry a status, listing the codes behind it. */
export function errorAnswers(...codes: ErrorCode[]) {
  const byStatus = new Map<number, Code[]>()
  for (const code of [...codes, 'overloaded', 'internal'] as const) {
    const { status } = table[code]
    byStatus.set(status, [...new Set([...(byStatus.get(status) ?? []), code])])
  }
  // Typed as nothing, so that a handler's own answers stay checked: problems are thrown, never returned.
  return Object.fromEntries([...byStatus].map(([status, listed]) => [status, answerOf(listed)])) as Record<never, never>
}

const answerOf = (codes: Code[]) => ({
  description: codes.map((code) => `\`${code}\`: ${table[code].title}`).join('; '),
  content: { 'application/problem+json': { schema: Problem, example: exampleOf(codes[0] ?? 'internal') } },
})

const exampleOf = (code: Code) => ({
  type: 'about:blank',
  ...table[code],
  detail: `${table[code].title}.`,
  code,
  requestId: '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11',
  ...(code === 'validation_failed' && { errors: [{ path: 'quantity', message: 'Choose a number from 1 to 99.' }] }),
})
