// What a verb did, or would do, to an order and all that hangs on it: its rows before and after, as people read them.
// A rehearsal runs the verb in a transaction that is rolled back.
import type { Knex } from 'knex'
import { db, rehearse } from '#app/lib/db.server.ts'
import { formatMoney } from '#app/lib/money.ts'

/** One field of one row, in words; `before` null: there was none. */
export type Change = { row: string; field: string; before: string | null; after: string | null }

type Row = { key: string; row: string; facts: Record<string, string | number | boolean | null> }

// What decides money, goods and messages; not the columns of whoever works on a row.
const tables: { row: string; sql: string }[] = [
  {
    row: `'Order ' || number`,
    sql: `SELECT id, %s AS row, jsonb_build_object('status', status, 'cancelReason', cancel_reason, 'goods go back', release_pending) AS facts FROM orders WHERE id = ?`,
  },
  {
    row: `'Cart'`,
    sql: `SELECT c.id, %s AS row, jsonb_build_object('status', c.status) AS facts FROM carts c JOIN orders o ON o.cart_id = c.id WHERE o.id = ?`,
  },
  {
    row: `'Payment ' || attempt`,
    sql: `SELECT id, %s AS row, jsonb_build_object('status', status, 'taken', captured_minor, 'given back', refunded_minor, 'currency', currency, 'session', provider_session_id,
            'intent', provider_intent_id, 'failure', failure_code, 'card', card_last4) AS facts FROM payments WHERE order_id = ?`,
  },
  {
    row: `'Refund'`,
    sql: `SELECT id, %s AS row, jsonb_build_object('status', status, 'amount', amount_minor, 'currency', currency, 'id', provider_refund_id, 'failure', failure_reason) AS facts
          FROM refunds WHERE order_id = ?`,
  },
  {
    row: `'Dispute'`,
    sql: `SELECT id, %s AS row, jsonb_build_object('status', status, 'amount', amount_minor, 'currency', currency) AS facts FROM disputes WHERE order_id = ?`,
  },
  {
    row: `'Document ' || kind`,
    sql: `SELECT id, %s AS row, jsonb_build_object('total', total_minor, 'currency', currency) AS facts FROM invoices WHERE order_id = ?`,
  },
  {
    row: `'Timeline'`,
    sql: `SELECT id, %s AS row, jsonb_build_object('says', message) AS facts FROM order_history WHERE order_id = ?`,
  },
  {
    row: `'Message'`,
    sql: `SELECT id, %s AS row, jsonb_build_object('about', topic) AS facts FROM outbox WHERE order_id = ?`,
  },
]

async function rowsOf(orderId: string, knex: Knex): Promise<Row[]> {
  const all: Row[] = []
  for (const { row, sql } of tables) {
    const { rows } = await knex.raw<{ rows: { id: string; row: string; facts: Row['facts'] }[] }>(
      `${sql.replace('%s', row)} ORDER BY id`,
      [orderId],
    )
    all.push(...rows.map(({ id, row: name, facts }) => ({ key: `${name} ${id}`, row: name, facts })))
  }
  return all
}

const amounts = new Set(['taken', 'given back', 'amount', 'total'])

function shown(field: string, facts: Row['facts'] | undefined): string | null {
  const value = facts?.[field]
  if (value === null || value === undefined || value === '') return null
  return amounts.has(field) ? formatMoney(Number(value), String(facts?.currency)) : String(value)
}

function differ(before: Row[], after: Row[]): Change[] {
  const known = new Map(before.map((row) => [row.key, row.facts]))
  return after.flatMap(({ key, row, facts }) => {
    const was = known.get(key)
    return Object.entries(facts).flatMap(([field, value]): Change[] => {
      if (field === 'currency') return []
      const change = { row, field, before: shown(field, was), after: shown(field, facts) }
      // A new row is told whole, a known one by what changed.
      return change.before === change.after || (!was && value === false) ? [] : [change]
    })
  })
}

/** Does `work` and answers what changed by it; without an order there is nothing to watch. */
export async function watch<T>(
  orderId: string | null,
  work: () => Promise<T>,
): Promise<{ result: T; changes: Change[] }> {
  if (!orderId) return { result: await work(), changes: [] }
  const before = await rowsOf(orderId, db())
  const result = await work()
  return { result, changes: differ(before, await rowsOf(orderId, db())) }
}

/** As watch, and everything is taken back. `work` must not call anybody over the network. */
export const rehearseWatched = <T>(orderId: string | null, work: () => Promise<T>) =>
  rehearse(() => watch(orderId, work))
