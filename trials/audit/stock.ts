// Invariants 1–12: what is on the shelves, held and sold, and that orders and stock tell the same story.
import { ago, bucketOf, bucketsOff, type Invariant, quiet, sold } from './invariant.ts'

const goodsSold = `
  SELECT l.ref, l.variant_id, l.store_id, 1 AS times, l.quantity
  FROM reservation_lines l JOIN reservations r USING (ref) WHERE r.status = 'committed'
  UNION ALL
  SELECT ref, variant_id, store_id, -1, delta_on_hand FROM stock_movements WHERE kind IN ('commit', 'commit_late')`
/** A row weighs more than all quantities: its number and what it took are summed as one. */
const goodsOff = bucketsOff(
  `SELECT ref_hash & 4095 AS bucket,
     (uuid_hash_extended(variant_id, uuid_hash_extended(store_id, ref_hash)) & 2147483647) * (quantity + times * 1000000) AS weight
   FROM (SELECT *, hashtextextended(ref, 0) AS ref_hash FROM (${goodsSold}) sold) hashed`,
)

export const stockInvariants: Invariant[] = [
  {
    id: 1,
    rule: 'nothing is oversold',
    when: 'instant',
    on: 'catalog',
    sql: `SELECT variant_id, store_id, on_hand, reserved FROM inventory
          WHERE on_hand < 0 OR reserved < 0 OR reserved > on_hand`,
  },
  {
    id: 2,
    rule: 'what is counted as reserved is what live holds hold',
    when: 'instant',
    on: 'catalog',
    sql: `SELECT variant_id, store_id, coalesce(i.reserved, 0) AS counted, coalesce(h.held, 0) AS held
          FROM inventory i FULL JOIN (
            SELECT l.variant_id, l.store_id, sum(l.quantity) AS held
            FROM reservation_lines l JOIN reservations r USING (ref) WHERE r.status = 'held' GROUP BY 1, 2
          ) h USING (variant_id, store_id)
          WHERE coalesce(i.reserved, 0) <> coalesce(h.held, 0)`,
  },
  {
    id: 3,
    rule: 'stock is the sum of its ledger',
    when: 'instant',
    on: 'catalog',
    sql: `SELECT variant_id, store_id, i.on_hand, m.on_hand AS by_ledger, i.reserved, m.reserved AS reserved_by_ledger
          FROM inventory i FULL JOIN (
            SELECT variant_id, store_id, sum(delta_on_hand) AS on_hand, sum(delta_reserved) AS reserved
            FROM stock_movements GROUP BY 1, 2
          ) m USING (variant_id, store_id)
          WHERE coalesce(i.on_hand, 0) <> coalesce(m.on_hand, 0) OR coalesce(i.reserved, 0) <> coalesce(m.reserved, 0)`,
  },
  {
    id: 4,
    rule: 'a sold reservation took its goods once, another took none',
    when: 'instant',
    on: 'catalog',
    // Lines of what is sold against what went from the shelf: both sides cancel out.
    sql: `WITH off AS MATERIALIZED (${goodsOff})
          SELECT ref, variant_id, store_id, sum(times) AS lines_less_movements, sum(quantity) AS quantity_left
          FROM (${goodsSold}) both_sides WHERE hashtextextended(ref, 0) & 4095 IN (SELECT bucket FROM off)
          GROUP BY 1, 2, 3 HAVING sum(times) <> 0 OR sum(quantity) <> 0`,
  },
  {
    id: 5,
    rule: 'a reservation ended once',
    when: 'instant',
    on: 'catalog',
    sql: `SELECT ref, status, committed_at, released_at, reason FROM reservations
          WHERE (status = 'held') <> (committed_at IS NULL AND released_at IS NULL)
             OR (committed_at IS NOT NULL AND released_at IS NOT NULL AND reason IS DISTINCT FROM 'late_commit')`,
  },
  {
    id: 6,
    rule: 'no hold outlives its end',
    when: 'settled',
    on: 'catalog',
    sql: `SELECT ref, expires_at FROM reservations
          WHERE status = 'held' AND expires_at < now() - interval '2 minutes'`,
  },
  {
    id: 7,
    rule: 'every hold and every sale belongs to an order or to a reservation in a store',
    when: 'settled',
    on: 'storefront',
    // Orders' references are their ids; other holds (a scratch product's, a counter's) have names of another shape.
    sql: `SELECT c.ref, c.status FROM cat_reservations c LEFT JOIN orders o ON o.id = c.order_id
          LEFT JOIN store_reservations s ON s.id = c.order_id
          WHERE c.order_id IS NOT NULL AND o.id IS NULL AND s.id IS NULL AND c.status IN ('held', 'committed')
            AND c.created_at <= ${ago(5)}`,
  },
  {
    id: 8,
    rule: 'units sold never exceed units received',
    when: 'instant',
    on: 'catalog',
    sql: `SELECT variant_id, sum(delta_on_hand) AS left_over FROM stock_movements GROUP BY 1 HAVING sum(delta_on_hand) < 0`,
  },
  {
    id: 9,
    rule: 'a paid order has its goods, exactly those',
    when: 'settled',
    on: 'storefront',
    sql: `SELECT order_id, variant_id, i.quantity AS bought, c.quantity AS taken
          FROM (SELECT i.order_id, i.variant_id, i.quantity FROM order_items i JOIN orders o ON o.id = i.order_id
                WHERE o.status IN ${sold} AND ${quiet()} AND ${bucketOf('o.id')} IN (SELECT bucket FROM cat_buckets)) i
          FULL JOIN (SELECT l.order_id, l.variant_id, l.quantity FROM cat_lines l
                     JOIN cat_reservations c ON c.order_id = l.order_id AND c.status = 'committed'
                     JOIN orders o ON o.id = l.order_id WHERE o.status IN ${sold} AND ${quiet()}) c
          USING (order_id, variant_id)
          WHERE i.quantity IS DISTINCT FROM c.quantity`,
  },
  {
    id: 10,
    rule: 'nothing is sold without an order that pays or gives back, or a code at a counter',
    when: 'settled',
    on: 'storefront',
    sql: `SELECT o.number, o.status FROM cat_reservations c JOIN orders o ON o.id = c.order_id
          WHERE c.status = 'committed' AND o.status IN ('placing', 'reserved', 'awaiting_payment', 'cancelled', 'expired')
            AND ${quiet()} AND c.committed_at <= ${ago(2)}
          UNION ALL
          SELECT s.number, s.status FROM cat_reservations c JOIN store_reservations s ON s.id = c.order_id
          WHERE c.status = 'committed' AND s.status <> 'collected' AND c.committed_at <= ${ago(2)}`,
  },
  {
    id: 11,
    rule: 'an order that is over holds nothing, nor does a reservation',
    when: 'settled',
    on: 'storefront',
    sql: `SELECT o.number, o.status FROM cat_reservations c JOIN orders o ON o.id = c.order_id
          WHERE c.status = 'held' AND o.status IN ('cancelled', 'expired', 'refunded') AND ${quiet()}
          UNION ALL
          SELECT s.number, s.status FROM cat_reservations c JOIN store_reservations s ON s.id = c.order_id
          WHERE c.status = 'held' AND s.ended_at <= ${ago(2)}`,
  },
  {
    id: 12,
    rule: 'no more is sent than was bought',
    when: 'instant',
    on: 'storefront',
    sql: `SELECT o.number, sent.sku, sent.quantity AS sent, coalesce(i.quantity, 0) AS bought FROM (
            SELECT p.order_id, l.line->>'sku' AS sku, sum((l.line->>'quantity')::int) AS quantity
            FROM parcels p CROSS JOIN LATERAL jsonb_array_elements(p.lines) AS l(line) GROUP BY 1, 2
            UNION ALL SELECT order_id, sku, sum(quantity) FROM cat_parcels GROUP BY 1, 2
          ) sent JOIN orders o ON o.id = sent.order_id
          LEFT JOIN order_items i ON i.order_id = sent.order_id AND i.sku = sent.sku
          WHERE sent.quantity > coalesce(i.quantity, 0)`,
  },
]
