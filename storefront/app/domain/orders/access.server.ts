// The secret link of an order: a token derived from its id by the session secret. Only the token's SHA-256 is stored,
// and comparison takes the same time whatever is wrong.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '#app/env.server.ts'

const derive = (key: string, orderId: string): string =>
  createHmac('sha256', key).update(`order:${orderId}`).digest('base64url')

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The token of the order's secret link, 43 characters; derived, so mails can be written without storing it. */
export const orderTokenFor = (orderId: string): string => derive(env().SESSION_SECRET[0] ?? '', orderId)

/** What `orders.access_token_hash` holds: 32 bytes. */
export const orderTokenHash = (orderId: string): Buffer => sha256(orderTokenFor(orderId))

/**
 * Whether `token` opens the order: its hash is the stored one, or it is derived by any present secret (links written
 * before and after a rotation both work). An empty token opens nothing.
 */
export function isOrderToken(order: { id: string; accessTokenHash: Buffer }, token: string): boolean {
  if (token.length !== 43) return false
  const given = sha256(token)
  const wanted = [order.accessTokenHash, ...env().SESSION_SECRET.map((key) => sha256(derive(key, order.id)))]
  let opens = false
  for (const hash of wanted) if (hash.length === given.length && timingSafeEqual(hash, given)) opens = true
  return opens
}
