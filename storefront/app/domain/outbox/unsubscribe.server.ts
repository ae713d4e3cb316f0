// The link with which a kind of mail is turned off without logging in: it names the mailbox and the kind, sealed by the
// session secret. It names no address, and opens nothing else. It never expires: a mail may be years old.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Knex } from 'knex'
import { isOptionalKind, type OptionalKind } from '#app/domain/outbox/kinds.ts'
import { setKindAllowed, type Wisher, wisherOf } from '#app/domain/outbox/preferences.server.ts'
import { env } from '#app/env.server.ts'
import type { By } from '#app/lib/clock.ts'
import { notFound } from '#app/lib/errors.ts'
import { isUuid } from '#app/lib/uuid.ts'

const sealOf = (key: string, name: string): Buffer => createHmac('sha256', key).update(`unsubscribe:${name}`).digest()

const nameOf = (wisher: Wisher, kind: OptionalKind): string =>
  'userId' in wisher ? `u.${wisher.userId}.${kind}` : `m.${wisher.emailHash.toString('hex')}.${kind}`

/** The absolute link for mails of `kind` to `email`. */
export async function unsubscribeUrl(knex: Knex, email: string, kind: OptionalKind): Promise<string> {
  const name = nameOf(await wisherOf(knex, email), kind)
  const seal = sealOf(env().SESSION_SECRET[0] ?? '', name).toString('base64url')
  return `${env().STOREFRONT_ORIGIN}/unsubscribe?token=${name}.${seal}`
}

/** Whose mails of which kind a link is about, or null when it was not made here. */
export function readUnsubscribeToken(token: string): { wisher: Wisher; kind: OptionalKind } | null {
  const [, name = '', type, subject = '', kind = '', seal = ''] =
    /^(([um])\.([0-9a-f-]{36}|[0-9a-f]{64})\.([a-z_]{1,20}))\.([\w-]{43})$/.exec(token.slice(0, 200)) ?? []
  const given = Buffer.from(seal, 'base64url')
  const isOurs = env().SESSION_SECRET.some((key) => {
    const wanted = sealOf(key, name)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  })
  if (!isOurs || !isOptionalKind(kind)) return null
  if (type === 'm') return { wisher: { emailHash: Buffer.from(subject, 'hex') }, kind }
  return isUuid(subject) ? { wisher: { userId: subject }, kind } : null
}

/** Turns the link's kind off (or on again). Telling twice is the same. Throws not_found for a link not made here. */
export async function obeyUnsubscribe({ token, allowed }: { token: string; allowed: boolean }, by: By) {
  const found = readUnsubscribeToken(token)
  if (!found) throw notFound('This link')
  await setKindAllowed(found.wisher, found.kind, allowed, by)
  return found.kind
}
