// Service tokens: short-lived HS256 JWTs between the shop's own processes, for this audience only. A token counts once:
// its id becomes the event's dedupe key (notify.ts).
import { createHash } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { errors, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import { ApiError, type AppEnv } from './problem.ts'

const claims = z.object({
  aud: z.literal('notifier'),
  sub: z.string().min(1).max(60),
  scope: z.string(),
  jti: z.string().min(8).max(100),
  iat: z.int().positive(),
  nbf: z.int().positive(),
  exp: z.int().positive(),
})

const leewaySeconds = 10
const longestLifeSeconds = 60

const refuse = (detail: string) => new ApiError('unauthorized', detail)

/** The key's public name in the token's header: the first 8 hex digits of its SHA-256. */
export const keyId = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 8)

async function verified(token: string, keys: string[]): Promise<JWTPayload> {
  const keyOf = (header: { kid?: string }) => {
    const key = keys.find((candidate) => keyId(candidate) === header.kid)
    if (!key) throw refuse('The token was signed with a key that is not known here.')
    return new TextEncoder().encode(key)
  }
  const options = {
    algorithms: ['HS256'],
    issuer: 'highstreet',
    audience: 'notifier',
    clockTolerance: leewaySeconds,
  }
  try {
    return (await jwtVerify(token, keyOf, options)).payload
  } catch (error) {
    if (error instanceof errors.JOSEError) throw refuse('The token is not valid or has expired.')
    throw error
  }
}

/** Lets a call through whose token is valid and carries `scope`; throws `unauthorized` or `forbidden`. */
export const requireScope = (keys: string[], scope: 'notify' | 'preview' | 'events:read' | 'events:write') =>
  createMiddleware<AppEnv>(async (c, next) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    if (!token) throw refuse('Send a service token: Authorization: Bearer <JWT>.')
    const payload = claims.safeParse(await verified(token, keys))
    if (!payload.success) throw refuse('The token lacks a claim.')
    const { sub, iat, exp, jti } = payload.data
    if (exp <= iat || exp - iat > longestLifeSeconds) throw refuse('The token lives longer than 60 seconds.')
    if (iat > Date.now() / 1000 + leewaySeconds) throw refuse('The token is from the future.')
    if (!payload.data.scope.split(' ').includes(scope)) throw new ApiError('forbidden', `The scope ${scope} is needed.`)
    c.set('caller', sub)
    c.set('tokenId', jti)
    await next()
  })
