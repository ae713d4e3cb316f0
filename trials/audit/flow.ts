// Invariants 24–36: nothing is stuck, every fact has its message, no door is open, every constraint is in place.
import { ago, bucketOfUuid, bucketsOff, type Invariant, live, quiet, weighed } from './invariant.ts'

const owes = `(VALUES ('awaiting_payment', 'order.placed'), ('paid', 'order.paid'), ('fulfilled', 'order.delivered'))`

const messagesOff = bucketsOff(
  `SELECT ${weighed('h.order_id', '1', 'hashtext(owed.topic)')} FROM ${owes} AS owed(status, topic)
   JOIN order_history h ON h.kind = 'status' AND h.to_status = owed.status
   UNION ALL
   SELECT ${weighed('m.order_id', '-1', 'hashtext(m.topic)')} FROM outbox m
   WHERE m.topic IN (SELECT topic FROM ${owes} AS owed(status, topic)) AND m.dedupe_key = m.topic || ':' || m.order_id`,
)

export const flowInvariants: Invariant[] = [
  {
    id: 24,
    rule: 'nothing is stuck',
    when: 'settled',
    on: 'storefront',
    sql: `SELECT o.number, o.status, o.next_attempt_at, o.lease_until FROM orders o
          WHERE o.next_attempt_at < now() - interval '5 minutes' OR o.lease_until < now() - interval '5 minutes'
             OR (o.status IN ('placing', 'reserved') AND o.placed_at < now() - interval '60 minutes')
             OR (o.status IN ${live} AND o.next_attempt_at IS NULL AND o.lease_until IS NULL AND ${quiet('o.updated_at', 5)})
             OR (o.status = 'payment_received' AND o.next_attempt_at IS NULL AND o.lease_until IS NULL AND ${quiet('o.updated_at', 5)})
          UNION ALL
          SELECT s.number, s.status, s.next_attempt_at, NULL FROM store_reservations s
          WHERE (s.status = 'held' AND s.expires_at <= ${ago(5)}) OR (s.status = 'placing' AND s.created_at <= ${ago(5)})
             OR (s.ended_at <= ${ago(5)} AND s.stock_settled_at IS NULL)`,
  },
  {
    id: 25,
    rule: 'orders moved along allowed edges only, and are where their history ends',
    when: 'instant',
    on: 'storefront',
    // Many orders went the same way: each way is looked at once.
    sql: `WITH told AS MATERIALIZED (
            SELECT order_id, array_agg(to_status ORDER BY seq) AS ways, array_agg(from_status ORDER BY seq) AS origins,
                   array_agg(created_at ORDER BY seq) AS times, array_agg(created_at ORDER BY created_at) AS sorted
            FROM order_history WHERE kind = 'status' GROUP BY 1
          ), wrong AS MATERIALIZED (
            SELECT ways, origins FROM (SELECT DISTINCT ways, origins FROM told) w
            WHERE EXISTS (SELECT 1 FROM generate_subscripts(ways, 1) at
              LEFT JOIN order_edges e ON e.from_status = ways[at - 1] AND e.to_status = ways[at]
              WHERE at > 1 AND (e.from_status IS NULL OR origins[at] IS DISTINCT FROM ways[at - 1]))
          )
          SELECT o.number, o.status, t.ways FROM orders o LEFT JOIN told t ON t.order_id = o.id
          WHERE t.order_id IS NULL OR t.ways[array_upper(t.ways, 1)] <> o.status
             OR (t.times <> t.sorted AND EXISTS (SELECT 1 FROM generate_subscripts(t.times, 1) at
                   WHERE at > 1 AND t.times[at] < t.times[at - 1] - interval '1 minute'))
             OR EXISTS (SELECT 1 FROM wrong w WHERE w.ways = t.ways AND w.origins IS NOT DISTINCT FROM t.origins)`,
  },
  {
    id: 26,
    rule: 'every webhook that was taken is handled',
    when: 'settled',
    on: 'storefront',
    // News of what is really not known here is kept waiting, three days at most.
    sql: `SELECT e.event_id, e.type, e.attempts, e.last_error FROM stripe_events e
          WHERE e.processed_at IS NULL AND e.received_at <= ${ago(10)}
            AND NOT (e.received_at > now() - interval '3 days 20 minutes' AND e.attempts > 0
              AND e.next_attempt_at > ${ago(10)}
              AND (e.last_error = 'its order is not known yet'
                    AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = e.order_id)
                OR e.last_error = 'of a payment we do not know'
                    AND NOT EXISTS (SELECT 1 FROM payments p
                      WHERE p.provider_intent_id = e.payload #>> '{data,object,payment_intent}')))`,
  },
  {
    id: 27,
    rule: 'a status that owes a message has one, and no message lacks its status',
    when: 'instant',
    on: 'storefront',
    sql: `WITH off AS MATERIALIZED (${messagesOff}), facts AS (
            SELECT owed.topic || ':' || h.order_id AS fact, min(h.created_at) AS at FROM ${owes} AS owed(status, topic)
            JOIN order_history h ON h.kind = 'status' AND h.to_status = owed.status
            WHERE ${bucketOfUuid('h.order_id')} IN (SELECT bucket FROM off) GROUP BY 1
          ), messages AS (
            SELECT m.dedupe_key AS fact FROM outbox m WHERE m.topic IN (SELECT topic FROM ${owes} AS owed(status, topic))
              AND (m.order_id IS NULL OR ${bucketOfUuid('m.order_id')} IN (SELECT bucket FROM off))
          )
          SELECT fact, CASE WHEN m.fact IS NULL THEN 'missing' ELSE 'without its status' END AS found
          FROM facts f FULL JOIN messages m USING (fact)
          WHERE (m.fact IS NULL AND f.at > (SELECT coalesce(min(created_at), now()) FROM outbox))
             OR (f.fact IS NULL AND split_part(fact, ':', 2) IN (SELECT id::text FROM orders))`,
  },
  {
    id: 28,
    rule: 'every message is sent, or parked where people see it',
    when: 'settled',
    on: 'storefront',
    sql: `SELECT id, topic, attempts, last_error FROM outbox WHERE done_at IS NULL AND parked_at IS NULL
            AND created_at <= ${ago(10)} AND next_attempt_at <= ${ago(10)}`,
  },
  {
    id: 29,
    rule: 'a message reaches a person once on each channel',
    when: 'instant',
    on: 'storefront',
    // Numbered, not grouped: in the order of the index nothing is kept in mind but the row before.
    sql: `SELECT outbox_id, channel, recipient_hash, nth AS times FROM (
            SELECT *, row_number() OVER (PARTITION BY outbox_id, channel, recipient_hash) AS nth
            FROM (SELECT outbox_id, channel, recipient_hash FROM deliveries) kept
          ) numbered WHERE nth > 1
          UNION ALL
          SELECT NULL, channel, NULL, count(*) FROM deliveries GROUP BY channel, provider_key HAVING count(*) > 1`,
  },
  {
    id: 30,
    rule: 'no message without a fact',
    when: 'settled',
    on: 'storefront',
    // OFFSET keeps both in the order of their indexes, side by side.
    sql: `SELECT m.id, m.topic, m.payload->'order'->>'number' AS number FROM outbox m
          LEFT JOIN orders o ON o.number = m.payload->'order'->>'number'
          WHERE m.topic LIKE 'order.%' AND m.payload ? 'order' AND o.id IS NULL
          UNION ALL
          SELECT d.outbox_id, 'delivery of nothing', NULL FROM (SELECT outbox_id FROM deliveries ORDER BY 1 OFFSET 0) d
          LEFT JOIN (SELECT id FROM outbox ORDER BY 1 OFFSET 0) m ON m.id = d.outbox_id WHERE m.id IS NULL`,
  },
  {
    id: 31,
    rule: 'every order knows where it goes, and an address belongs to one person',
    when: 'instant',
    on: 'storefront',
    sql: `SELECT number, shipping_address FROM orders WHERE coalesce(shipping_address->>'line1', '') = ''
            OR coalesce(shipping_address->>'country', '') !~ '^[A-Z]{2}$'
          UNION ALL
          SELECT a.id::text, NULL FROM addresses a LEFT JOIN users u ON u.id = a.user_id WHERE u.id IS NULL`,
  },
  {
    id: 32,
    rule: 'an order of a guest is opened by a secret only',
    when: 'instant',
    on: 'storefront',
    sql: `SELECT number FROM orders WHERE access_token_hash IS NULL OR octet_length(access_token_hash) <> 32
          UNION ALL
          SELECT min(number) FROM orders GROUP BY access_token_hash HAVING count(*) > 1`,
  },
  {
    id: 33,
    rule: 'no secret is kept in clear',
    when: 'instant',
    on: 'storefront',
    sql: `SELECT 'session' AS found, user_id FROM sessions WHERE octet_length(id_hash) <> 32
          UNION ALL
          SELECT 'token', user_id FROM account_tokens WHERE octet_length(token_hash) <> 32
          UNION ALL
          SELECT 'password', id FROM users
          WHERE password_hash IS NOT NULL AND password_hash NOT LIKE '$argon2id$v=19$m=%' AND password_hash NOT LIKE '$2_$%'`,
  },
  {
    id: 34,
    rule: 'no line of the audit log was altered or taken out',
    when: 'instant',
    on: 'storefront',
    // Worked out here and not by the database's own function: one that was exchanged deceives nobody.
    sql: `SELECT seq, actor_name, action, subject FROM (
            SELECT a.*, lag(hash, 1, '\\x') OVER (ORDER BY seq) AS hash_before FROM audit_log a
          ) l WHERE previous_hash <> hash_before OR hash <> sha256(convert_to(jsonb_build_array(
            encode(previous_hash, 'hex'), seq, id, actor_id, actor_name, action, subject, before, after, ip_prefix, request_id,
            to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))::text, 'UTF8'))
          ORDER BY seq LIMIT 10`,
  },
  {
    id: 35,
    rule: 'a rating is the sum of its reviews, and what readers said of a review is counted right',
    when: 'instant',
    on: 'catalog',
    sql: `SELECT p.id, p.rating_count, p.rating_sum, r.count, r.sum FROM products p LEFT JOIN (
            SELECT product_id, count(*) AS count, sum(rating) AS sum FROM reviews WHERE status = 'approved' GROUP BY 1
          ) r ON r.product_id = p.id
          WHERE p.rating_count <> coalesce(r.count, 0) OR p.rating_sum <> coalesce(r.sum, 0)
          UNION ALL
          SELECT r.id, r.helpful_count, r.unhelpful_count, v.yes, v.no FROM reviews r LEFT JOIN (
            SELECT review_id, count(*) FILTER (WHERE helpful) AS yes, count(*) FILTER (WHERE NOT helpful) AS no
            FROM review_votes GROUP BY 1
          ) v ON v.review_id = r.id
          WHERE r.helpful_count <> coalesce(v.yes, 0) OR r.unhelpful_count <> coalesce(v.no, 0)
          UNION ALL
          SELECT r.id, r.report_count, NULL, o.count, NULL FROM reviews r LEFT JOIN (
            SELECT review_id, count(*) AS count FROM review_reports WHERE handled_at IS NULL GROUP BY 1
          ) o ON o.review_id = r.id
          WHERE r.report_count <> coalesce(o.count, 0)`,
  },
]
