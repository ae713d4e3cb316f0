// The rules that tables keep by themselves, each with a bad write that nothing else refuses. They are the last guards: below
// every check of the program, also when two instances of different age run side by side.
import { ids } from '../audit/sound-shop.ts'
import type { TableRule } from './guard.ts'
import { moneyNever } from './rules/money.ts'
import { ordersNever } from './rules/orders.ts'
import { messagesNever, peopleNever } from './rules/people.ts'
import { sha } from './rules/shape.ts'
import { stockNever } from './rules/stock.ts'

/** Rows for the rules that the sound shop has none for. */
export const moreRows = {
  storefront: `
    INSERT INTO users (id, email, name, role) VALUES ('00000000-0000-7000-8000-000000000080', 'owner@example.com', 'Olive', 'owner');
    INSERT INTO cart_items (id, cart_id, variant_id, sku, quantity, seen_price_minor)
      VALUES ('${ids.refund}', '${ids.cart}', '${ids.variant}', 'MUG', 2, 1800);
    INSERT INTO money_differences (id, list, kind, object_id, occurred_at, found_at, seen_at)
      VALUES ('${ids.cart}', 'intents', 'paid_there', 'pi_9', now(), now(), now());
    INSERT INTO returns (id, number, form_key, order_id, requested_by) VALUES ('${ids.cart}', 'RT-AAAA-AAAA', 'form', '${ids.order}', 'guest');
    INSERT INTO idempotency_keys (id_hash, body_hash, expires_at) VALUES ('${sha('b')}', '${sha('c')}', now());
  `,
  catalog: `
    INSERT INTO service_jti (jti, expires_at) VALUES ('used', now());
    INSERT INTO outbox (id, dedupe_key, topic, payload) VALUES ('${ids.outbox}', 'stock.low:1', 'stock.low', '{}');
  `,
}

export const tableRules: readonly TableRule[] = [
  ...ordersNever,
  ...moneyNever,
  ...messagesNever,
  ...peopleNever,
  ...stockNever,
]
