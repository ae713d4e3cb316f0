// Orders that somebody made as a guest join their account: only those of an address its owner has confirmed, which whoever
// calls must know. Never touches the order of another account.
import { Order } from '#app/domain/orders/models.ts'
import { db } from '#app/lib/db.server.ts'

/**
 * Gives `userId` all guest orders made with `email` (in canonical form) and answers how many. Orders that still wait to be
 * paid stay with the browser that placed them; the next time takes them. Told twice, nothing is left to do.
 */
export const attachGuestOrders = async ({ userId, email }: { userId: string; email: string }): Promise<number> =>
  Order.query(db())
    .patch({ userId })
    .where({ email })
    .whereNull('userId')
    .whereNotIn('status', ['placing', 'reserved', 'awaiting_payment'])
