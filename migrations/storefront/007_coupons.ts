// Coupons and who used them, delivery by weight, and what an order must keep so that its total can be worked out again.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE coupons (
      id uuid PRIMARY KEY,
      code text NOT NULL,
      description text NOT NULL DEFAULT '',
      kind text NOT NULL,
      -- percent: basis points; fixed: minor units; free_shipping: 0
      value bigint NOT NULL DEFAULT 0,
      currency char(3) NOT NULL,
      starts_at timestamptz,
      ends_at timestamptz,
      minimum_minor bigint,
      limit_total integer,
      limit_per_customer integer,
      -- uses claimed within limit_total now; raised and lowered together with the rows of coupon_uses
      used integer NOT NULL DEFAULT 0,
      active boolean NOT NULL DEFAULT true,
      -- goes up with every change by staff: an order is made for the version that was quoted
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT coupons_one_per_code UNIQUE (code),
      CONSTRAINT coupons_code_is_canonical CHECK (code ~ '^[A-Z0-9][A-Z0-9_-]{2,39}$'),
      CONSTRAINT coupons_kind_known CHECK (kind IN ('percent', 'fixed', 'free_shipping')),
      CONSTRAINT coupons_value_fits_the_kind CHECK (
        (kind = 'percent' AND value BETWEEN 1 AND 10000) OR (kind = 'fixed' AND value > 0) OR (kind = 'free_shipping' AND value = 0)
      ),
      CONSTRAINT coupons_end_after_they_begin CHECK (starts_at IS NULL OR ends_at IS NULL OR ends_at > starts_at),
      CONSTRAINT coupons_limits_are_positive CHECK (
        (limit_total IS NULL OR limit_total > 0) AND (limit_per_customer IS NULL OR limit_per_customer > 0)
        AND (minimum_minor IS NULL OR minimum_minor > 0)
      ),
      CONSTRAINT coupons_used_within_limit CHECK (used >= 0 AND (limit_total IS NULL OR used <= limit_total))
    );

    CREATE TABLE coupon_uses (
      id uuid PRIMARY KEY,
      coupon_id uuid NOT NULL REFERENCES coupons (id),
      order_id uuid NOT NULL REFERENCES orders (id),
      -- the same customer is who has the same account or the same mailbox: logging out is no new customer
      user_id uuid REFERENCES users (id) ON DELETE SET NULL,
      email_hash bytea NOT NULL,
      discount_minor bigint NOT NULL,
      status text NOT NULL DEFAULT 'claimed',
      -- a dead order was paid after all when the coupon was used up: a fact, counted apart from the limit
      beyond_limit boolean NOT NULL DEFAULT false,
      claimed_at timestamptz NOT NULL DEFAULT now(),
      given_back_at timestamptz,
      CONSTRAINT coupon_uses_one_per_order UNIQUE (order_id),
      CONSTRAINT coupon_uses_status_known CHECK (status IN ('claimed', 'given_back')),
      CONSTRAINT coupon_uses_given_back_have_a_time CHECK ((status = 'given_back') = (given_back_at IS NOT NULL)),
      CONSTRAINT coupon_uses_mailbox_is_a_sha256 CHECK (octet_length(email_hash) = 32),
      CONSTRAINT coupon_uses_discount_not_negative CHECK (discount_minor >= 0)
    );
    CREATE INDEX coupon_uses_by_coupon ON coupon_uses (coupon_id, claimed_at DESC);
    CREATE INDEX coupon_uses_by_mailbox ON coupon_uses (coupon_id, email_hash) WHERE status = 'claimed';

    ALTER TABLE carts ADD COLUMN coupon_code text;
    ALTER TABLE orders ADD COLUMN coupon jsonb, ADD COLUMN shipping_tax jsonb;
    ALTER TABLE order_items ADD COLUMN tax_name text NOT NULL DEFAULT '';

    ALTER TABLE shipping_methods
      -- the price covers this much; each started kilogram above it costs price_per_kg_minor
      ADD COLUMN included_grams integer NOT NULL DEFAULT 0,
      ADD COLUMN price_per_kg_minor bigint NOT NULL DEFAULT 0,
      ADD COLUMN max_grams integer,
      ADD COLUMN version integer NOT NULL DEFAULT 1,
      ADD CONSTRAINT shipping_methods_weights_make_sense CHECK (
        included_grams >= 0 AND price_per_kg_minor >= 0 AND (max_grams IS NULL OR max_grams > 0)
      );
    ALTER TABLE tax_rates ADD COLUMN version integer NOT NULL DEFAULT 1;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    ALTER TABLE tax_rates DROP COLUMN version;
    ALTER TABLE shipping_methods DROP COLUMN included_grams, DROP COLUMN price_per_kg_minor, DROP COLUMN max_grams, DROP COLUMN version;
    ALTER TABLE order_items DROP COLUMN tax_name;
    ALTER TABLE orders DROP COLUMN coupon, DROP COLUMN shipping_tax;
    ALTER TABLE carts DROP COLUMN coupon_code;
    DROP TABLE coupon_uses, coupons;
  `)
}
