// Addresses that were given out keep leading somewhere: a category's former slugs, as product_slugs does for products.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE category_slugs (
      slug text PRIMARY KEY,
      category_id uuid NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX category_slugs_by_category ON category_slugs (category_id);
    -- a slug that is somebody's own now is no memory of another
    DELETE FROM product_slugs o USING products p WHERE p.slug = o.slug;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('DROP TABLE category_slugs')
}
