// Short-lived tokens that say to catalog-api and the notifier who calls and what for. It must never sign for more than
// 60 seconds, nor with a key from anywhere but the settings.
import { createHash, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { env } from '#app/env.server.ts'

export type ServiceScope =
  | 'catalog:read'
  | 'catalog:write'
  | 'inventory:write'
  | 'reviews:write'
  | 'fulfilment:read'
  | 'fulfilment:write'
  | 'preview'
  | 'events:read'
  | 'events:write'

const lifeSeconds = 60

/** Names a key without telling it: the first 8 hex digits of its SHA-256. */
const keyId = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 8)

/**
 * A signed token (HS256) of this process for one call: every call gets its own `jti`, so a mutating one cannot be
 * replayed. The first key of SERVICE_TOKEN_SECRET signs.
 */
export async function signServiceToken(
  audience: 'catalog-api' | 'notifier',
  scopes: readonly ServiceScope[],
): Promise<string> {
  const key = env().SERVICE_TOKEN_SECRET[0]
  if (!key) throw new Error('SERVICE_TOKEN_SECRET holds no key')
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ scope: scopes.join(' ') })
    .setProtectedHeader({ alg: 'HS256', kid: keyId(key), typ: 'JWT' })
    .setIssuer('highstreet')
    .setAudience(audience)
    .setSubject('storefront')
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + lifeSeconds)
    .setJti(randomUUID())
    .sign(new TextEncoder().encode(key))
}
