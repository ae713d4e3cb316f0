// The visitor's address: the socket's own, or the entry of X-Forwarded-For that the trusted proxies wrote.
import type { Context } from 'hono'
import { env } from '#app/env.server.ts'
import type { ServerEnv } from './request-log.ts'

/** With N trusted hops the N-th entry from the right is the client's; entries before it are the client's own claim. */
export function clientIp(c: Context<ServerEnv>): string {
  const socket = c.env?.incoming?.socket?.remoteAddress ?? '0.0.0.0'
  const hops = env().TRUSTED_PROXY_HOPS
  const forwarded = (c.req.header('X-Forwarded-For') ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  const claimed = hops > 0 ? forwarded.at(-hops) : undefined
  return (claimed ?? socket).replace(/^::ffff:/, '').slice(0, 64)
}
