// The link in the mail that asks for a review: it names an order, a product of it and until when it is good, sealed by the
// session secret. Whoever has it may write that buyer's review of that product, and nothing else. Opening it changes nothing:
// mail filters open links.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '#app/env.server.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { isUuid } from '#app/lib/uuid.ts'
import { paths } from '#app/paths.ts'

export const linkDays = 60

const sealOf = (key: string, name: string): Buffer => createHmac('sha256', key).update(`review:${name}`).digest()

/** The absolute link, good from `at` on; `&rating=1` … 5 may follow. */
export function reviewUrl(orderId: string, productId: string, at: Date): string {
  const until = Math.floor(addSeconds(at, linkDays * 24 * 3600).getTime() / 1000)
  const name = `${orderId}.${productId}.${until}`
  const seal = sealOf(env().SESSION_SECRET[0] ?? '', name).toString('base64url')
  return `${env().STOREFRONT_ORIGIN}${paths.reviewByMail({ token: `${name}.${seal}` })}`
}

/** What a link is about, or null when it was not made here. */
export function readReviewToken(token: string, at: Date): { orderId: string; productId: string; over: boolean } | null {
  const [, name = '', orderId = '', productId = '', until = '', seal = ''] =
    /^(([0-9a-f-]{36})\.([0-9a-f-]{36})\.(\d{1,12}))\.([\w-]{43})$/.exec(token.slice(0, 200)) ?? []
  const given = Buffer.from(seal, 'base64url')
  const isOurs = env().SESSION_SECRET.some((key) => {
    const wanted = sealOf(key, name)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  })
  if (!isOurs || !isUuid(orderId) || !isUuid(productId)) return null
  return { orderId, productId, over: Number(until) * 1000 < at.getTime() }
}
