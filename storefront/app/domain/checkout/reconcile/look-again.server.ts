// A look at all that the provider has of a stretch of time, asked for by a person: finds what differs and mends nothing, so
// that its effect can be shown first.
import { dropLevelled, keepDifferences } from '#app/domain/checkout/reconcile/differences.server.ts'
import { compareLeaf, findMissing, keepLeaf, type Leaf, readLeaf } from '#app/domain/checkout/reconcile/look.server.ts'
import { overlapSeconds } from '#app/domain/checkout/reconcile/rounds.server.ts'
import type { List } from '#app/domain/checkout/reconcile/rules.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { log } from '#app/lib/log.server.ts'

const lists: List[] = ['pages', 'intents', 'refunds']

/** Compares all that was made since `from`. Throws payment_unavailable; what was found until then is kept. */
export async function lookAgain(from: Date): Promise<void> {
  try {
    for (const list of lists) await lookThrough(list, from)
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.message : '' }, 'the payment provider did not answer')
    throw new DomainError('payment_unavailable', 'The payment provider cannot be asked right now. Try again.')
  }
}

async function lookThrough(list: List, from: Date): Promise<void> {
  const { rows } = await db().raw<{ rows: { now: Date }[] }>('SELECT now()')
  const since = rows[0]?.now ?? from
  let after: string | null = null
  let oldest: Date | null = null
  do {
    const leaf: Leaf = await readLeaf(list, { from: addSeconds(from, -overlapSeconds), to: null, after })
    const found = await compareLeaf(leaf)
    await transaction((trx) => keepLeaf(trx, leaf, found, since))
    oldest = leaf.items.at(-1)?.createdAt ?? oldest
    after = leaf.next
  } while (after)
  const missing = oldest ? await findMissing(list, { from: oldest > from ? oldest : from, since }) : []
  await transaction(async (trx) => {
    await keepDifferences(trx, missing, since)
    await dropLevelled(trx, list, { from, since })
  })
}
