// Service tokens: short-lived HS256 JWTs between the shop's own processes. The scope is checked by the route itself,
// never by the path. A mutating call's token counts once.
import { createHash } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { errors, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import { db } from '../lib/db.ts'
import { DomainError } from '../lib/errors.ts'
import type { AppEnv } from './context.ts'

export type Scope =
  | 'catalog:read'
  | 'catalog:write'
  | 'inventory:write'
  | 'reviews:write'
  | 'fulfilment:read'
  | 'fulfilment:write'

const claims = z.object({
  sub: z.string().min(1).max(60),
  scope: z.string(),
  jti: z.string().min(8).max(100),
  iat: z.int().positive(),
  nbf: z.int().positive(),
  exp: z.int().positive(),
})

const leewaySeconds = 10
const longestLifeSeconds = 60

/** The `security` entry of a route definition. */
export const needs = (scope: Scope) => ({
  security: [{ serviceToken: [] as string[] }],
  middleware: requireScope(scope),
  'x-scope': scope as string,
})

const refuse = (detail: string) => new DomainError('unauthorized', detail)

/** The key's public name in the token's header: the first 8 hex digits of its SHA-256. */
export const keyId = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 8)

/** Lets a call through whose token is valid, carries `scope` and, when it writes, was not seen before. */
export function requireScope(scope: Scope) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    if (!token) throw refuse('Send a service token: Authorization: Bearer <JWT>.')
    const payload = claims.safeParse(await verified(token, c.var.settings.tokenKeys))
    if (!payload.success) throw refuse('The token lacks a claim.')
    const { sub, iat, exp, jti } = payload.data
    if (exp - iat > longestLifeSeconds || exp <= iat) throw refuse('The token lives longer than 60 seconds.')
    if (iat > Date.now() / 1000 + leewaySeconds) throw refuse('The token is from the future.')
    if (!payload.data.scope.split(' ').includes(scope))
      throw new DomainError('forbidden', `The scope ${scope} is needed.`)
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') await spend(jti)
    c.set('caller', sub)
    await next()
  })
}

async function verified(token: string, keys: string[]): Promise<JWTPayload> {
  try {
    const keyOf = (header: { kid?: string }) => {
      const key = keys.find((candidate) => keyId(candidate) === header.kid)
      if (!key) throw refuse('The token was signed with a key that is not known here.')
      return new TextEncoder().encode(key)
    }
    const options = {
      algorithms: ['HS256'],
      issuer: 'highstreet',
      audience: 'catalog-api',
      clockTolerance: leewaySeconds,
    }
    return (await jwtVerify(token, keyOf, options)).payload
  } catch (error) {
    if (error instanceof DomainError || !(error instanceof errors.JOSEError)) throw error
    throw refuse('The token is not valid or has expired.')
  }
}

/** Remembers a token's id until it could not be used any more; a second use is a replay. */
async function spend(jti: string): Promise<void> {
  const { rowCount } = await db().raw(
    `INSERT INTO service_jti (jti, expires_at) VALUES (?, now() + interval '5 minutes') ON CONFLICT (jti) DO NOTHING`,
    [jti],
  )
  if (rowCount === 0) throw refuse('This token was used before.')
}
