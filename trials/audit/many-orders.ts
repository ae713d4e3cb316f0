// A sound shop of any size, made by the databases themselves: paid orders with their goods, payments, documents, parcels,
// history, messages and webhooks; one in twenty carries a coupon, one in twenty gave something back. For empty databases only.
import type pg from 'pg'
import type { ProviderRows, World } from './world.ts'

const variants = 500
/** A UUID of its kind (one hex digit) and number (SQL), as text. */
const uuid = (kind: string, number: string) => `('${kind}0000000-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))`
const at = `now() - interval '60 days' + n * interval '1 minute' * (60 * 24 * 59.0 / %n)`
const address = `'{"fullName":"Alice","line1":"1 High Street","city":"Dublin","country":"IE"}'`
const moves = ['placing', 'reserved', 'awaiting_payment', 'payment_received', 'paid', 'fulfilling']
/** The second thing of an order is another than the first. */
const item = (line: number) => `((n * 7 + ${line} * 31) % ${variants})`

const catalogSql = (orders: number): string[] => [
  `INSERT INTO categories (id, slug, name) VALUES (${uuid('c', '1')}::uuid, 'mugs', 'Mugs')`,
  `INSERT INTO products (id, slug, title, category_id, currency) SELECT ${uuid('b', 'n')}::uuid, 'mug-' || n, 'Mug', ${uuid('c', '1')}::uuid, 'EUR' FROM generate_series(0, ${variants - 1}) n`,
  `INSERT INTO variants (id, product_id, sku, title, price_minor, currency) SELECT ${uuid('a', 'n')}::uuid, ${uuid('b', 'n')}::uuid, 'MUG-' || n, 'Mug', 1800, 'EUR' FROM generate_series(0, ${variants - 1}) n`,
  `INSERT INTO stores (id, slug, kind, name, line1, city, country, latitude, longitude, timezone, ships_orders)
   VALUES (${uuid('d', '1')}::uuid, 'central', 'warehouse', 'Central', '1 Dock Road', 'Dublin', 'IE', 53.3, -6.2, 'Europe/Dublin', true)`,
  `INSERT INTO stock_movements (id, variant_id, store_id, kind, delta_on_hand, delta_reserved, ref, actor)
   SELECT ${uuid('e', 'n')}::uuid, ${uuid('a', 'n')}::uuid, ${uuid('d', '1')}::uuid, 'receive', ${orders * 2}, 0, 'receive-' || n, 'trial' FROM generate_series(0, ${variants - 1}) n`,
  `INSERT INTO reservations (ref, body_hash, status, expires_at, created_at, committed_at)
   SELECT ${uuid('0', 'n')}, 'h', 'committed', ${at}, ${at}, ${at} FROM generate_series(1, ${orders}) n`,
  ...[1, 2].map(
    (line) => `INSERT INTO reservation_lines (ref, variant_id, store_id, quantity)
   SELECT ${uuid('0', 'n')}, ${uuid('a', item(line))}::uuid, ${uuid('d', '1')}::uuid, 1 FROM generate_series(1, ${orders}) n`,
  ),
  ...[1, 2].flatMap((line) =>
    [
      ['hold', 0, 1],
      ['commit', -1, -1],
    ].map(
      ([
        kind,
        onHand,
        reserved,
      ]) => `INSERT INTO stock_movements (id, variant_id, store_id, kind, delta_on_hand, delta_reserved, ref, actor, created_at)
   SELECT gen_random_uuid(), ${uuid('a', item(line))}::uuid, ${uuid('d', '1')}::uuid, '${kind}', ${onHand}, ${reserved}, ${uuid('0', 'n')}, 'trial', ${at} FROM generate_series(1, ${orders}) n`,
    ),
  ),
  `INSERT INTO inventory (variant_id, store_id, on_hand, reserved)
   SELECT variant_id, store_id, sum(delta_on_hand), sum(delta_reserved) FROM stock_movements GROUP BY 1, 2`,
  `INSERT INTO fulfillments (id, order_ref, order_number, parcel_no, body_hash, shipped_at)
   SELECT ${uuid('f', 'n')}::uuid, ${uuid('0', 'n')}, 'HS-' || n, 1, 'h', ${at} FROM generate_series(1, ${orders}) n`,
  `INSERT INTO fulfillment_lines (fulfillment_id, variant_id, sku, quantity)
   SELECT ${uuid('f', 'n')}::uuid, ${uuid('a', item(1))}::uuid, 'MUG-' || ${item(1)}, 1 FROM generate_series(1, ${orders}) n`,
]

const storefrontSql = (orders: number): string[] => [
  `INSERT INTO carts (id, status, currency) SELECT ${uuid('1', 'n')}::uuid, 'ordered', 'EUR' FROM generate_series(1, ${orders}) n`,
  `INSERT INTO orders (id, number, checkout_key, cart_id, email, status, currency, subtotal_minor, discount_minor, shipping_minor, tax_minor,
     included_tax_minor, total_minor, quote_hash, shipping_address, billing_address, shipping_method, access_token_hash, placed_at, paid_at, updated_at, coupon)
   SELECT ${uuid('0', 'n')}::uuid, 'HS-' || n, 'key-' || n, ${uuid('1', 'n')}::uuid, 'a' || n || '@example.com', 'fulfilling', 'EUR', 3600, 0, 490, 0,
     765, 4090, 'hash', ${address}, ${address}, '{}', sha256(n::text::bytea), ${at}, ${at}, ${at},
     CASE WHEN n % 20 = 1 THEN '{"code":"WELCOME10"}'::jsonb END FROM generate_series(1, ${orders}) n`,
  ...[1, 2].map(
    (
      line,
    ) => `INSERT INTO order_items (id, order_id, position, variant_id, product_id, product_slug, sku, title, variant_title, quantity,
     unit_price_minor, line_total_minor, tax_basis_points, tax_minor, tax_included)
   SELECT gen_random_uuid(), ${uuid('0', 'n')}::uuid, ${line - 1}, ${uuid('a', item(line))}::uuid, ${uuid('b', item(line))}::uuid, 'mug', 'MUG-' || ${item(line)}, 'Mug', '', 1,
     1800, 1800, 2300, 337, true FROM generate_series(1, ${orders}) n`,
  ),
  ...moves.map(
    (
      to,
      step,
    ) => `INSERT INTO order_history (id, order_id, kind, from_status, to_status, actor, created_at) SELECT gen_random_uuid(), ${uuid('0', 'n')}::uuid, 'status',
     ${step ? `'${moves[step - 1]}'` : 'NULL'}, '${to}', 'system', ${at} + interval '${step} seconds' FROM generate_series(1, ${orders}) n`,
  ),
  ...['placed', 'paid', 'shipped'].map(
    (topic) => `INSERT INTO outbox (id, dedupe_key, topic, payload, created_at, done_at, order_id)
   SELECT gen_random_uuid(), 'order.${topic}:' || ${uuid('0', 'n')}, 'order.${topic}', jsonb_build_object('order', jsonb_build_object('number', 'HS-' || n)), ${at}, ${at}, ${uuid('0', 'n')}::uuid FROM generate_series(1, ${orders}) n`,
  ),
  `INSERT INTO deliveries (id, outbox_id, channel, recipient_hash, provider_key, status, sent_at)
   SELECT gen_random_uuid(), id, 'email', sha256(id::text::bytea), id || '.email', 'sent', now() FROM outbox`,
  `INSERT INTO payments (id, order_id, attempt, provider_session_id, provider_intent_id, status, amount_minor, currency, captured_minor, refunded_minor, succeeded_at, updated_at)
   SELECT ${uuid('2', 'n')}::uuid, ${uuid('0', 'n')}::uuid, 1, 'cs_' || n, 'pi_' || n, 'succeeded', 4090, 'EUR', 4090, CASE WHEN n % 20 = 2 THEN 500 ELSE 0 END, ${at}, ${at} FROM generate_series(1, ${orders}) n`,
  `INSERT INTO refunds (id, payment_id, order_id, amount_minor, currency, status, requested_by, idempotency_key, provider_refund_id, created_at, updated_at)
   SELECT ${uuid('3', 'n')}::uuid, ${uuid('2', 'n')}::uuid, ${uuid('0', 'n')}::uuid, 500, 'EUR', 'succeeded', 'admin', 'k' || n, 're_' || n, ${at}, ${at} FROM generate_series(2, ${orders}, 20) n`,
  `INSERT INTO parcels (id, order_id, parcel_no, status, lines, requested_by, shipped_at)
   SELECT gen_random_uuid(), ${uuid('0', 'n')}::uuid, 1, 'shipped', jsonb_build_array(jsonb_build_object('sku', 'MUG-' || ${item(1)}, 'quantity', 1)), 'admin', ${at} FROM generate_series(1, ${orders}) n`,
  `INSERT INTO invoices (id, number, series, year, sequence, kind, order_id, refund_id, currency, total_minor, snapshot)
   SELECT gen_random_uuid(), 'INV-2026-' || n, 'invoice', 2026, n, 'invoice', ${uuid('0', 'n')}::uuid, NULL, 'EUR', 4090, '{}' FROM generate_series(1, ${orders}) n`,
  `INSERT INTO invoices (id, number, series, year, sequence, kind, order_id, refund_id, currency, total_minor, snapshot)
   SELECT gen_random_uuid(), 'CN-2026-' || n, 'credit_note', 2026, row_number() OVER (), 'credit_note', ${uuid('0', 'n')}::uuid, ${uuid('3', 'n')}::uuid, 'EUR', 500, '{}' FROM generate_series(2, ${orders}, 20) n`,
  'INSERT INTO document_counters (series, year, last_number) SELECT series, year, max(sequence) FROM invoices GROUP BY 1, 2',
  `INSERT INTO coupons (id, code, kind, value, currency, used) VALUES (${uuid('4', '1')}::uuid, 'WELCOME10', 'percent', 1000, 'EUR', (SELECT count(*) FROM orders WHERE coupon IS NOT NULL))`,
  `INSERT INTO coupon_uses (id, coupon_id, order_id, email_hash, discount_minor) SELECT gen_random_uuid(), ${uuid('4', '1')}::uuid, id, sha256(email::bytea), 0 FROM orders WHERE coupon IS NOT NULL`,
  ...['checkout.session.completed', 'payment_intent.succeeded', 'charge.succeeded'].map(
    (
      type,
    ) => `INSERT INTO stripe_events (event_id, type, object_id, order_id, livemode, payload, processed_at, verdict, received_at)
   SELECT 'evt_${type}_' || n, '${type}', 'cs_' || n, ${uuid('0', 'n')}::uuid, false, '{}', ${at}, 'applied', ${at} FROM generate_series(1, ${orders}) n`,
  ),
]

async function fill(client: pg.Client, statements: string[], orders: number): Promise<void> {
  // Bulk: what triggers would write or refuse is written here as they would have it.
  await client.query(`SET session_replication_role = 'replica'`)
  for (const sql of statements) await client.query(sql.replaceAll('%n', String(orders)))
  await client.query(`RESET session_replication_role`)
  await client.query('VACUUM ANALYZE')
}

/** Fills both databases with so many orders. */
export async function fillWithOrders({ storefront, catalog }: World, orders: number): Promise<void> {
  await Promise.all([fill(storefront, storefrontSql(orders), orders), fill(catalog, catalogSql(orders), orders)])
}

/** What the provider says of the orders of its last 35 days. */
export function providerOf(orders: number): ProviderRows {
  const orderId = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
  const first = Math.ceil(orders * (1 - 34 / 59))
  const numbers = Array.from({ length: orders - first + 1 }, (_, index) => first + index)
  const createdAt = new Date(Date.now() - 36 * 86_400_000)
  return {
    sessions: numbers.map((n) => ({ id: `cs_${n}`, orderId: orderId(n), status: 'complete' })),
    intents: numbers.map((n) => ({
      id: `pi_${n}`,
      orderId: orderId(n),
      status: 'succeeded',
      receivedMinor: 4090,
      currency: 'EUR',
      // Not before the payment itself: the payment of the order before would be in the provider's time, too, and miss there.
      createdAt: new Date(Date.now() - 60 * 86_400_000 + (n * 59 * 86_400_000) / orders),
    })),
    refunds: numbers
      .filter((n) => n % 20 === 2)
      .map((n) => ({ id: `re_${n}`, intentId: `pi_${n}`, amountMinor: 500, status: 'succeeded', createdAt })),
  }
}
