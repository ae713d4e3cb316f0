// Orders found by what staff have in hand: a customer, a tracking number, an id at the payment provider. Reads only; the
// faces check the permission first.
import { Order, Parcel } from '#app/domain/orders/models.ts'
import { labelOf } from '#app/domain/orders/order-status.ts'
import { findOrderIdsByProviderId } from '#app/domain/payments/search.server.ts'
import { db } from '#app/lib/db.server.ts'

const most = 50

/** The newest orders of a customer, fifty at most. */
export async function listOrdersOfCustomer(userId: string) {
  return (await newest().where({ userId })).map(toFound)
}

/** Whose account placed the order of that number; null for a guest's and for none. */
export async function findCustomerOfOrder(number: string): Promise<string | null> {
  return (await Order.query(db()).findOne({ number }).select('userId'))?.userId ?? null
}

/** Orders with exactly that number, e-mail address, tracking number or id at the provider; letters' case does not count. */
export async function findOrdersByMark(mark: string) {
  const parcels = await Parcel.query(db())
    .whereRaw('lower(tracking_number) = lower(?)', [mark])
    .select('orderId')
    .limit(most)
  const ids = [...parcels.map(({ orderId }) => orderId), ...(await findOrderIdsByProviderId(mark))]
  const found = await newest().where((either) =>
    either.where({ number: mark.toUpperCase() }).orWhere({ email: mark.toLowerCase() }).orWhereIn('id', ids),
  )
  return found.map(toFound)
}

const newest = () => Order.query(db()).orderBy('placedAt', 'desc').limit(most)

const toFound = (order: Order) => ({
  number: order.number,
  status: order.status,
  statusLabel: labelOf(order),
  placedAt: order.placedAt,
  name: order.shippingAddress.fullName,
  email: order.email,
  currency: order.currency,
  totalMinor: order.totalMinor,
})
export type FoundOrder = ReturnType<typeof toFound>
