// Carts, and what a price is made of beside the goods: shipping methods and tax rates.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE shipping_methods (
      id uuid PRIMARY KEY,
      code text NOT NULL,
      name text NOT NULL,
      description text NOT NULL DEFAULT '',
      countries text[] NOT NULL,
      currency char(3) NOT NULL,
      price_minor bigint NOT NULL,
      free_from_minor bigint,
      min_days integer NOT NULL,
      max_days integer NOT NULL,
      position integer NOT NULL DEFAULT 0,
      active boolean NOT NULL DEFAULT true,
      CONSTRAINT shipping_methods_one_per_code UNIQUE (code),
      CONSTRAINT shipping_methods_price_not_negative CHECK (price_minor >= 0 AND (free_from_minor IS NULL OR free_from_minor >= 0)),
      CONSTRAINT shipping_methods_days_in_order CHECK (min_days >= 0 AND max_days >= min_days),
      CONSTRAINT shipping_methods_serve_somewhere CHECK (cardinality(countries) > 0)
    );

    CREATE TABLE tax_rates (
      id uuid PRIMARY KEY,
      country char(2) NOT NULL,
      region text,
      category text NOT NULL DEFAULT 'standard',
      name text NOT NULL,
      rate_basis_points integer NOT NULL,
      included_in_price boolean NOT NULL,
      CONSTRAINT tax_rates_rate_in_range CHECK (rate_basis_points BETWEEN 0 AND 10000)
    );
    CREATE UNIQUE INDEX tax_rates_one_per_zone_and_category ON tax_rates (country, coalesce(region, ''), category);

    CREATE TABLE carts (
      id uuid PRIMARY KEY,
      user_id uuid REFERENCES users (id) ON DELETE CASCADE,
      status text NOT NULL DEFAULT 'open',
      version integer NOT NULL DEFAULT 1,
      currency char(3) NOT NULL,
      email text,
      phone text,
      shipping_address jsonb,
      billing_address jsonb,
      shipping_method_code text,
      note text,
      merged_into uuid REFERENCES carts (id),
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT carts_status_known CHECK (status IN ('open', 'checking_out', 'ordered', 'merged')),
      CONSTRAINT carts_merged_names_its_heir CHECK ((status = 'merged') = (merged_into IS NOT NULL))
    );
    CREATE UNIQUE INDEX carts_one_open_per_user ON carts (user_id) WHERE status IN ('open', 'checking_out');
    CREATE INDEX carts_by_age ON carts (updated_at) WHERE status = 'open';

    CREATE TABLE cart_items (
      id uuid PRIMARY KEY,
      cart_id uuid NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
      variant_id uuid NOT NULL,
      sku text NOT NULL,
      quantity integer NOT NULL,
      -- what the shopper saw when adding, to be able to say "the price has changed"
      seen_price_minor bigint NOT NULL,
      added_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT cart_items_one_line_per_variant UNIQUE (cart_id, variant_id),
      CONSTRAINT cart_items_quantity_in_range CHECK (quantity BETWEEN 1 AND 99),
      CONSTRAINT cart_items_price_not_negative CHECK (seen_price_minor >= 0)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('DROP TABLE cart_items, carts, tax_rates, shipping_methods')
}
