// The carts of somebody who leaves: emptied and nobody's. Rows stay, orders refer to them. Runs in the caller's transaction.
import type { Knex } from 'knex'
import { CartItemModel, CartModel } from '#app/domain/cart/cart-models.server.ts'
import type { By } from '#app/lib/clock.ts'

export async function forgetCarts(trx: Knex.Transaction, userId: string, by: By): Promise<void> {
  const carts = await CartModel.query(trx).where({ userId }).orderBy('id').forUpdate()
  for (const cart of carts) {
    if (cart.status === 'open') await CartItemModel.query(trx).delete().where({ cartId: cart.id })
    await cart.$query(trx).patch({
      userId: null,
      email: null,
      phone: null,
      shippingAddress: null,
      billingAddress: null,
      pickupName: null,
      note: null,
      version: cart.version + 1,
      updatedAt: by.at,
    })
  }
}
