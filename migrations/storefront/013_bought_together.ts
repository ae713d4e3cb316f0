// What is bought together, counted from our own paid orders now and then: pages read it, and nobody is named in it.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE bought_together (
      product_id uuid NOT NULL,
      other_product_id uuid NOT NULL,
      -- so many orders of the last year hold both; one alone would tell what somebody bought
      orders integer NOT NULL,
      computed_at timestamptz NOT NULL,
      PRIMARY KEY (product_id, other_product_id),
      CONSTRAINT bought_together_two_products CHECK (product_id <> other_product_id),
      CONSTRAINT bought_together_more_than_once CHECK (orders >= 2)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('DROP TABLE bought_together')
}
