// Secrets that are mailed as links: 256 random bits, of which only the SHA-256 is kept. Each is for one purpose, one
// person and a short time, and opens once: using it is one conditional UPDATE, so that of two at once one wins.
import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { addSeconds, type By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newId, newToken } from '#app/lib/ids.ts'
import { AccountTokenModel } from '../models.server.ts'

/** How long a link of each purpose is good, in minutes (OWASP ASVS 5.0 6.4.3, 6.5.5); the database holds the same limit. */
export const tokenMinutes = { verify_email: 24 * 60, reset_password: 30, change_email: 30 } as const
export type TokenPurpose = keyof typeof tokenMinutes

type Issue = {
  userId: string
  purpose: TokenPurpose
  newEmail?: string
  /** The guest's session that asked (its cookie's value), when somebody without a session did. */
  browser?: string | null
}

/** Makes a token and answers it: it goes into a mail and nowhere else. */
export async function issueToken(trx: Knex.Transaction, issue: Issue, by: By): Promise<string> {
  const token = newToken()
  await AccountTokenModel.query(trx).insert({
    id: newId(by.at.getTime()),
    userId: issue.userId,
    purpose: issue.purpose,
    tokenHash: sha256(token),
    newEmail: issue.newEmail ?? null,
    askedFrom: issue.browser ? sha256(issue.browser) : null,
    createdAt: by.at,
    expiresAt: addSeconds(by.at, tokenMinutes[issue.purpose] * 60),
  })
  return token
}

export type LiveToken = { userId: string; purpose: TokenPurpose; newEmail: string | null; askedFrom: Buffer | null }

/** What `token` would open at `at`, or null when it is unknown, used, over or for something else. Changes nothing. */
export async function findToken(token: string, purposes: TokenPurpose[], at: Date): Promise<LiveToken | null> {
  if (!isToken(token)) return null
  const row = await live(db(), token, purposes, at).first()
  return row ? { userId: row.userId, purpose: row.purpose, newEmail: row.newEmail, askedFrom: row.askedFrom } : null
}

/** Uses `token` up and answers what it opens. Throws `conflict` (`linkIsOver`) when it opens nothing any more. */
export async function useToken(
  trx: Knex.Transaction,
  token: string,
  purpose: TokenPurpose,
  by: By,
): Promise<LiveToken> {
  if (!isToken(token)) throw linkIsOver()
  const [used] = await live(trx, token, [purpose], by.at).patch({ usedAt: by.at }).returning('*')
  if (!used) throw linkIsOver()
  return used
}

const live = (knex: Knex, token: string, purposes: TokenPurpose[], at: Date) =>
  AccountTokenModel.query(knex)
    .where({ tokenHash: sha256(token) })
    .whereIn('purpose', purposes)
    .whereNull('usedAt')
    .where('expiresAt', '>', at)

/** Ends all links of `userId` (of `purpose`, when given) that are still good. */
export async function burnTokens(trx: Knex.Transaction, userId: string, by: By, purpose?: TokenPurpose): Promise<void> {
  const burning = AccountTokenModel.query(trx).patch({ usedAt: by.at }).where({ userId }).whereNull('usedAt')
  await (purpose ? burning.where({ purpose }) : burning)
}

/** Removes tokens that nobody can use any more; for a worker. Returns how many. */
export const sweepTokens = (at: Date, knex: Knex = db()): Promise<number> =>
  Promise.resolve(AccountTokenModel.query(knex).delete().where('expiresAt', '<', at))

/** Whether the guest's session `browser` is the one that asked for the token. */
export const wasAskedFrom = (token: LiveToken, browser: string | null): boolean =>
  browser !== null && token.askedFrom !== null && sha256(browser).equals(token.askedFrom)

/** Unknown, used, over, for something else: one answer. */
export const linkIsOver = () =>
  new DomainError('conflict', 'This link has been used or is too old. Please ask for a new one.')

const isToken = (token: string): boolean => /^[\w-]{43}$/.test(token)
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
