// Order numbers by id, for lists of other subjects that keep only the id. Reads only; says nothing about whose they are.
import { Order } from '#app/domain/orders/models.ts'
import { db } from '#app/lib/db.server.ts'

/** Number by order id. One statement. */
export async function listOrderNumbers(orderIds: readonly string[]): Promise<Record<string, string>> {
  const rows = await Order.query(db())
    .whereIn('id', [...orderIds])
    .select('id', 'number')
  return Object.fromEntries(rows.map(({ id, number }) => [id, number]))
}
