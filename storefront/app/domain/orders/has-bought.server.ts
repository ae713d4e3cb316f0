// Whether somebody may call themselves a buyer of a product. Reads only.
import { OrderItem } from '#app/domain/orders/models.ts'
import { db } from '#app/lib/db.server.ts'

/** True when an order of this user with this product has been paid. */
export async function hasBought(userId: string, productId: string): Promise<boolean> {
  const row = await OrderItem.query(db())
    .join('orders', 'orders.id', 'order_items.order_id')
    .where({ 'orders.user_id': userId, 'order_items.product_id': productId })
    .whereNotNull('orders.paid_at')
    .first()
  return row !== undefined
}
