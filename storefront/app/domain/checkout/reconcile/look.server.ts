// One look at a page of the provider's lists: which of our rows it differs from, and mending what only has to be written
// down, by the roads that webhooks take. One object that cannot be mended does not stop the look.
import type { Knex } from 'knex'
import { keepDifferences } from '#app/domain/checkout/reconcile/differences.server.ts'
import {
  compareIntent,
  comparePayable,
  compareRefund,
  type Difference,
  type List,
  mendsItself,
  missingThere,
} from '#app/domain/checkout/reconcile/rules.ts'
import { settlePayment } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { recordProviderRefund } from '#app/domain/checkout/steps/settle-refund.server.ts'
import { listStatuses } from '#app/domain/orders/work.server.ts'
import {
  listPaymentsOfPayables,
  listRowsOfRefunds,
  listUnseenPayments,
  listUnseenRefunds,
  rememberSeen,
} from '#app/domain/payments/money-rows.server.ts'
import { countsAsRefunded } from '#app/domain/payments/payment-status.ts'
import type { ListedPayable, ListedRefund } from '#app/domain/payments/provider.ts'
import { listRefunds } from '#app/domain/payments/stripe.server.ts'
import {
  type Listed,
  listIntents,
  listPages,
  listRefundsMade,
  type Stretch,
} from '#app/domain/payments/stripe-lists.server.ts'
import type { By } from '#app/lib/clock.ts'
import { Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'
import { isUuid } from '#app/lib/uuid.ts'

/** A page of one of the lists, with which list it is of. */
export type Leaf =
  | ({ list: 'pages' | 'intents' } & Listed<ListedPayable>)
  | ({ list: 'refunds' } & Listed<ListedRefund>)

/** Asks the provider for one page of a list. */
export async function readLeaf(list: List, stretch: Stretch): Promise<Leaf> {
  if (list === 'refunds') return { list, ...(await listRefundsMade(stretch)) }
  return { list, ...(await (list === 'pages' ? listPages : listIntents)(stretch)) }
}

/** How the things of a page differ from our rows as they are now. */
export async function compareLeaf(leaf: Leaf): Promise<Difference[]> {
  if (leaf.list === 'refunds') {
    const known = await listRowsOfRefunds(leaf.items)
    return leaf.items.flatMap((refund) => compareRefund(refund, known) ?? [])
  }
  const { list, items } = leaf
  const orderIds = items.flatMap(({ orderId }) => (orderId && isUuid(orderId) ? [orderId] : []))
  const [payments, orders] = await Promise.all([listPaymentsOfPayables(items), listStatuses(orderIds)])
  const known = { payments, orders }
  const found = items.flatMap((payable) => {
    const isPaidOn = list === 'pages' || !payable.isOfPage
    const own = isPaidOn ? comparePayable(list, payable, known) : null
    return own ?? (list === 'intents' ? (compareIntent(payable, known) ?? []) : [])
  })
  const open: Difference[] = []
  for (const one of found) if (one.kind !== 'paid_there_unknown' || !(await wentBack(items, one))) open.push(one)
  return open
}

/** Whether all of an unknown payment went back, from here or in the dashboard: then nobody's money is left. */
async function wentBack(items: readonly ListedPayable[], { objectId }: Difference): Promise<boolean> {
  const payable = items.find(({ id }) => id === objectId)
  if (!payable?.intentId) return false
  const refunds = (await listRefunds(payable.intentId)).filter(({ status }) => countsAsRefunded(status))
  return refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0) >= payable.amountMinor
}

/** So long is mended on one page, well within the round's lease; what is left by then is listed, and the next round's. */
const mendSeconds = 60

/** Mends what mends itself; answers how many things were put right. */
export async function mend(
  leaf: Leaf,
  found: readonly Difference[],
  by: By,
  isStopping: () => boolean = () => false,
): Promise<number> {
  let mended = 0
  const until = performance.now() + mendSeconds * 1000
  for (const difference of found.filter(({ kind }) => mendsItself(kind))) {
    if (isStopping() || performance.now() > until) break
    const { kind, objectId, orderId } = difference
    try {
      const changed = await mendOne(leaf, difference, by)
      if (!changed) continue
      mended++
      log.warn({ kind, objectId, orderId }, 'the reconciler wrote down what no webhook told')
    } catch (error) {
      if (error instanceof Killed) throw error
      const reason = error instanceof Error ? error.message : String(error)
      log.error({ kind, objectId, orderId, reason }, 'the reconciler could not mend a difference')
    }
  }
  return mended
}

async function mendOne(leaf: Leaf, { objectId }: Difference, by: By): Promise<boolean> {
  if (leaf.list !== 'refunds') {
    // Written down and woken, not driven on: the completer does that, and the next object waits for nobody.
    const { outcome } = await settlePayment(objectId, { ...by, actor: 'stripe' })
    return outcome === 'paid' || outcome === 'paid_twice'
  }
  const refund = leaf.items.find(({ id }) => id === objectId)
  return refund !== undefined && (await recordProviderRefund(refund, { ...by, actor: 'stripe' })).changed
}

/** Keeps what was seen and what differed, `at` being when this look began. */
export async function keepLeaf(trx: Knex, leaf: Leaf, found: readonly Difference[], at: Date): Promise<void> {
  if (leaf.list !== 'pages')
    await rememberSeen(
      trx,
      leaf.items.map(({ id }) => id),
      at,
    )
  await keepDifferences(trx, found, at)
}

/** After the last page: what we hold for a fact of the provider and what it did not show. */
export async function findMissing(list: List, stretch: { from: Date; since: Date }): Promise<Difference[]> {
  if (list === 'pages') return []
  const rows = list === 'intents' ? await listUnseenPayments(stretch) : await listUnseenRefunds(stretch)
  return rows.map(missingThere)
}
