// Invariants 13–23: money here and at the provider, and one live order for a cart.
import { ago, bucketOfUuid, bucketsOff, type Invariant, live, quiet, sold, weighed } from './invariant.ts'

const pivotPassed = `('payment_received', 'paid', 'fulfilling', 'fulfilled', 'refund_due', 'refunded')`

const linesOff = bucketsOff(
  `SELECT ${weighed('id', 'subtotal_minor - discount_minor')} FROM orders
   UNION ALL SELECT ${weighed('order_id', '-line_total_minor')} FROM order_items`,
)

export const moneyInvariants: Invariant[] = [
  {
    id: 13,
    rule: 'money that came belongs to an order that is paid, on its way there, or goes back',
    when: 'settled',
    on: 'storefront',
    sql: `SELECT o.number, o.status, p.id, p.status AS payment FROM payments p JOIN orders o ON o.id = p.order_id
          WHERE p.status = 'succeeded' AND o.status NOT IN ${pivotPassed} AND ${quiet()}
          UNION ALL
          SELECT o.number, o.status, p.id, p.status FROM payments p JOIN orders o ON o.id = p.order_id
          WHERE p.status = 'succeeded_duplicate' AND ${quiet('p.updated_at', 15)} AND p.captured_minor > coalesce((
            SELECT sum(r.amount_minor) FROM refunds r WHERE r.payment_id = p.id AND r.status NOT IN ('failed', 'canceled')), 0)`,
  },
  {
    id: 14,
    rule: 'a paid order has exactly one payment that counts',
    when: 'instant',
    on: 'storefront',
    sql: `SELECT o.number, o.status, count(p.id) AS payments FROM orders o
          LEFT JOIN payments p ON p.order_id = o.id AND p.status = 'succeeded'
          WHERE o.status IN ${sold} AND o.total_minor > 0 GROUP BY o.id HAVING count(p.id) <> 1`,
  },
  {
    id: 15,
    rule: 'lines, order, payment and provider agree about amount and currency',
    when: 'instant',
    on: 'storefront',
    sql: `WITH off AS MATERIALIZED (${linesOff})
          SELECT o.number, 'lines' AS where_, o.subtotal_minor - o.discount_minor AS ours, i.total AS theirs
          FROM orders o JOIN (SELECT order_id, sum(line_total_minor) AS total FROM order_items
            WHERE ${bucketOfUuid('order_id')} IN (SELECT bucket FROM off) GROUP BY 1) i ON i.order_id = o.id
          WHERE o.subtotal_minor - o.discount_minor <> i.total
          UNION ALL
          SELECT number, 'sum', total_minor, subtotal_minor - discount_minor + shipping_minor + tax_minor FROM orders
          WHERE total_minor <> subtotal_minor - discount_minor + shipping_minor + tax_minor
          UNION ALL
          SELECT o.number, 'payment', o.total_minor, p.amount_minor FROM payments p JOIN orders o ON o.id = p.order_id
          WHERE p.amount_minor <> o.total_minor OR p.currency <> o.currency
             OR (p.status IN ('succeeded', 'succeeded_duplicate') AND p.captured_minor <> p.amount_minor)
          UNION ALL
          SELECT o.number, 'provider', p.captured_minor, pr.received_minor
          FROM payments p JOIN orders o ON o.id = p.order_id JOIN pr_intents pr ON pr.id = p.provider_intent_id
          WHERE p.status IN ('succeeded', 'succeeded_duplicate')
            AND (pr.received_minor <> p.captured_minor OR pr.currency <> p.currency)`,
  },
  {
    id: 16,
    rule: 'a payment is known on both sides or on neither',
    when: 'settled',
    on: 'storefront',
    provider: true,
    // What went back is summed once for all: asked for each intent it read every refund as often as there are intents.
    sql: `SELECT pr.id AS intent, o.number, 'there, not here' AS found FROM pr_intents pr JOIN orders o ON o.id = pr.order_id
          LEFT JOIN payments p ON p.provider_intent_id = pr.id AND p.status IN ('succeeded', 'succeeded_duplicate')
          LEFT JOIN (SELECT intent_id, sum(amount_minor) AS amount FROM pr_refunds
                     WHERE status NOT IN ('failed', 'canceled') GROUP BY 1) back ON back.intent_id = pr.id
          WHERE pr.status = 'succeeded' AND p.id IS NULL AND pr.created_at <= ${ago(10)}
            AND pr.received_minor > coalesce(back.amount, 0)
          UNION ALL
          SELECT p.provider_intent_id, o.number, 'here, not there' FROM payments p JOIN orders o ON o.id = p.order_id
          LEFT JOIN pr_intents pr ON pr.id = p.provider_intent_id
          WHERE p.provider = 'stripe' AND p.status IN ('succeeded', 'succeeded_duplicate') AND pr.status IS DISTINCT FROM 'succeeded'
            AND p.succeeded_at > (SELECT min(created_at) FROM pr_intents) AND ${quiet('p.updated_at', 10)}`,
  },
  {
    id: 17,
    rule: 'one object at the provider is one payment of one order',
    when: 'instant',
    on: 'storefront',
    sql: `SELECT provider_session_id AS id, count(*) AS times FROM payments WHERE provider_session_id IS NOT NULL
          GROUP BY provider, provider_session_id HAVING count(*) > 1
          UNION ALL
          SELECT provider_intent_id, count(*) FROM payments WHERE provider_intent_id IS NOT NULL
          GROUP BY provider, provider_intent_id HAVING count(*) > 1
          UNION ALL
          SELECT p.provider_intent_id, 1 FROM payments p JOIN pr_intents pr ON pr.id = p.provider_intent_id
          WHERE pr.order_id IS DISTINCT FROM p.order_id`,
  },
  {
    id: 18,
    rule: 'no more goes back than came',
    when: 'instant',
    on: 'storefront',
    sql: `SELECT p.id, p.captured_minor, p.refunded_minor, r.taken, r.succeeded FROM payments p LEFT JOIN (
            SELECT payment_id, sum(amount_minor) FILTER (WHERE status NOT IN ('failed', 'canceled')) AS taken,
                   sum(amount_minor) FILTER (WHERE status = 'succeeded') AS succeeded
            FROM refunds GROUP BY 1
          ) r ON r.payment_id = p.id
          WHERE coalesce(r.taken, 0) > p.captured_minor OR coalesce(r.succeeded, 0) <> p.refunded_minor`,
  },
  {
    id: 19,
    rule: 'refunds are the same on both sides',
    when: 'settled',
    on: 'storefront',
    provider: true,
    sql: `SELECT coalesce(pr.id, r.provider_refund_id) AS refund, r.amount_minor AS ours, pr.amount_minor AS theirs
          FROM (SELECT r.*, p.provider_intent_id FROM refunds r JOIN payments p ON p.id = r.payment_id
                WHERE p.provider = 'stripe' AND r.provider_refund_id IS NOT NULL) r
          FULL JOIN (SELECT pr.* FROM pr_refunds pr JOIN payments p ON p.provider_intent_id = pr.intent_id) pr
            ON pr.id = r.provider_refund_id
          WHERE (r.id IS NULL AND pr.created_at <= ${ago(10)})
             OR (pr.id IS NULL AND ${quiet('r.updated_at', 10)} AND r.created_at > (SELECT min(created_at) FROM pr_intents))
             OR pr.amount_minor <> r.amount_minor`,
  },
  {
    id: 20,
    rule: 'what is owed back goes back',
    when: 'settled',
    on: 'storefront',
    sql: `SELECT o.number, o.updated_at FROM orders o WHERE o.status = 'refund_due' AND ${quiet('o.updated_at', 15)}`,
  },
  {
    id: 21,
    rule: 'an order that is over cannot be paid any more',
    when: 'settled',
    on: 'storefront',
    provider: true,
    sql: `SELECT o.number, o.status, pr.id FROM pr_sessions pr JOIN orders o ON o.id = pr.order_id
          WHERE pr.status = 'open' AND o.status IN ('cancelled', 'expired', 'refunded') AND ${quiet()}`,
  },
  {
    id: 22,
    rule: 'an order can be paid on one page at most',
    when: 'settled',
    on: 'storefront',
    sql: `SELECT order_id, count(*) AS pages FROM payments WHERE status IN ('new', 'open', 'processing')
          GROUP BY 1 HAVING count(*) > 1
          UNION ALL
          SELECT pr.order_id, count(*) FROM pr_sessions pr JOIN orders o ON o.id = pr.order_id
          WHERE pr.status = 'open' AND ${quiet()} GROUP BY 1 HAVING count(*) > 1`,
  },
  {
    id: 23,
    rule: 'a cart has one order that can still be paid, and is closed once one is',
    when: 'instant',
    on: 'storefront',
    sql: `SELECT cart_id, 'live orders' AS found, count(*) AS times FROM orders WHERE status IN ${live}
          GROUP BY 1 HAVING count(*) > 1
          UNION ALL
          SELECT c.id, 'open after payment', 1 FROM carts c JOIN orders o ON o.cart_id = c.id
          WHERE o.status IN ${pivotPassed} AND c.status IN ('open', 'checking_out')`,
  },
]
