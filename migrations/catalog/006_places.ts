// Towns of the world by name, so that "stores near Lyon" needs no outside service. Data: GeoNames, CC BY 4.0.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE places (
      -- GeoNames' own id
      id integer PRIMARY KEY,
      name text NOT NULL,
      -- lower case, accents folded by the app (catalog-api/src/lib/fold.ts): what a person types is compared with this
      folded_name text NOT NULL,
      region text,
      country char(2) NOT NULL,
      latitude double precision NOT NULL,
      longitude double precision NOT NULL,
      population integer NOT NULL DEFAULT 0,
      CONSTRAINT places_have_a_name CHECK (length(name) > 0 AND length(folded_name) > 0),
      CONSTRAINT places_country_is_iso_alpha2 CHECK (country ~ '^[A-Z]{2}$'),
      CONSTRAINT places_on_earth CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180),
      CONSTRAINT places_population_not_negative CHECK (population >= 0)
    );
    CREATE INDEX places_by_folded_name ON places (folded_name text_pattern_ops, population DESC);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('DROP TABLE places')
}
