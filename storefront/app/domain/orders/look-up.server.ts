// A guest finds an order by its number and e-mail address. A wrong number and a wrong address are answered alike and cost
// the same work; how often somebody may ask, the face limits.
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { orderTokenFor } from '#app/domain/orders/access.server.ts'
import { Order } from '#app/domain/orders/models.ts'
import { db } from '#app/lib/db.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'

/** `hs 7kq4 m2xd` → `HS-7KQ4-M2XD`; what cannot be a number is none. */
export const orderNumberInput = z
  .string('Type the number of your order.')
  .trim()
  .min(1, 'Type the number of your order.')
  .max(40, 'It looks like HS-7KQ4-M2XD.')
  .transform((typed) => typed.toUpperCase().replace(/[^A-Z0-9]/g, ''))
  .transform((plain) => plain.replace(/^(?:HS)?(.{4})(.{4})$/, 'HS-$1-$2'))

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The order's number and its secret link's token. `email` in canonical form. Throws not_found, whatever was wrong. */
export async function lookUpOrder(input: {
  number: string
  email: string
}): Promise<{ number: string; token: string }> {
  const order = await Order.query(db()).findOne({ number: input.number })
  // Both are worked out for an order that is not there too.
  const isTheirs = timingSafeEqual(sha256(order?.email.toLowerCase() ?? ''), sha256(input.email))
  const token = orderTokenFor(order?.id ?? newId())
  if (!order || !isTheirs) throw notFound('No order with this number and e-mail address')
  return { number: order.number, token }
}
