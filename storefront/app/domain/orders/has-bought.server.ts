// Whether somebody may call themselves a buyer of a product. Reads only.
import { OrderItem } from '#app/domain/orders/models.ts'
import { db } from '#app/lib/db.server.ts'

/**
 * True when an order of this user with this product has been paid and is on its way or arrived; of one that was paid back,
 * only when the thing had been sent: whoever cancels before it leaves has not seen it.
 */
export async function hasBought(userId: string, productId: string): Promise<boolean> {
  const row = await OrderItem.query(db())
    .join('orders', 'orders.id', 'order_items.order_id')
    .where({ 'orders.user_id': userId, 'order_items.product_id': productId })
    .whereNotNull('orders.paid_at')
    .where((either) =>
      either
        .whereIn('orders.status', ['paid', 'fulfilling', 'fulfilled'])
        .orWhereExists((sent) =>
          sent
            .from('parcels')
            .whereRaw('parcels.order_id = orders.id')
            .whereNot('parcels.status', 'packing')
            .whereRaw(`parcels.lines @> jsonb_build_array(jsonb_build_object('sku', order_items.sku))`),
        ),
    )
    .first()
  return row !== undefined
}
