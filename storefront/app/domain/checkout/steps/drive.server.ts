// One order, one step at a time, under its lease: the saga of placing, paying and giving back. Which step comes next is
// read from the rows alone, so that whoever drives next goes on where the last one was killed.
import { giveGoodsBack, giveMoneyBack, sell, sendParcels } from '#app/domain/checkout/steps/after-payment.server.ts'
import { holdGoods, lookAtPage, openPage } from '#app/domain/checkout/steps/before-payment.server.ts'
import { backoffSeconds } from '#app/domain/checkout/steps/constants.ts'
import { thenPutBack } from '#app/domain/checkout/steps/put-back.server.ts'
import type { Step } from '#app/domain/checkout/steps/step.ts'
import type { OrderStatus } from '#app/domain/orders/order-status.ts'
import { getOrderRow, type Lease, type OrderRow, putDown, putDownFailed } from '#app/domain/orders/work.server.ts'
import type { By } from '#app/lib/clock.ts'
import { byDatabase } from '#app/lib/db.server.ts'
import { Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'

const steps: Record<OrderStatus, Step> = {
  placing: holdGoods,
  reserved: openPage,
  awaiting_payment: lookAtPage,
  payment_received: sell,
  paid: thenPutBack(sendParcels),
  fulfilling: thenPutBack(sendParcels),
  fulfilled: thenPutBack(async () => ({ in: null })),
  cancelled: giveGoodsBack,
  expired: giveGoodsBack,
  refund_due: thenPutBack(giveMoneyBack),
  refunded: thenPutBack(giveGoodsBack),
}

/**
 * Drives a leased order until it has to wait, and puts it down. Answers what stopped it, null when nothing did. A failed
 * step is tried again by the completer, later and later; after the payment it never gives up.
 */
export async function drive(lease: Lease, by: By): Promise<unknown> {
  let order: OrderRow | undefined
  try {
    for (let count = 0; count < 12; count++) {
      order = await getOrderRow(lease.orderId)
      // Asked anew for each step: they may take seconds, and the timeline never goes back behind what others wrote meanwhile.
      const next = await steps[order.status](order, lease, await byDatabase({ actor: 'system', at: by.at }))
      if (next === 'on') continue
      await putDown(lease, next.in)
      return null
    }
    await putDown(lease, 5)
    return null
  } catch (error) {
    if (error instanceof Killed) throw error
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ orderId: lease.orderId, status: order?.status, reason }, 'a step of an order failed and is tried again')
    await putDownFailed(lease, backoffSeconds(order?.attempts ?? 0), reason)
    return error
  }
}
