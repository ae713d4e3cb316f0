// An archived variant keeps its row for old orders but frees its place in the option matrix, and a product may be
// found under the slugs it used to have.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    ALTER TABLE variants DROP CONSTRAINT variants_one_per_option_values;
    CREATE UNIQUE INDEX variants_one_per_option_values ON variants (product_id, option_values) WHERE status = 'active';
    CREATE TABLE product_slugs (
      slug text PRIMARY KEY,
      product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX product_slugs_by_product ON product_slugs (product_id);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP TABLE product_slugs;
    DROP INDEX variants_one_per_option_values;
    ALTER TABLE variants ADD CONSTRAINT variants_one_per_option_values UNIQUE (product_id, option_values);
  `)
}
