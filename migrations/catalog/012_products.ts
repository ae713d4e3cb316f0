// What a product is beside its words: attributes, hand-picked companions, and the history of its variants' prices, from
// which the lowest price before a reduction is computed (Directive 98/6/EC, Article 6a). Triggers write the history, so
// that no verb, seed or bulk load can forget it; rows are never altered.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE product_attributes (
      product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
      name text NOT NULL,
      value text NOT NULL,
      position integer NOT NULL DEFAULT 0,
      PRIMARY KEY (product_id, name, value),
      -- a facet is asked for as name:value
      CONSTRAINT product_attributes_name_is_plain CHECK (length(name) BETWEEN 1 AND 40 AND name = btrim(name) AND strpos(name, ':') = 0),
      CONSTRAINT product_attributes_value_is_short CHECK (length(value) BETWEEN 1 AND 60 AND value = btrim(value)),
      CONSTRAINT product_attributes_position_not_negative CHECK (position >= 0)
    );

    CREATE TABLE related_products (
      product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
      related_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
      position integer NOT NULL,
      PRIMARY KEY (product_id, related_id),
      CONSTRAINT related_products_one_per_place UNIQUE (product_id, position),
      CONSTRAINT related_products_not_itself CHECK (product_id <> related_id),
      CONSTRAINT related_products_position_not_negative CHECK (position >= 0)
    );
    CREATE INDEX related_products_by_related ON related_products (related_id);
    -- "same category, best first", without reading the category; it serves whatever the narrower index did
    CREATE INDEX products_best_of_category ON products (category_id, rating_sum DESC, id) WHERE status = 'published';
    DROP INDEX products_by_category;

    -- one row for each price, or former price, that a variant was offered at; in force until the next row's moment
    CREATE TABLE price_changes (
      variant_id uuid NOT NULL REFERENCES variants (id) ON DELETE CASCADE,
      since timestamptz NOT NULL,
      price_minor bigint NOT NULL,
      compare_at_minor bigint,
      PRIMARY KEY (variant_id, since),
      CONSTRAINT price_changes_price_not_negative CHECK (price_minor >= 0 AND (compare_at_minor IS NULL OR compare_at_minor > price_minor))
    );
    INSERT INTO price_changes (variant_id, since, price_minor, compare_at_minor)
      SELECT id, created_at, price_minor, compare_at_minor FROM variants;

    -- by statement, not by row: a COPY of a million variants costs one more insert
    CREATE FUNCTION price_changes_begin() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO price_changes (variant_id, since, price_minor, compare_at_minor)
          SELECT id, created_at, price_minor, compare_at_minor FROM new_rows;
        RETURN NULL;
      END $$;
    CREATE TRIGGER price_changes_begin AFTER INSERT ON variants REFERENCING NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION price_changes_begin();

    -- clock_timestamp: the row is locked by now, so a later change has the later moment whichever transaction began first
    CREATE FUNCTION price_changes_follow() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO price_changes (variant_id, since, price_minor, compare_at_minor)
          SELECT n.id, greatest(clock_timestamp(), (SELECT max(c.since) FROM price_changes c WHERE c.variant_id = n.id) + interval '1 microsecond'),
            n.price_minor, n.compare_at_minor
          FROM new_rows n JOIN old_rows o ON o.id = n.id
          WHERE (n.price_minor, n.compare_at_minor) IS DISTINCT FROM (o.price_minor, o.compare_at_minor);
        RETURN NULL;
      END $$;
    CREATE TRIGGER price_changes_follow AFTER UPDATE ON variants REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION price_changes_follow();

    CREATE FUNCTION price_changes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- it goes with its variant, whose row is gone when the foreign key cascades
        IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM variants WHERE id = OLD.variant_id) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'price_changes is append-only' USING ERRCODE = 'restrict_violation';
      END $$;
    CREATE TRIGGER price_changes_stay BEFORE UPDATE OR DELETE ON price_changes
      FOR EACH ROW EXECUTE FUNCTION price_changes_stay();

    -- The lowest price the variant was offered at in the 30 days before what is announced now began. Prices of a draft
    -- were no offers. A variant that never had another price: its own.
    CREATE FUNCTION lowest_price_before(variant uuid) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
      DECLARE
        began timestamptz; own bigint; window_start timestamptz; lowest bigint;
      BEGIN
        SELECT c.since, c.price_minor, greatest(c.since - interval '30 days', p.published_at) INTO began, own, window_start
          FROM price_changes c JOIN variants v ON v.id = c.variant_id JOIN products p ON p.id = v.product_id
          WHERE c.variant_id = variant ORDER BY c.since DESC LIMIT 1;
        SELECT min(c.price_minor) INTO lowest FROM price_changes c
          WHERE c.variant_id = variant AND c.since < began AND window_start < began
            -- in force at the window's start, or begun since
            AND c.since >= coalesce((SELECT max(f.since) FROM price_changes f WHERE f.variant_id = variant AND f.since <= window_start), window_start);
        RETURN coalesce(lowest, own);
      END
    $$;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP FUNCTION lowest_price_before;
    DROP TRIGGER price_changes_follow ON variants;
    DROP TRIGGER price_changes_begin ON variants;
    CREATE INDEX products_by_category ON products (category_id) WHERE status = 'published';
    DROP INDEX products_best_of_category;
    DROP TABLE price_changes, related_products, product_attributes;
    DROP FUNCTION price_changes_follow, price_changes_begin, price_changes_stay;
  `)
}
