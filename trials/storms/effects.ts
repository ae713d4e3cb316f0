// How often each remote call had its effect, order by order: in the storefront's rows, in the catalogue's ledger and in the
// provider's books. Exactly once is right; everything else is a line of the answer. Reads only.
import pg from 'pg'
import type { ProviderRows } from '../audit/world.ts'
import type { Stage } from '../weather/stage.ts'

type Counts = {
  id: string
  status: string
  attempts: number
  refunds: number
  credited: number
  paid: number
  cancelled: number
  mails: number
}
type Moves = { ref: string; hold: number; commit: number; release: number }

const here = `
  SELECT o.id, o.status,
    (SELECT count(*)::int FROM payments p WHERE p.order_id = o.id) AS attempts,
    (SELECT count(*)::int FROM refunds r WHERE r.order_id = o.id AND r.status = 'succeeded') AS refunds,
    (SELECT count(*)::int FROM invoices n WHERE n.order_id = o.id AND n.kind = 'credit_note') AS credited,
    (SELECT count(*)::int FROM order_history h WHERE h.order_id = o.id AND h.kind = 'status' AND h.to_status = 'paid') AS paid,
    (SELECT count(*)::int FROM order_history h WHERE h.order_id = o.id AND h.kind = 'status' AND h.to_status = 'cancelled') AS cancelled,
    (SELECT count(*)::int FROM outbox m WHERE m.dedupe_key IN ('order.paid:' || o.id, 'order.cancelled:' || o.id)) AS mails
  FROM orders o WHERE o.id = ANY ($1)`

const there = `
  SELECT ref, count(*) FILTER (WHERE kind = 'hold')::int AS hold, count(*) FILTER (WHERE kind LIKE 'commit%')::int AS commit,
    count(*) FILTER (WHERE kind = 'release')::int AS release
  FROM stock_movements WHERE ref = ANY ($1) GROUP BY 1`

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string, orders: string[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, [orders])).rows
  } finally {
    await client.end()
  }
}

/** A line for every effect that is not there exactly once (or, on the other road, not at all). */
export async function countEffects(stage: Stage, provider: ProviderRows, orders: string[]): Promise<string[]> {
  const counts = await ask<Counts>(stage.urls.storefront, here, orders)
  const moves = new Map((await ask<Moves>(stage.urls.catalog, there, orders)).map((each) => [each.ref, each]))
  return counts.flatMap((order) => {
    const sold = order.status === 'paid'
    const sessions = provider.sessions.filter(({ orderId }) => orderId === order.id)
    const intents = provider.intents.filter(({ orderId, status }) => orderId === order.id && status === 'succeeded')
    const refunds = provider.refunds.filter(({ intentId }) => intents.some(({ id }) => id === intentId))
    const { hold = 0, commit = 0, release = 0 } = moves.get(order.id) ?? {}
    const found: [what: string, times: number, right: number][] = [
      ['held', hold, 1],
      ['sold from the shelf', commit, sold ? 1 : 0],
      ['released', release, sold ? 0 : 1],
      ['payment pages at the provider', sessions.length, 1],
      ['attempts to pay', order.attempts, 1],
      ['pages ended at the provider', sessions.filter(({ status }) => status === 'expired').length, sold ? 0 : 1],
      ['charges at the provider', intents.length, sold ? 1 : 0],
      ['refunds at the provider', refunds.length, order.refunds],
      ['credit notes', order.credited, order.refunds],
      ['times paid', order.paid, sold ? 1 : 0],
      ['times cancelled', order.cancelled, sold ? 0 : 1],
      ['mails about its end', order.mails, 1],
    ]
    return found.flatMap(([what, times, right]) =>
      times === right ? [] : [`order ${order.id} (${order.status}): ${what} ${times}, not ${right}`],
    )
  })
}
