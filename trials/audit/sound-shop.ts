// A very small shop in which every invariant holds: one order of two mugs, paid, half of it sent, five euros given back.
// The audit's own test breaks it in one place at a time.
import type { ProviderRows } from './world.ts'

const id = (last: number) => `00000000-0000-7000-8000-${String(last).padStart(12, '0')}`
export const ids = {
  user: id(1),
  cart: id(2),
  order: id(3),
  payment: id(4),
  refund: id(5),
  variant: id(6),
  product: id(7),
  store: id(8),
  outbox: id(9),
  coupon: id(43),
  other: id(99),
} as const

const address = JSON.stringify({ fullName: 'Alice', line1: '1 High Street', city: 'Dublin', country: 'IE' })
const moves = ['placing', 'reserved', 'awaiting_payment', 'payment_received', 'paid', 'fulfilling']

export const storefrontSql = `
  INSERT INTO users (id, email, name, password_hash) VALUES ('${ids.user}', 'alice@example.com', 'Alice', '$argon2id$v=19$m=19456,t=2,p=1$x$y');
  INSERT INTO sessions (id_hash, user_id, idle_expires_at, absolute_expires_at)
    VALUES (sha256('a'), '${ids.user}', now() + interval '1 day', now() + interval '2 days');
  INSERT INTO addresses (id, user_id, full_name, line1, city, country) VALUES ('${id(10)}', '${ids.user}', 'Alice', '1 High Street', 'Dublin', 'IE');
  INSERT INTO audit_log (id, actor_name, action, subject, created_at) VALUES
    ('${id(11)}', 'Admin', 'orders:ship', 'order:HS-AAAA-AAAA', now()), ('${id(12)}', 'Admin', 'orders:refund', 'order:HS-AAAA-AAAA', now());
  INSERT INTO carts (id, user_id, status, currency) VALUES ('${ids.cart}', '${ids.user}', 'ordered', 'EUR');
  INSERT INTO orders (id, number, checkout_key, cart_id, user_id, email, status, currency, subtotal_minor, shipping_minor, tax_minor,
    included_tax_minor, total_minor, quote_hash, shipping_address, billing_address, shipping_method, access_token_hash, placed_at, updated_at, coupon)
    VALUES ('${ids.order}', 'HS-AAAA-AAAA', 'key', '${ids.cart}', '${ids.user}', 'alice@example.com', 'placing', 'EUR', 3600, 490, 0,
    765, 4090, 'hash', '${address}', '${address}', '{}', sha256('t'), now() - interval '1 day', now() - interval '1 day', '{"code": "FREESHIP"}');
  INSERT INTO order_items (id, order_id, position, variant_id, product_id, product_slug, sku, title, variant_title, quantity,
    unit_price_minor, line_total_minor, tax_basis_points, tax_minor, tax_included)
    VALUES ('${id(13)}', '${ids.order}', 0, '${ids.variant}', '${ids.product}', 'mug', 'MUG', 'Mug', '', 2, 1800, 3600, 2300, 673, true);
  INSERT INTO outbox (id, dedupe_key, topic, payload, created_at, done_at) VALUES
    ('${id(14)}', 'order.placed:${ids.order}', 'order.placed', '{"order": {"number": "HS-AAAA-AAAA"}}', now() - interval '2 days', now()),
    ('${ids.outbox}', 'order.paid:${ids.order}', 'order.paid', '{"order": {"number": "HS-AAAA-AAAA"}}', now() - interval '1 day', now());
  INSERT INTO deliveries (id, outbox_id, channel, recipient_hash, provider_key, status, sent_at)
    VALUES ('${id(15)}', '${ids.outbox}', 'email', sha256('alice'), 'key-1', 'sent', now());
  ${moves.map((to, at) => `UPDATE orders SET status = '${to}' WHERE id = '${ids.order}' AND status <> '${to}'; INSERT INTO order_history (id, order_id, kind, from_status, to_status, actor, created_at) VALUES ('${id(20 + at)}', '${ids.order}', 'status', ${at ? `'${moves[at - 1]}'` : 'NULL'}, '${to}', 'system', now() - interval '1 day' + interval '${at} seconds');`).join('\n  ')}
  INSERT INTO payments (id, order_id, attempt, provider_session_id, provider_intent_id, status, amount_minor, currency, captured_minor, refunded_minor, succeeded_at, updated_at)
    VALUES ('${ids.payment}', '${ids.order}', 1, 'cs_1', 'pi_1', 'succeeded', 4090, 'EUR', 4090, 500, now() - interval '1 day', now() - interval '1 day');
  INSERT INTO refunds (id, payment_id, order_id, amount_minor, currency, status, requested_by, idempotency_key, provider_refund_id, created_at, updated_at)
    VALUES ('${ids.refund}', '${ids.payment}', '${ids.order}', 500, 'EUR', 'succeeded', 'admin', 'k', 're_1', now() - interval '1 hour', now() - interval '1 hour');
  INSERT INTO invoices (id, number, series, year, sequence, kind, order_id, refund_id, currency, total_minor, snapshot) VALUES
    ('${id(41)}', 'INV-2026-000001', 'invoice', 2026, 1, 'invoice', '${ids.order}', NULL, 'EUR', 4090, '{}'),
    ('${id(42)}', 'CN-2026-000001', 'credit_note', 2026, 1, 'credit_note', '${ids.order}', '${ids.refund}', 'EUR', 500, '{}');
  INSERT INTO document_counters (series, year, last_number) VALUES ('invoice', 2026, 1), ('credit_note', 2026, 1);
  INSERT INTO coupons (id, code, kind, currency, used, limit_total, limit_per_customer, updated_at)
    VALUES ('${ids.coupon}', 'FREESHIP', 'free_shipping', 'EUR', 1, 5, 1, now() - interval '2 days');
  INSERT INTO coupon_uses (id, coupon_id, order_id, email_hash, discount_minor, claimed_at)
    VALUES ('${id(44)}', '${ids.coupon}', '${ids.order}', sha256('alice'), 0, now() - interval '1 day');
  INSERT INTO parcels (id, order_id, parcel_no, status, lines, requested_by, shipped_at)
    VALUES ('${id(16)}', '${ids.order}', 1, 'shipped', '[{"sku": "MUG", "title": "Mug", "variantTitle": "", "quantity": 1}]', 'admin', now());
  INSERT INTO stripe_events (event_id, type, object_id, livemode, payload, processed_at, verdict)
    VALUES ('evt_1', 'checkout.session.completed', 'cs_1', false, '{}', now(), 'applied');
`

export const catalogSql = `
  INSERT INTO categories (id, slug, name) VALUES ('${id(30)}', 'mugs', 'Mugs');
  INSERT INTO products (id, slug, title, category_id, currency, rating_count, rating_sum)
    VALUES ('${ids.product}', 'mug', 'Mug', '${id(30)}', 'EUR', 1, 4);
  INSERT INTO variants (id, product_id, sku, title, option_values, price_minor, currency, weight_grams, position)
    VALUES ('${ids.variant}', '${ids.product}', 'MUG', 'Mug', '{}', 1800, 'EUR', 300, 0);
  INSERT INTO reviews (id, product_id, author_ref, author_name, rating, title, body, status)
    VALUES ('${id(31)}', '${ids.product}', 'user:1', 'Alice', 4, 'Good', 'A good mug.', 'approved');
  INSERT INTO stores (id, slug, kind, name, line1, city, country, latitude, longitude, timezone, ships_orders)
    VALUES ('${ids.store}', 'central', 'warehouse', 'Central', '1 Dock Road', 'Dublin', 'IE', 53.3, -6.2, 'Europe/Dublin', true);
  INSERT INTO inventory (variant_id, store_id, on_hand, reserved) VALUES ('${ids.variant}', '${ids.store}', 8, 0);
  INSERT INTO stock_movements (id, variant_id, store_id, kind, delta_on_hand, delta_reserved, ref, actor) VALUES
    ('${id(32)}', '${ids.variant}', '${ids.store}', 'receive', 10, 0, 'r1', 'test'),
    ('${id(33)}', '${ids.variant}', '${ids.store}', 'hold', 0, 2, '${ids.order}', 'test'),
    ('${id(34)}', '${ids.variant}', '${ids.store}', 'commit', -2, -2, '${ids.order}', 'test');
  INSERT INTO reservations (ref, body_hash, status, expires_at, created_at, committed_at)
    VALUES ('${ids.order}', 'h', 'committed', now(), now() - interval '1 day', now() - interval '1 day');
  INSERT INTO reservation_lines (ref, variant_id, store_id, quantity) VALUES ('${ids.order}', '${ids.variant}', '${ids.store}', 2);
  INSERT INTO fulfillments (id, order_ref, order_number, parcel_no, body_hash, shipped_at)
    VALUES ('${id(35)}', '${ids.order}', 'HS-AAAA-AAAA', 1, 'h', now());
  INSERT INTO fulfillment_lines (fulfillment_id, variant_id, sku, quantity) VALUES ('${id(35)}', '${ids.variant}', 'MUG', 1);
`

const yesterday = new Date(Date.now() - 86_400_000)

export const providerRows = (): ProviderRows => ({
  sessions: [{ id: 'cs_1', orderId: ids.order, status: 'complete' }],
  intents: [
    {
      id: 'pi_1',
      orderId: ids.order,
      status: 'succeeded',
      receivedMinor: 4090,
      currency: 'EUR',
      createdAt: new Date(yesterday.getTime() - 60_000),
    },
  ],
  refunds: [
    {
      id: 're_1',
      intentId: 'pi_1',
      amountMinor: 500,
      status: 'succeeded',
      createdAt: new Date(Date.now() - 3_600_000),
    },
  ],
})
