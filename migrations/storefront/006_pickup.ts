// Pickup in a store: where an order is fetched, when it was made ready, until when it is kept, when it was handed over,
// and whether it is paid by card or at the counter. Old rows are deliveries paid by card.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    ALTER TABLE carts
      ADD fulfilment text NOT NULL DEFAULT 'delivery',
      ADD pickup_store_id uuid,
      -- who comes for the goods: kept apart from the delivery address, which stays as it was typed
      ADD pickup_name text,
      ADD payment_method text NOT NULL DEFAULT 'card',
      ADD CONSTRAINT carts_fulfilment_known CHECK (fulfilment IN ('delivery', 'pickup')),
      ADD CONSTRAINT carts_payment_method_known CHECK (payment_method IN ('card', 'in_store')),
      ADD CONSTRAINT carts_pickup_names_a_store CHECK (fulfilment = 'delivery' OR (pickup_store_id IS NOT NULL AND pickup_name IS NOT NULL)),
      ADD CONSTRAINT carts_paid_in_store_only_at_pickup CHECK (payment_method = 'card' OR fulfilment = 'pickup');

    ALTER TABLE orders
      ADD fulfilment text NOT NULL DEFAULT 'delivery',
      -- the store as it was when the order was placed: {id, slug, name, address, phone, timezone, hoursText}
      ADD pickup_store jsonb,
      ADD payment_method text NOT NULL DEFAULT 'card',
      ADD ready_at timestamptz,
      ADD collect_by timestamptz,
      -- set under the order's lock when the goods change hands; parcel and status follow, also after a crash
      ADD collected_at timestamptz,
      ADD CONSTRAINT orders_fulfilment_known CHECK (fulfilment IN ('delivery', 'pickup')),
      ADD CONSTRAINT orders_payment_method_known CHECK (payment_method IN ('card', 'in_store')),
      ADD CONSTRAINT orders_pickup_names_a_store CHECK ((fulfilment = 'pickup') = (pickup_store IS NOT NULL)),
      ADD CONSTRAINT orders_paid_in_store_only_at_pickup CHECK (payment_method = 'card' OR fulfilment = 'pickup'),
      ADD CONSTRAINT orders_only_pickups_are_made_ready CHECK (fulfilment = 'pickup' OR (ready_at IS NULL AND collect_by IS NULL AND collected_at IS NULL)),
      ADD CONSTRAINT orders_ready_are_kept_until_a_time CHECK (ready_at IS NULL OR collect_by IS NOT NULL),
      ADD CONSTRAINT orders_collected_were_ready CHECK (collected_at IS NULL OR ready_at IS NOT NULL);
    CREATE INDEX orders_pickups ON orders (placed_at DESC, id DESC) WHERE fulfilment = 'pickup';
    -- unpaid holds of one person, counted before the next one is placed
    CREATE INDEX orders_unpaid_in_store ON orders (email) WHERE payment_method = 'in_store' AND status IN ('placing', 'reserved', 'awaiting_payment');

    ALTER TABLE payments
      ADD tender text,
      ADD CONSTRAINT payments_provider_known CHECK (provider IN ('stripe', 'in_store')),
      -- money taken at the counter is a fact from the first moment: no page, no attempt, no waiting
      ADD CONSTRAINT payments_in_store_are_facts CHECK (provider <> 'in_store'
        OR (status = 'succeeded' AND captured_minor = amount_minor AND provider_session_id IS NULL AND provider_intent_id IS NULL)),
      ADD CONSTRAINT payments_tender_known CHECK (tender IN ('cash', 'card')),
      ADD CONSTRAINT payments_in_store_name_the_tender CHECK ((provider = 'in_store') = (tender IS NOT NULL));
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    ALTER TABLE payments DROP CONSTRAINT payments_provider_known, DROP CONSTRAINT payments_in_store_are_facts, DROP tender;
    ALTER TABLE orders DROP fulfilment, DROP pickup_store, DROP payment_method, DROP ready_at, DROP collect_by, DROP collected_at;
    ALTER TABLE carts DROP fulfilment, DROP pickup_store_id, DROP pickup_name, DROP payment_method;
  `)
}
