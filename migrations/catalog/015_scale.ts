// What lists of a million products need: every order as an index, for the whole shop and for each category; option and
// attribute values as labels on the product, so that a filter finds its products by an index; a number drawn for each
// product, in whose order a fair sample is read without reading the rest.
import type { Knex } from 'knex'

/** The best rated first: stars to two decimals, then how many. As in catalog-api/src/products/page-sql.ts, word for word. */
const stars = `(CASE WHEN rating_count = 0 THEN 0
  ELSE round(rating_sum * 100.0 / rating_count)::bigint * 1000000 + rating_count END)`

/** The orders of lists, by the name of their index. */
const orders = { newest: 'published_at', price: 'price_from_minor', stars, title: 'lower(title)' }

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    -- the end of an id is chance: everything below 2^31, evenly
    ALTER TABLE products ADD lot integer NOT NULL
      GENERATED ALWAYS AS (('x' || right(id::text, 8))::bit(32)::integer & 2147483647) STORED;
    CREATE INDEX products_by_lot ON products (lot, category_id, id) WHERE status = 'published';

    -- 'o:Colour:Sage' of live variants, 'a:Material:Oak'; kept by triggers, so that no verb, seed or repair can forget it
    ALTER TABLE products ADD labels text[] NOT NULL DEFAULT '{}';
    -- plpgsql: its body is not looked at before the tables stand, so that a dump can be replayed
    CREATE FUNCTION product_labels(product uuid) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
      BEGIN
        RETURN (
          SELECT coalesce(array_agg(label ORDER BY label), '{}') FROM (
            SELECT 'o:' || chosen.key || ':' || chosen.value AS label
            FROM variants v CROSS JOIN LATERAL jsonb_each_text(v.option_values) chosen
            WHERE v.product_id = product AND v.status = 'active'
            UNION SELECT 'a:' || a.name || ':' || a.value FROM product_attributes a WHERE a.product_id = product
          ) told
        );
      END $$;
    UPDATE products SET labels = product_labels(id);
    CREATE INDEX products_by_label ON products USING gin (labels) WHERE status = 'published';
    CREATE INDEX products_by_brand ON products (brand) WHERE status = 'published';

    CREATE FUNCTION products_follow_labels() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- in the order of ids, as everybody locks products
        PERFORM 1 FROM products WHERE id IN (SELECT product_id FROM changed_rows) ORDER BY id FOR NO KEY UPDATE;
        UPDATE products p SET labels = product_labels(p.id)
          WHERE p.id IN (SELECT product_id FROM changed_rows) AND p.labels <> product_labels(p.id);
        RETURN NULL;
      END $$;
    ${followers('variants')}
    ${followers('product_attributes')}

    DROP INDEX products_by_newest, products_by_price;
    ${Object.entries(orders)
      .map(
        ([name, column]) => `
    CREATE INDEX products_by_${name} ON products (${column}, id) WHERE status = 'published';
    CREATE INDEX products_of_category_by_${name} ON products (category_id, ${column}, id) WHERE status = 'published';`,
      )
      .join('')}

    -- words of titles, without looking into each product for the place of a word
    CREATE INDEX products_by_title_words ON products USING gin (ts_filter(search, '{a}')) WHERE status = 'published';
    -- the staff's list
    CREATE INDEX products_by_update ON products (updated_at, id);
    CREATE INDEX products_by_creation ON products (created_at, id);
    CREATE INDEX products_of_category_by_update ON products (category_id, updated_at, id);
  `)
}

/** A transition table stands for one kind of change: a trigger for each. */
const followers = (table: string) =>
  [
    ['insert', 'NEW TABLE AS changed_rows'],
    ['delete', 'OLD TABLE AS changed_rows'],
    ['update', 'NEW TABLE AS changed_rows'],
  ]
    .map(
      ([kind, rows]) => `CREATE TRIGGER ${table}_label_products_on_${kind} AFTER ${kind?.toUpperCase()} ON ${table}
      REFERENCING ${rows} FOR EACH STATEMENT EXECUTE FUNCTION products_follow_labels();`,
    )
    .join('\n    ')

export async function down(knex: Knex): Promise<void> {
  const triggers = ['variants', 'product_attributes'].flatMap((table) =>
    ['insert', 'delete', 'update'].map((kind) => `DROP TRIGGER ${table}_label_products_on_${kind} ON ${table};`),
  )
  const indexes = Object.keys(orders).flatMap((name) => [`products_by_${name}`, `products_of_category_by_${name}`])
  await knex.schema.raw(`
    ${triggers.join('\n    ')}
    DROP FUNCTION products_follow_labels, product_labels;
    DROP INDEX ${indexes.join(', ')}, products_by_update, products_by_creation, products_of_category_by_update, products_by_brand, products_by_title_words;
    CREATE INDEX products_by_newest ON products (published_at DESC, id) WHERE status = 'published';
    CREATE INDEX products_by_price ON products (price_from_minor, id) WHERE status = 'published';
    ALTER TABLE products DROP labels, DROP lot;
  `)
}
