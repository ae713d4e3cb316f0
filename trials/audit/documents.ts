// Invariants 37–41: what is on paper (invoices, credit notes), coupons, and what lies in a store for somebody.
import { ago, type Invariant, quiet, sold } from './invariant.ts'

export const documentInvariants: Invariant[] = [
  {
    id: 37,
    rule: 'documents are numbered without a gap',
    when: 'instant',
    on: 'storefront',
    sql: `SELECT series, year, c.last_number, i.documents, i.first, i.last FROM document_counters c FULL JOIN (
            SELECT series, year, count(*) AS documents, min(sequence) AS first, max(sequence) AS last FROM invoices GROUP BY 1, 2
          ) i USING (series, year)
          WHERE coalesce(c.last_number, 0) <> coalesce(i.last, 0) OR i.documents <> i.last OR i.first <> 1`,
  },
  {
    id: 38,
    rule: 'what is sold is invoiced, and invoices less credit notes are the money kept',
    when: 'settled',
    on: 'storefront',
    sql: `SELECT o.number, o.status, d.total AS on_paper, coalesce(p.kept, 0) AS kept FROM orders o
          LEFT JOIN (SELECT order_id, sum(CASE kind WHEN 'credit_note' THEN -total_minor ELSE total_minor END) AS total
                     FROM invoices GROUP BY 1) d ON d.order_id = o.id
          LEFT JOIN (SELECT order_id, captured_minor - refunded_minor AS kept FROM payments WHERE status = 'succeeded') p
            ON p.order_id = o.id
          WHERE ((o.status IN ${sold} AND d.order_id IS NULL) OR d.total <> coalesce(p.kept, 0)) AND ${quiet()}`,
  },
  {
    id: 39,
    rule: 'a coupon counts its uses, and nobody uses it more often than they may',
    when: 'instant',
    on: 'storefront',
    // Beyond a customer's limit is only who had given it back, and paid after all.
    sql: `SELECT c.code, c.used, count(u.id) FILTER (WHERE u.status = 'claimed' AND NOT u.beyond_limit) AS claimed
          FROM coupons c LEFT JOIN coupon_uses u ON u.coupon_id = c.id GROUP BY c.id
          HAVING c.used <> count(u.id) FILTER (WHERE u.status = 'claimed' AND NOT u.beyond_limit) OR c.used > c.limit_total
          UNION ALL
          SELECT u.coupon_id::text, NULL, count(*) FROM coupon_uses u JOIN coupons c ON c.id = u.coupon_id
          JOIN orders o ON o.id = u.order_id
          WHERE u.status = 'claimed' AND NOT u.beyond_limit AND c.limit_per_customer IS NOT NULL AND c.updated_at <= u.claimed_at
            AND NOT EXISTS (SELECT 1 FROM order_history h WHERE h.order_id = o.id AND h.from_status IN ('cancelled', 'expired'))
          GROUP BY u.coupon_id, u.email_hash, c.limit_per_customer HAVING count(*) > c.limit_per_customer`,
  },
  {
    id: 40,
    rule: 'a code on an order is a use as long as the order lives',
    when: 'settled',
    on: 'storefront',
    sql: `SELECT o.number, o.status, o.coupon->>'code' AS code, u.status AS use FROM orders o
          LEFT JOIN coupon_uses u ON u.order_id = o.id
          WHERE o.coupon IS NOT NULL AND ${quiet()} AND (
            (o.status IN ('placing', 'reserved', 'awaiting_payment', 'payment_received', 'paid', 'fulfilling', 'fulfilled')
              AND u.status IS DISTINCT FROM 'claimed')
            OR (o.status IN ('cancelled', 'expired') AND u.status = 'claimed'))
          UNION ALL
          SELECT o.number, o.status, 'none', u.status FROM coupon_uses u JOIN orders o ON o.id = u.order_id
          WHERE o.coupon IS NULL`,
  },
  {
    id: 41,
    rule: 'what lies in a store for somebody is held for them, what they took home is sold, exactly that',
    when: 'settled',
    on: 'storefront',
    sql: `SELECT s.number, s.status, c.status AS hold, s.quantity, l.quantity AS held FROM store_reservations s
          LEFT JOIN cat_reservations c ON c.order_id = s.id
          LEFT JOIN (SELECT order_id, sum(quantity) AS quantity FROM cat_lines GROUP BY 1) l ON l.order_id = s.id
          WHERE (s.status = 'held' AND s.created_at <= ${ago(2)} AND s.expires_at > now()
                 AND (c.status IS DISTINCT FROM 'held' OR l.quantity IS DISTINCT FROM s.quantity))
             OR (s.status = 'collected' AND s.stock_settled_at <= ${ago(2)}
                 AND (c.status IS DISTINCT FROM 'committed' OR l.quantity IS DISTINCT FROM s.quantity))`,
  },
]
