// The secret link of a reservation: a token derived from its id by the session secret, never stored. Comparison takes the
// same time whatever is wrong.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '#app/env.server.ts'
import { paths } from '#app/paths.ts'

const derive = (key: string, id: string): string =>
  createHmac('sha256', key).update(`store-reservation:${id}`).digest('base64url')

export const reservationToken = (id: string): string => derive(env().SESSION_SECRET[0] ?? '', id)

/** Whether `token` opens the reservation, by any present secret. */
export function isReservationToken(id: string, token: string): boolean {
  if (token.length !== 43) return false
  const given = Buffer.from(token)
  let opens = false
  for (const key of env().SESSION_SECRET) {
    const wanted = Buffer.from(derive(key, id))
    if (wanted.length === given.length && timingSafeEqual(wanted, given)) opens = true
  }
  return opens
}

/** The whole address, for mails. */
export const reservationUrl = ({ id, number }: { id: string; number: string }): string =>
  new URL(paths.reservation(number, { token: reservationToken(id) }), env().STOREFRONT_ORIGIN).href
