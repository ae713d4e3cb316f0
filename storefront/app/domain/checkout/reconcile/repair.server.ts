// The one safe repair of each difference: always a road that exists already (settle, record a refund, refund and end, end a
// page), shown first by a rehearsal. The provider is read again right before; doing it twice changes nothing.
import { actOutside } from '#app/domain/audit/audit.server.ts'
import { hurry, settle } from '#app/domain/checkout/complete.server.ts'
import { endMismatch, refuseMismatch } from '#app/domain/checkout/end-mismatch.server.ts'
import {
  dropDifference,
  findDifference,
  type KeptDifference,
  keepDifferences,
} from '#app/domain/checkout/reconcile/differences.server.ts'
import { compareLeaf, type Leaf } from '#app/domain/checkout/reconcile/look.server.ts'
import { type Repair, repairOf } from '#app/domain/checkout/reconcile/rules.ts'
import { type Change, rehearseWatched } from '#app/domain/checkout/rehearsal.server.ts'
import { recordSession } from '#app/domain/checkout/steps/settle-payment.server.ts'
import { recordProviderRefund } from '#app/domain/checkout/steps/settle-refund.server.ts'
import { countsAsRefunded } from '#app/domain/payments/payment-status.ts'
import { findPaymentOf, findPaymentOfIntent } from '#app/domain/payments/payments.server.ts'
import type { ProviderSession } from '#app/domain/payments/provider.ts'
import { retrieveRefund } from '#app/domain/payments/stripe.server.ts'
import { endPayable, giveBackUnknown, retrievePayable } from '#app/domain/payments/stripe-intents.server.ts'
import type { By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError, isDomainError, notFound } from '#app/lib/errors.ts'
import { Killed } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'
import { formatMoney } from '#app/lib/money.ts'

export type Preview = { difference: KeptDifference; repair: Repair; changes: Change[]; afterwards: string | null }

const next: Record<NonNullable<Repair>, string> = {
  settle:
    'Then the goods are sold to the order and the shopper gets the mail; when they are gone, the money goes back by itself.',
  record_refund: 'Nothing is sent to Stripe: the money went back already.',
  end_mismatch: 'Then the refund is sent to Stripe and the goods are free again.',
  give_back:
    'All of it goes back to the card it came from, once. Nothing is sold and no order changes: none of ours knows this payment.',
  expire_page:
    'At Stripe the page ends first: nobody can pay on it any more. Had somebody just paid, that is recorded.',
}

/** What the repair of a difference would write. Writes nothing. Throws not_found, payment_unavailable. */
export async function previewRepair(id: string, by: By): Promise<Preview> {
  const difference = await findDifference(id)
  if (!difference) throw notFound('This difference')
  const repair = repairOf[difference.kind]
  if (!repair) return { difference, repair, changes: [], afterwards: null }
  const { write, there } = await whatToWrite(repair, difference, { ...by, staff: undefined })
  const { changes, result: refused } = await rehearseWatched(difference.orderId, async () => {
    try {
      await write()
      return null
    } catch (error) {
      // It is level by now, or something else must be done first: nothing would be written.
      if (isDomainError(error)) return error.message
      throw error
    }
  })
  return { difference, repair, changes: [...there, ...changes], afterwards: refused ?? next[repair] }
}

/** Asks the provider, and answers what the repair changes there, and what it then does in our database alone. */
async function whatToWrite(
  repair: NonNullable<Repair>,
  one: KeptDifference,
  by: By,
): Promise<{ write: () => Promise<unknown>; there: Change[] }> {
  if (repair === 'record_refund') {
    const refund = await asked(retrieveRefund(one.objectId))
    return { write: () => recordProviderRefund(refund, by), there: [] }
  }
  const session = await asked(retrievePayable(one.objectId))
  if (repair === 'give_back') return { write: async () => requireUnknown(session), there: [goingBack(session)] }
  if (repair === 'end_mismatch') return { write: () => refuseMismatch(one.orderId ?? '', session, by), there: [] }
  if (repair === 'settle' || session.status !== 'open') return { write: () => recordSession(session, by), there: [] }
  const ended = { row: 'Page at Stripe', field: 'status', before: 'open', after: 'expired' }
  return { write: () => recordSession({ ...session, status: 'expired' }, by), there: [ended] }
}

/**
 * Does the repair and looks again. Answers whether it was there to be done: told twice, the second finds it level. What a
 * repair leaves (money that does not fit) is a difference of its own. Throws conflict when nothing is safe,
 * payment_unavailable.
 */
export async function repairDifference(id: string, by: By): Promise<{ repaired: boolean }> {
  const difference = await findDifference(id)
  if (!difference) return { repaired: false }
  const { kind, objectId, orderId, orderNumber, ours, theirs } = difference
  const repair = repairOf[kind]
  if (!repair) throw new DomainError('conflict', 'Nothing can be done about this from here: look at it in Stripe.')
  const act = {
    action: 'money:repair',
    subject: orderNumber ? `order:${orderNumber}` : `payment:${objectId}`,
    before: { difference: kind, ours, theirs },
    after: { repair },
  }
  // This one writes its own line, with its rows.
  if (repair === 'end_mismatch') await endMismatch({ orderId: orderId ?? '' }, by).catch(unlessDone)
  else await actOutside(by, act, () => mend(repair, difference, by))
  await lookAgainAt(difference)
  return { repaired: true }
}

const unlessDone = (error: unknown): void => {
  if (!isDomainError(error, 'illegal_transition')) throw error
}

async function mend(repair: NonNullable<Repair>, { objectId, orderId }: KeptDifference, by: By): Promise<void> {
  const asStripe = { ...by, actor: 'stripe' }
  if (repair === 'record_refund') {
    await recordProviderRefund(await asked(retrieveRefund(objectId)), asStripe)
  } else if (repair === 'expire_page') {
    await recordSession(await asked(endPayable(objectId)), asStripe)
  } else if (repair === 'give_back') {
    await giveBack(await asked(retrievePayable(objectId)))
  } else {
    await asked(settle({ sessionId: objectId }, by))
  }
  if (orderId) await hurry(orderId, by)
}

const goingBack = ({ amountMinor, currency }: ProviderSession): Change => ({
  row: 'Payment at Stripe',
  field: 'given back',
  before: formatMoney(0, currency),
  after: formatMoney(amountMinor, currency),
})

/** The intent of a paid page that is really none of our payments, right now. Throws conflict. */
async function requireUnknown({ id, intentId, isPaid }: ProviderSession): Promise<string> {
  const known = (await findPaymentOf(id)) ?? (intentId ? await findPaymentOfIntent(intentId) : undefined)
  if (!known && isPaid && intentId) return intentId
  throw new DomainError('conflict', 'This payment is known by now: compare again and look at what is listed.')
}

async function giveBack(session: ProviderSession): Promise<void> {
  const refund = await asked(giveBackUnknown(await requireUnknown(session)))
  if (countsAsRefunded(refund.status)) return
  throw new DomainError(
    'conflict',
    'Stripe could not give it back to this card. Pay it back another way, and note how.',
  )
}

/** Reads the one thing again and keeps the list level with it. */
async function lookAgainAt(one: KeptDifference): Promise<void> {
  const { objectId, occurredAt: createdAt } = one
  const leaf: Leaf =
    one.list === 'refunds'
      ? { list: one.list, items: [{ ...(await asked(retrieveRefund(objectId))), createdAt }], next: null }
      : {
          list: one.list,
          items: [{ ...(await asked(retrievePayable(objectId))), isOfPage: false, createdAt }],
          next: null,
        }
  const found = await compareLeaf(leaf)
  if (!found.some(({ kind }) => kind === one.kind)) await dropDifference(one.id)
  const { rows } = await db().raw<{ rows: { now: Date }[] }>('SELECT now()')
  await keepDifferences(db(), found, rows[0]?.now ?? createdAt)
}

async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (isDomainError(error) || error instanceof Killed) throw error
    log.warn({ reason: error instanceof Error ? error.message : '' }, 'the payment provider did not answer')
    throw new DomainError('payment_unavailable', 'The payment provider cannot be asked right now. Try again.')
  }
}
