// The cart while it is being paid for: the conductor's steps between open, checking_out and ordered, inside its
// transactions. Never changes what is in the cart nor its version.
import type { Knex } from 'knex'
import { type Cart, toCart } from '#app/domain/cart/cart.server.ts'
import { CartModel } from '#app/domain/cart/cart-models.server.ts'
import { notFound } from '#app/lib/errors.ts'

/** Locks the cart until the transaction ends. Throws not_found, also when it is somebody else's. */
export async function lockCart(trx: Knex.Transaction, cartId: string, userId: string | null): Promise<Cart> {
  const row = await CartModel.query(trx).findById(cartId).forUpdate()
  // A guest's cart that was placed before log-in carries no owner; another person's never opens.
  if (!row || (row.userId !== null && row.userId !== userId)) throw notFound('The cart')
  return toCart(row)
}

/** open → checking_out: nobody changes it while the shopper is away paying. */
export async function holdCart(trx: Knex.Transaction, cartId: string): Promise<void> {
  await CartModel.query(trx).findById(cartId).where({ status: 'open' }).patch({ status: 'checking_out' })
}

/** checking_out → open: the order came to nothing, the goods are still in the cart. */
export async function reopenCart(trx: Knex.Transaction, cartId: string): Promise<void> {
  await CartModel.query(trx).findById(cartId).where({ status: 'checking_out' }).patch({ status: 'open' })
}

/** The order is paid: the cart is done, whatever it was (a late payment closes a reopened one). */
export async function closeCart(trx: Knex.Transaction, cartId: string): Promise<void> {
  await CartModel.query(trx).findById(cartId).whereNot({ status: 'merged' }).patch({ status: 'ordered' })
}
