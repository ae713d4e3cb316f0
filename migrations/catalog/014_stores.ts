// Stores on the sphere, by postcode, and the days that are not like every week. Nearness needs no extension: an index of
// Postgres' own points, asked by boxes.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    -- Positions are kept to a centimetre: what is nearly nothing cannot be squared (underflow), and nothing is found any more.
    UPDATE stores SET latitude = round(latitude::numeric, 7)::float8, longitude = round(longitude::numeric, 7)::float8;
    ALTER TABLE stores ADD CONSTRAINT stores_position_to_a_centimetre CHECK (
      (latitude = 0 OR abs(latitude) >= 9e-8) AND (longitude = 0 OR abs(longitude) >= 9e-8)
    );
    DROP INDEX stores_by_latitude;
    CREATE INDEX stores_by_position ON stores USING gist (point(longitude, latitude))
      WHERE kind = 'shop' AND status = 'open';
    CREATE INDEX stores_in_order ON stores ((country || ' ' || city), id) WHERE kind = 'shop' AND status = 'open';

    -- '69002', 'd02vk03': what a person types is compared with this
    ALTER TABLE stores ADD postcode_key text
      GENERATED ALWAYS AS (lower(regexp_replace(coalesce(postcode, ''), '[^A-Za-z0-9]', '', 'g'))) STORED;
    CREATE INDEX stores_by_postcode ON stores (postcode_key text_pattern_ops)
      WHERE kind = 'shop' AND status = 'open' AND postcode_key <> '';

    -- Holidays and other days with hours of their own, by the store's calendar; these take the place of the week's hours.
    CREATE TABLE store_special_days (
      store_id uuid NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
      day date NOT NULL,
      note text NOT NULL DEFAULT '',
      -- minutes after midnight, '{[600,750),[840,1140)}'; empty: closed all day. A multirange cannot overlap itself.
      open_minutes int4multirange NOT NULL DEFAULT '{}',
      PRIMARY KEY (store_id, day),
      CONSTRAINT store_special_days_stay_within_the_day CHECK (open_minutes <@ '{[0,1440)}'::int4multirange),
      CONSTRAINT store_special_days_note_length CHECK (length(note) <= 80)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP TABLE store_special_days;
    ALTER TABLE stores DROP postcode_key, DROP CONSTRAINT stores_position_to_a_centimetre;
    DROP INDEX stores_by_position, stores_in_order;
    CREATE INDEX stores_by_latitude ON stores (latitude);
  `)
}
