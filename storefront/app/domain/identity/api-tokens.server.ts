// Tokens of the JSON API: JWTs (HS256, nothing else) that name a session, so that whatever ends the session (a new password,
// a disabled account, "log out there", too long without use) ends the token at the next request. Never logs a token.
import { createHash } from 'node:crypto'
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { env } from '#app/env.server.ts'
import { addSeconds } from '#app/lib/clock.ts'
import {
  createSession,
  findSessionById,
  type SessionOrigin,
  type SessionPerson,
  sessionIdOf,
} from './sessions.server.ts'

const issuer = 'highstreet'
const audience = 'highstreet-api'
const leewaySeconds = 10

/** Names a key without telling it: the first 8 hex digits of its SHA-256. */
const keyId = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 8)
const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000)

const claims = z.object({
  sub: z.string().min(1).max(60),
  jti: z.string().length(43),
  iat: z.int().positive(),
  nbf: z.int().positive(),
  exp: z.int().positive(),
})

/** Opens a session for `userId` and answers the token that names it, good for API_TOKEN_TTL_SECONDS. */
export async function issueApiToken(
  userId: string,
  origin: SessionOrigin,
  at: Date,
): Promise<{ token: string; expiresAt: Date; expiresInSeconds: number }> {
  const [key] = env().API_JWT_SECRET
  if (!key) throw new Error('API_JWT_SECRET holds no key')
  // The session's own token is thrown away: no cookie can be made of it.
  const session = await createSession(userId, origin, at)
  const expiresInSeconds = env().API_TOKEN_TTL_SECONDS
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256', kid: keyId(key), typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(userId)
    .setJti(sessionIdOf(session))
    .setIssuedAt(secondsOf(at))
    .setNotBefore(secondsOf(at))
    .setExpirationTime(secondsOf(at) + expiresInSeconds)
    .sign(new TextEncoder().encode(key))
  return { token, expiresAt: addSeconds(at, expiresInSeconds), expiresInSeconds }
}

/** Who `token` speaks for at `at`; null for whatever is forged, expired, for somebody else's use, or whose session ended. */
export async function findTokenBearer(token: string, at: Date): Promise<SessionPerson | null> {
  const parsed = claims.safeParse(await verified(token, at))
  if (!parsed.success) return null
  const { sub, jti, iat, exp } = parsed.data
  if (exp <= iat || exp - iat > env().API_TOKEN_TTL_SECONDS || iat > secondsOf(at) + leewaySeconds) return null
  const person = await findSessionById(jti, at)
  return person?.id === sub ? person : null
}

async function verified(token: string, at: Date): Promise<JWTPayload | null> {
  const keyOf = ({ kid }: { kid?: string }) => {
    const key = env().API_JWT_SECRET.find((candidate) => keyId(candidate) === kid)
    if (!key) throw new errors.JWSInvalid('a key that is not known here')
    return new TextEncoder().encode(key)
  }
  try {
    const options = { algorithms: ['HS256'], issuer, audience, clockTolerance: leewaySeconds, currentDate: at }
    return (await jwtVerify(token, keyOf, options)).payload
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}
