// Places that hold stock: shops a person can visit and warehouses that ship, with opening hours in their own time zone.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE stores (
      id uuid PRIMARY KEY,
      slug text NOT NULL,
      kind text NOT NULL DEFAULT 'shop',
      name text NOT NULL,
      line1 text NOT NULL,
      line2 text,
      city text NOT NULL,
      region text,
      postcode text,
      country char(2) NOT NULL,
      latitude double precision NOT NULL,
      longitude double precision NOT NULL,
      timezone text NOT NULL,
      phone text,
      email text,
      services text[] NOT NULL DEFAULT '{}',
      -- online orders are served from places that ship, lowest priority number first
      ships_orders boolean NOT NULL DEFAULT false,
      allocation_priority integer NOT NULL DEFAULT 100,
      status text NOT NULL DEFAULT 'open',
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT stores_one_per_slug UNIQUE (slug),
      CONSTRAINT stores_kind_known CHECK (kind IN ('shop', 'warehouse')),
      CONSTRAINT stores_status_known CHECK (status IN ('open', 'closed')),
      CONSTRAINT stores_country_is_iso_alpha2 CHECK (country ~ '^[A-Z]{2}$'),
      CONSTRAINT stores_on_earth CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)
    );
    CREATE INDEX stores_by_latitude ON stores (latitude);

    CREATE TABLE store_hours (
      store_id uuid NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
      weekday integer NOT NULL,
      opens time NOT NULL,
      closes time NOT NULL,
      PRIMARY KEY (store_id, weekday, opens),
      CONSTRAINT store_hours_weekday_is_iso CHECK (weekday BETWEEN 1 AND 7),
      CONSTRAINT store_hours_close_after_opening CHECK (closes > opens)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('DROP TABLE store_hours, stores')
}
