// At the counter: the code is checked, the money taken where it is owed, and the goods change hands, once. One transaction
// under the order's lock decides; stock, parcel and status follow by the steps every payment takes, also after a crash.
import type { Knex } from 'knex'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { hurry } from '#app/domain/checkout/complete.server.ts'
import { isCollectionCode } from '#app/domain/orders/collection-code.server.ts'
import { isLive, type OrderStatus, orderCan } from '#app/domain/orders/order-status.ts'
import { markCollected } from '#app/domain/orders/pickup.server.ts'
import { lockOrder, transition, writeHistory } from '#app/domain/orders/transition.server.ts'
import { getOrderRow, type OrderRow, wakeOrder } from '#app/domain/orders/work.server.ts'
import { insertInStorePayment } from '#app/domain/payments/in-store.server.ts'
import { lockPayments } from '#app/domain/payments/payments.server.ts'
import type { Tender } from '#app/domain/pickup/pickup-rules.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { failpoint } from '#app/lib/failpoints.ts'

type HandOver = {
  orderId: string
  /** What the shopper shows. The caller limits how often it is guessed. */
  code: string
  /** How the money came over the counter; null when there is none to take. */
  tender: Tender | null
}

/**
 * Hands the order over and answers where it stands then: `fulfilled`, on its way there while the catalogue is away, or
 * `refund_due`/`refunded` when its goods were sold meanwhile. Told twice changes nothing. Throws not_found,
 * validation_failed (`code`, `tender`), conflict (money was taken for an order that is paid), illegal_transition.
 */
export async function handOver({ orderId, code, tender }: HandOver, by: By): Promise<{ status: OrderStatus }> {
  await requireCode(orderId, code, by)
  await transaction(async (trx) => {
    const order = await lockOrder(trx, orderId)
    if (order.collectedAt) return
    if (!orderCan.handOver(order))
      throw new DomainError('illegal_transition', 'This order does not lie ready to be handed over.', {
        details: { status: order.status },
      })
    if (isLive(order.status)) await takeMoney(trx, order, tender, by)
    else if (tender) throw paidBefore()
    await markCollected(trx, orderId, by)
    const after = { collectedAt: by.at, ...(isLive(order.status) && { paidMinor: order.totalMinor, tender }) }
    await recordAct(trx, by, { action: 'orders:ship', subject: `order:${order.number}`, after })
    await wakeOrder(trx, orderId)
  })
  failpoint('after_handed_over')
  const { order } = await hurry(orderId, by)
  return { status: order.status }
}

/** Every wrong code leaves a line for staff. */
async function requireCode(orderId: string, code: string, by: By): Promise<void> {
  await getOrderRow(orderId)
  if (isCollectionCode(orderId, code)) return
  await writeHistory(db(), orderId, by, { kind: 'note', isPublic: false, message: 'A wrong collection code was typed' })
  const message = 'This is not the code of this order.'
  throw new DomainError('validation_failed', message, { fields: { code: [message] } })
}

/** The form was opened before the shopper paid online: nothing is handed over until the money is back over the counter. */
const paidBefore = () =>
  new DomainError(
    'conflict',
    'This order has been paid online meanwhile: give back what you took, then load the page again.',
  )

async function takeMoney(trx: Knex.Transaction, order: OrderRow, tender: Tender | null, by: By): Promise<void> {
  const message = 'How was it paid?'
  if (!tender) throw new DomainError('validation_failed', message, { fields: { tender: [message] } })
  await lockPayments(trx, order.id)
  const { id: orderId, totalMinor: amountMinor, currency } = order
  await insertInStorePayment(trx, { orderId, amountMinor, currency, tender }, by)
  await writeHistory(trx, orderId, by, {
    kind: 'payment',
    message: tender === 'cash' ? 'Paid in cash in the store' : 'Paid by card in the store',
    details: { amountMinor, tender },
  })
  await transition(trx, orderId, 'receive_payment', by, { isPublic: false })
}
