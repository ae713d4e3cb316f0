// Parcels of an order, and the used ids of service tokens (a mutating call's token counts once).
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE fulfillments (
      id uuid PRIMARY KEY,
      order_ref text NOT NULL,
      order_number text NOT NULL,
      parcel_no integer NOT NULL,
      store_id uuid REFERENCES stores (id),
      status text NOT NULL DEFAULT 'shipped',
      carrier text,
      tracking_number text,
      tracking_url text,
      body_hash text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      shipped_at timestamptz,
      delivered_at timestamptz,
      CONSTRAINT fulfillments_one_per_parcel UNIQUE (order_ref, parcel_no),
      CONSTRAINT fulfillments_parcel_number_positive CHECK (parcel_no > 0),
      CONSTRAINT fulfillments_status_known CHECK (status IN ('packed', 'shipped', 'delivered', 'cancelled')),
      CONSTRAINT fulfillments_status_has_its_time CHECK (
        (status NOT IN ('shipped', 'delivered') OR shipped_at IS NOT NULL) AND (status <> 'delivered' OR delivered_at IS NOT NULL)
      )
    );

    CREATE TABLE fulfillment_lines (
      fulfillment_id uuid NOT NULL REFERENCES fulfillments (id),
      variant_id uuid NOT NULL REFERENCES variants (id),
      sku text NOT NULL,
      quantity integer NOT NULL,
      PRIMARY KEY (fulfillment_id, variant_id),
      CONSTRAINT fulfillment_lines_quantity_is_positive CHECK (quantity > 0)
    );

    CREATE TABLE service_jti (
      jti text PRIMARY KEY,
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX service_jti_by_end ON service_jti (expires_at);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('DROP TABLE service_jti, fulfillment_lines, fulfillments')
}
