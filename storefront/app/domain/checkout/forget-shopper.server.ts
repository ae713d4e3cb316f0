// What shopping leaves behind of somebody who deletes their account: orders lose the person, carts are emptied, sent messages
// and the provider's events forget whom they were about. In one transaction, before identity ends the account; done twice
// (after a crash in between) it finds nothing left to do. Invoices stay as they were issued: the law asks for them.
import { forgetCarts } from '#app/domain/cart/forget-carts.server.ts'
import { forgetPerson } from '#app/domain/orders/forget-person.server.ts'
import { forgetReader } from '#app/domain/outbox/forget-reader.server.ts'
import { forgetPayer } from '#app/domain/payments/forget-payer.server.ts'
import { forgetReservations } from '#app/domain/reservations/forget-person.server.ts'
import { forgetReturns } from '#app/domain/returns/forget-person.server.ts'
import { forgetRequests } from '#app/domain/reviews/forget-requests.server.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'

/** Throws `conflict` when an order or a return of `userId` is still open; then nothing is changed. */
export const forgetShopper = ({ userId, email }: { userId: string; email: string }, by: By): Promise<void> =>
  transaction(async (trx) => {
    const orderIds = await forgetPerson(trx, userId, by)
    await forgetReturns(trx, orderIds, by)
    await forgetReservations(trx, userId, by)
    await forgetCarts(trx, userId, by)
    await forgetReader(trx, { userId, orderIds, email, placeholder: `deleted-${userId}@deleted.invalid` })
    await forgetPayer(trx, orderIds)
    await forgetRequests(trx, orderIds)
  })
