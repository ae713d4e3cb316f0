// Orders, payments, refunds and the provider's events. The rules of checkout live here as constraints:
// one live order per cart, one live and one effective payment per order, only known edges, frozen lines.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE order_edges (
      from_status text NOT NULL,
      to_status text NOT NULL,
      PRIMARY KEY (from_status, to_status)
    );
    -- Kept equal to storefront/app/domain/orders/order-status.ts by a test.
    INSERT INTO order_edges (from_status, to_status) VALUES
      ('placing', 'reserved'), ('placing', 'cancelled'), ('placing', 'expired'), ('placing', 'payment_received'),
      ('reserved', 'awaiting_payment'), ('reserved', 'payment_received'), ('reserved', 'cancelled'), ('reserved', 'expired'),
      ('awaiting_payment', 'payment_received'), ('awaiting_payment', 'cancelled'), ('awaiting_payment', 'expired'),
      ('cancelled', 'payment_received'), ('expired', 'payment_received'),
      ('payment_received', 'paid'), ('payment_received', 'refund_due'),
      ('paid', 'fulfilling'), ('paid', 'refund_due'), ('paid', 'refunded'),
      ('fulfilling', 'fulfilled'), ('fulfilling', 'refunded'),
      ('fulfilled', 'refunded'),
      ('refund_due', 'refunded'), ('refunded', 'refund_due');

    CREATE TABLE orders (
      id uuid PRIMARY KEY,
      number text NOT NULL,
      checkout_key text NOT NULL,
      cart_id uuid NOT NULL REFERENCES carts (id),
      user_id uuid REFERENCES users (id),
      email text NOT NULL,
      phone text,
      status text NOT NULL DEFAULT 'placing',
      currency char(3) NOT NULL,
      subtotal_minor bigint NOT NULL,
      discount_minor bigint NOT NULL DEFAULT 0,
      shipping_minor bigint NOT NULL,
      tax_minor bigint NOT NULL,
      included_tax_minor bigint NOT NULL,
      total_minor bigint NOT NULL,
      quote_hash text NOT NULL,
      shipping_address jsonb NOT NULL,
      billing_address jsonb NOT NULL,
      shipping_method jsonb NOT NULL,
      note text,
      access_token_hash bytea NOT NULL,
      cancel_reason text,
      -- a person asked to cancel: set before the provider is asked, so that a crash in between forgets nothing
      cancel_requested_at timestamptz,
      hold_until timestamptz,
      release_pending boolean NOT NULL DEFAULT false,
      -- the completer's own columns: when to look again, and who is looking now
      next_attempt_at timestamptz,
      attempts integer NOT NULL DEFAULT 0,
      lease_token uuid,
      lease_until timestamptz,
      last_error text,
      placed_at timestamptz NOT NULL DEFAULT now(),
      paid_at timestamptz,
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT orders_status_known CHECK (status IN ('placing', 'reserved', 'awaiting_payment', 'payment_received', 'paid',
        'fulfilling', 'fulfilled', 'cancelled', 'expired', 'refund_due', 'refunded')),
      CONSTRAINT orders_one_per_number UNIQUE (number),
      CONSTRAINT orders_one_per_checkout_key UNIQUE (checkout_key),
      CONSTRAINT orders_amounts_not_negative CHECK (subtotal_minor >= 0 AND discount_minor >= 0 AND shipping_minor >= 0
        AND tax_minor >= 0 AND included_tax_minor >= 0 AND total_minor >= 0),
      CONSTRAINT orders_total_is_its_parts CHECK (total_minor = subtotal_minor - discount_minor + shipping_minor + tax_minor),
      CONSTRAINT orders_access_token_is_a_sha256 CHECK (octet_length(access_token_hash) = 32)
    );
    -- Before the pivot only: an index over later states would refuse a late true payment of an older attempt.
    CREATE UNIQUE INDEX orders_one_live_per_cart ON orders (cart_id) WHERE status IN ('placing', 'reserved', 'awaiting_payment');
    CREATE INDEX orders_due ON orders (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
    CREATE INDEX orders_by_user ON orders (user_id, placed_at DESC);
    CREATE INDEX orders_by_status ON orders (status, placed_at DESC);
    CREATE INDEX orders_by_placing ON orders (placed_at DESC, id DESC);
    CREATE INDEX orders_by_email ON orders (email);

    CREATE FUNCTION orders_move_only_along_edges() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.status <> OLD.status AND NOT EXISTS (
          SELECT 1 FROM order_edges WHERE from_status = OLD.status AND to_status = NEW.status
        ) THEN
          RAISE EXCEPTION 'an order cannot move from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_move_only_along_edges';
        END IF;
        RETURN NEW;
      END $$;
    CREATE TRIGGER orders_move_only_along_edges BEFORE UPDATE OF status ON orders
      FOR EACH ROW EXECUTE FUNCTION orders_move_only_along_edges();

    CREATE TABLE order_items (
      id uuid PRIMARY KEY,
      order_id uuid NOT NULL REFERENCES orders (id),
      position integer NOT NULL,
      variant_id uuid NOT NULL,
      product_id uuid NOT NULL,
      product_slug text NOT NULL,
      sku text NOT NULL,
      title text NOT NULL,
      variant_title text NOT NULL,
      image_src text,
      quantity integer NOT NULL,
      unit_price_minor bigint NOT NULL,
      discount_minor bigint NOT NULL DEFAULT 0,
      line_total_minor bigint NOT NULL,
      tax_basis_points integer NOT NULL,
      tax_minor bigint NOT NULL,
      tax_included boolean NOT NULL,
      CONSTRAINT order_items_one_line_per_variant UNIQUE (order_id, variant_id),
      CONSTRAINT order_items_quantity_in_range CHECK (quantity BETWEEN 1 AND 99),
      CONSTRAINT order_items_total_is_its_parts CHECK (line_total_minor = quantity * unit_price_minor - discount_minor),
      CONSTRAINT order_items_amounts_not_negative CHECK (unit_price_minor >= 0 AND discount_minor >= 0 AND line_total_minor >= 0 AND tax_minor >= 0)
    );
    CREATE FUNCTION order_items_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT 1 FROM orders WHERE id = OLD.order_id AND status <> 'placing') THEN
          RAISE EXCEPTION 'the lines of a placed order cannot change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_items_are_frozen';
        END IF;
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      END $$;
    CREATE TRIGGER order_items_are_frozen BEFORE UPDATE OR DELETE ON order_items
      FOR EACH ROW EXECUTE FUNCTION order_items_are_frozen();

    -- What happened to an order, in order: moves of its status, payments, parcels, messages, notes.
    CREATE TABLE order_history (
      id uuid PRIMARY KEY,
      seq bigint GENERATED ALWAYS AS IDENTITY,
      order_id uuid NOT NULL REFERENCES orders (id),
      kind text NOT NULL,
      from_status text,
      to_status text,
      actor text NOT NULL,
      message text NOT NULL DEFAULT '',
      details jsonb NOT NULL DEFAULT '{}',
      is_public boolean NOT NULL DEFAULT true,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT order_history_kind_known CHECK (kind IN ('status', 'payment', 'refund', 'parcel', 'message', 'note', 'webhook')),
      CONSTRAINT order_history_status_rows_name_a_move CHECK ((kind = 'status') = (to_status IS NOT NULL))
    );
    CREATE INDEX order_history_by_order ON order_history (order_id, seq);

    -- What we send and have sent. A row comes first and is told to catalog-api after; its number makes that repeatable.
    CREATE TABLE parcels (
      id uuid PRIMARY KEY,
      order_id uuid NOT NULL REFERENCES orders (id),
      parcel_no integer NOT NULL,
      status text NOT NULL DEFAULT 'packing',
      carrier text,
      tracking_number text,
      tracking_url text,
      lines jsonb NOT NULL,
      fulfillment_id uuid,
      requested_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      shipped_at timestamptz,
      delivered_at timestamptz,
      CONSTRAINT parcels_one_per_number UNIQUE (order_id, parcel_no),
      CONSTRAINT parcels_number_positive CHECK (parcel_no > 0),
      CONSTRAINT parcels_status_known CHECK (status IN ('packing', 'shipped', 'delivered')),
      CONSTRAINT parcels_hold_something CHECK (jsonb_array_length(lines) > 0),
      CONSTRAINT parcels_status_has_its_time CHECK (
        (status = 'packing' OR shipped_at IS NOT NULL) AND (status <> 'delivered' OR delivered_at IS NOT NULL)
      )
    );
    CREATE INDEX parcels_to_tell ON parcels (created_at) WHERE status = 'packing';

    CREATE TABLE payments (
      id uuid PRIMARY KEY,
      order_id uuid NOT NULL REFERENCES orders (id),
      attempt integer NOT NULL,
      provider text NOT NULL DEFAULT 'stripe',
      provider_session_id text,
      provider_intent_id text,
      session_url text,
      session_expires_at timestamptz,
      status text NOT NULL DEFAULT 'new',
      amount_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      captured_minor bigint NOT NULL DEFAULT 0,
      refunded_minor bigint NOT NULL DEFAULT 0,
      card_brand text,
      card_last4 text,
      failure_code text,
      failure_message text,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      succeeded_at timestamptz,
      CONSTRAINT payments_status_known CHECK (status IN ('new', 'open', 'processing', 'succeeded', 'succeeded_duplicate', 'failed', 'expired', 'cancelled')),
      CONSTRAINT payments_one_per_attempt UNIQUE (order_id, attempt),
      CONSTRAINT payments_one_per_session UNIQUE (provider, provider_session_id),
      CONSTRAINT payments_one_per_intent UNIQUE (provider, provider_intent_id),
      CONSTRAINT payments_amount_is_positive CHECK (amount_minor > 0),
      CONSTRAINT payments_captured_in_range CHECK (captured_minor BETWEEN 0 AND amount_minor),
      CONSTRAINT payments_refunded_in_range CHECK (refunded_minor BETWEEN 0 AND captured_minor)
    );
    CREATE UNIQUE INDEX payments_one_live_per_order ON payments (order_id) WHERE status IN ('new', 'open', 'processing');
    CREATE UNIQUE INDEX payments_one_effective_per_order ON payments (order_id) WHERE status = 'succeeded';

    CREATE TABLE refunds (
      id uuid PRIMARY KEY,
      payment_id uuid NOT NULL REFERENCES payments (id),
      order_id uuid NOT NULL REFERENCES orders (id),
      amount_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      status text NOT NULL DEFAULT 'pending',
      reason text NOT NULL DEFAULT '',
      requested_by text NOT NULL,
      idempotency_key text NOT NULL,
      provider_refund_id text,
      failure_reason text,
      next_attempt_at timestamptz,
      attempts integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT refunds_status_known CHECK (status IN ('pending', 'requires_action', 'succeeded', 'failed', 'canceled')),
      CONSTRAINT refunds_one_per_key UNIQUE (idempotency_key),
      CONSTRAINT refunds_one_per_provider_refund UNIQUE (provider_refund_id),
      CONSTRAINT refunds_amount_is_positive CHECK (amount_minor > 0)
    );
    CREATE INDEX refunds_by_order ON refunds (order_id);
    CREATE INDEX refunds_due ON refunds (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

    CREATE TABLE stripe_events (
      event_id text PRIMARY KEY,
      type text NOT NULL,
      object_id text NOT NULL,
      order_id uuid,
      livemode boolean NOT NULL,
      payload jsonb NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now(),
      processed_at timestamptz,
      verdict text,
      attempts integer NOT NULL DEFAULT 0,
      next_attempt_at timestamptz NOT NULL DEFAULT now(),
      lease_token uuid,
      lease_until timestamptz,
      last_error text,
      CONSTRAINT stripe_events_verdict_known CHECK (verdict IS NULL OR verdict IN ('applied', 'duplicate', 'stale', 'ignored', 'failed')),
      CONSTRAINT stripe_events_processed_have_a_verdict CHECK ((processed_at IS NULL) = (verdict IS NULL))
    );
    CREATE INDEX stripe_events_waiting ON stripe_events (next_attempt_at) WHERE processed_at IS NULL;
    CREATE INDEX stripe_events_by_order ON stripe_events (order_id, received_at);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP TABLE stripe_events, refunds, payments, parcels, order_history, order_items, orders, order_edges;
    DROP FUNCTION order_items_are_frozen; DROP FUNCTION orders_move_only_along_edges;
  `)
}
