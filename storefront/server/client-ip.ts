// The visitor's address: the socket's own, or the entry of X-Forwarded-For that the trusted proxies wrote.
import { isIP } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import { env } from '#app/env.server.ts'

type Asked = { env: Partial<HttpBindings>; req: { header: (name: string) => string | undefined } }

/**
 * With N trusted hops the N-th entry from the right is the client's; entries before it are the client's own claim. What
 * is no address there (a proxy's `unknown`) counts as not written: limits and the list of devices rest on it.
 */
export function clientIp(c: Asked, hops: number = env().TRUSTED_PROXY_HOPS): string {
  const socket = c.env?.incoming?.socket?.remoteAddress ?? '0.0.0.0'
  const forwarded = (c.req.header('X-Forwarded-For') ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  const claimed = hops > 0 ? plain(forwarded.at(-hops) ?? '') : ''
  return isIP(claimed) ? claimed : plain(socket)
}

/** Without an IPv6 zone, and an IPv4 address as such when it is written inside IPv6. */
const plain = (address: string): string => address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
