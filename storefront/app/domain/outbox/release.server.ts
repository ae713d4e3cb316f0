// Staff let a parked message be tried again. Whether it was sent in the meantime is still asked by the notifier.
import { recordAct } from '#app/domain/audit/audit.server.ts'
import { secretTopics } from '#app/domain/outbox/events.ts'
import { topicLabel } from '#app/domain/outbox/kinds.ts'
import type { By } from '#app/lib/clock.ts'
import { transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { isUuid } from '#app/lib/uuid.ts'

/** Makes the message due now, with all its tries. Throws not_found, conflict when it is not parked or its link is over. */
export async function releaseMessage(id: string, by: By): Promise<{ label: string }> {
  if (!isUuid(id)) throw notFound('The message')
  return transaction(async (trx) => {
    const row = await trx('outbox').where({ id }).forUpdate().first('topic', 'parkedAt', 'lastError', 'attempts')
    if (!row) throw notFound('The message')
    if (!row.parkedAt) throw new DomainError('conflict', 'This message does not wait for a person any more.')
    if (secretTopics.some((topic) => topic === row.topic))
      throw new DomainError('conflict', 'Its link is for its reader alone: let them ask for a new one.')
    await trx('outbox')
      .where({ id })
      .update({ parkedAt: null, lastError: null, attempts: 0, nextAttemptAt: trx.fn.now() })
    await trx.raw("SELECT pg_notify('outbox', '')")
    const before = { parkedAt: row.parkedAt, lastError: row.lastError, attempts: row.attempts }
    await recordAct(trx, by, {
      action: 'messages:release',
      subject: `message:${id}`,
      before,
      after: { topic: row.topic },
    })
    return { label: topicLabel(row.topic) }
  })
}
