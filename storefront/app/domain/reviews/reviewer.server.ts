// Under which name and reference somebody is known in reviews. An account by its id; who bought without one by their mailbox,
// of which only a hash leaves this database, so that two orders of one guest are still one buyer.
import { createHmac } from 'node:crypto'
import type { Reviewer } from '#app/domain/catalog/reviews.server.ts'
import { limitedNetwork } from '#app/domain/identity/network.ts'
import { mailboxHash } from '#app/domain/outbox/preferences.server.ts'
import { env } from '#app/env.server.ts'

const mailboxPrefix = 'mailbox:'

/** The reference of a buyer without an account. */
export const mailboxRef = (email: string): string => mailboxPrefix + mailboxHash(email).toString('hex')

/** The mailbox's hash in such a reference; null for any other. */
export function mailboxOf(ref: string): Buffer | null {
  const [, hex] = /^mailbox:([0-9a-f]{64})$/.exec(ref) ?? []
  return hex ? Buffer.from(hex, 'hex') : null
}

/** An account: what was written with its confirmed address before it was made counts as its own. */
export const reviewerOf = (user: { id: string; email: string; emailVerified: boolean }): Reviewer => ({
  ref: user.id,
  ...(user.emailVerified && { former: mailboxRef(user.email) }),
})

/** Who reports without an account, as a network nobody can read from it: once each and review. */
export const networkRef = (ip: string): string =>
  `network:${createHmac('sha256', env().SESSION_SECRET[0] ?? '')
    .update(`review:${limitedNetwork(ip)}`)
    .digest('base64url')}`

/** `Alice Maria Martin` → `Alice M.`, as it stands under the review. */
export function shownName(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = (words[0] || 'A customer').slice(0, 60)
  const [initial] = words.length > 1 ? (words.at(-1) ?? '') : ''
  return initial ? `${first} ${initial}.` : first
}
