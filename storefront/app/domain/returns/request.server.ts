// A shopper announces a return, and may withdraw it while nothing came. What may come back is worked out under the order's
// lock, so that two forms at once never announce more than was bought.
import type { Knex } from 'knex'
import { lockOrder, writeHistory } from '#app/domain/orders/transition.server.ts'
import type { OrderRow } from '#app/domain/orders/work.server.ts'
import { Return, ReturnLine } from '#app/domain/returns/models.ts'
import { lockReturn, moveReturn, tell } from '#app/domain/returns/move-return.server.ts'
import { findReturnable } from '#app/domain/returns/queries.server.ts'
import type { ReturnReason } from '#app/domain/returns/return-status.ts'
import type { ReturnableLine } from '#app/domain/returns/returnable.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newId, newReturnNumber } from '#app/lib/ids.ts'

export type WantedReturn = {
  orderId: string
  /** Made with the form: a double click is one return. */
  formKey: string
  lines: { sku: string; quantity: number; reason: ReturnReason }[]
  note: string | null
}

/**
 * Announces a return and answers its number; the same form twice is the same return. Throws not_found, illegal_transition
 * (nothing of the order may come back), validation_failed naming the line (`q:<sku>`).
 */
export async function requestReturn(input: WantedReturn, by: By): Promise<{ number: string; isNew: boolean }> {
  return transaction(async (trx) => {
    const order = await lockOrder(trx, input.orderId)
    const sent = await Return.query(trx).findOne({ orderId: order.id, formKey: input.formKey })
    if (sent) return { number: sent.number, isNew: false }
    const { lines } = await findReturnable(order, by.at, trx)
    if (lines.length === 0) throw new DomainError('illegal_transition', 'Nothing of this order can be returned now.')
    const row = await insertReturn(trx, order, input, pick(lines, input.lines), by)
    await writeHistory(trx, order.id, by, {
      kind: 'note',
      message: `Return ${row.number} asked for`,
      details: { returnNumber: row.number },
    })
    await tell(trx, order, row, 'order.return_requested')
    return { number: row.number, isNew: true }
  })
}

type PickedLine = ReturnableLine & { reason: ReturnReason }

function pick(returnable: ReturnableLine[], wanted: WantedReturn['lines']): PickedLine[] {
  if (wanted.length === 0) throw wrong('form', 'Choose what you want to send back.')
  if (new Set(wanted.map(({ sku }) => sku)).size < wanted.length) throw wrong('form', 'Name each thing once.')
  return wanted.map(({ sku, quantity, reason }) => {
    const line = returnable.find((one) => one.sku === sku)
    if (!line) throw wrong(`q:${sku}`, 'This cannot be returned.')
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > line.quantity)
      throw wrong(`q:${sku}`, `Choose a number from 1 to ${line.quantity}.`)
    return { ...line, quantity, reason }
  })
}

const wrong = (field: string, message: string) =>
  new DomainError('validation_failed', message, { fields: { [field]: [message] } })

async function insertReturn(
  trx: Knex.Transaction,
  order: OrderRow,
  { formKey, note }: WantedReturn,
  lines: PickedLine[],
  by: By,
): Promise<Return> {
  const row = await Return.query(trx)
    .insert({
      id: newId(by.at.getTime()),
      number: newReturnNumber(),
      formKey,
      orderId: order.id,
      note,
      requestedBy: by.actor,
      requestedAt: by.at,
      updatedAt: by.at,
    })
    .returning('*')
  await ReturnLine.query(trx).insert(
    lines.map(({ sku, title, variantTitle, quantity, reason }) => ({
      returnId: row.id,
      sku,
      title,
      variantTitle,
      quantity,
      reason,
    })),
  )
  return row
}

/** The shopper changes their mind, or staff close what never came. Told twice changes nothing. Throws not_found, illegal_transition. */
export async function cancelReturn(input: { orderId: string; number: string }, by: By): Promise<void> {
  await transaction(async (trx) => {
    const found = await lockReturn(trx, input)
    await moveReturn(trx, found, 'cancel', by, {
      patch: { closedAt: by.at },
      message: `Return ${found.row.number} withdrawn`,
      action: 'returns:cancel',
    })
  })
}
