// The orders of somebody who leaves: the sale stays, for the books; who bought does not. Invoices are documents of their own.
// Runs in the caller's transaction.
import type { Knex } from 'knex'
import { Order } from '#app/domain/orders/models.ts'
import { type OrderStatus, orderStatusLabel } from '#app/domain/orders/order-status.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import type { By } from '#app/lib/clock.ts'
import { DomainError } from '#app/lib/errors.ts'

/** States in which nobody owes anybody anything any more. */
const final: readonly OrderStatus[] = ['fulfilled', 'cancelled', 'expired', 'refunded']

const nobody = (country: string): PostalAddress => ({
  fullName: 'Deleted',
  company: null,
  line1: 'Deleted',
  line2: null,
  city: 'Deleted',
  region: null,
  postcode: null,
  country,
  phone: null,
})

/**
 * Takes the person out of all orders of `userId` and answers the orders' ids. Countries stay, for tax; the
 * orders' secret links stay good, and show nobody. Throws `conflict` when
 * one is still open (`details.numbers`).
 */
export async function forgetPerson(trx: Knex.Transaction, userId: string, by: By): Promise<string[]> {
  const orders = await Order.query(trx).where({ userId }).orderBy('id').forUpdate()
  const open = orders.filter(({ status }) => !final.includes(status))
  if (open.length > 0) throw stillOpen(open)
  for (const order of orders)
    await order.$query(trx).patch({
      userId: null,
      email: `deleted-${order.id}@deleted.invalid`,
      phone: null,
      note: null,
      reviewRequestAt: null,
      shippingAddress: nobody(order.shippingAddress.country),
      billingAddress: nobody(order.billingAddress.country),
      updatedAt: by.at,
    })
  return orders.map(({ id }) => id)
}

function stillOpen(open: Order[]): DomainError {
  const list = open.slice(0, 5).map(({ number, status }) => `${number} (${orderStatusLabel[status].toLowerCase()})`)
  const text = `Your account can be deleted when your orders are done. Still open: ${list.join(', ')}${open.length > 5 ? ' …' : ''}.`
  return new DomainError('conflict', text, { details: { numbers: open.map(({ number }) => number) } })
}
