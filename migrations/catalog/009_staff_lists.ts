// What the staff's pages and the sitemap need: a version of each store, and indexes for lists that walk a whole table.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    ALTER TABLE stores ADD version integer NOT NULL DEFAULT 1;
    CREATE INDEX products_published_by_id ON products (id) INCLUDE (updated_at) WHERE status = 'published';
    CREATE INDEX stock_movements_of_variant ON stock_movements (variant_id, seq);
    CREATE INDEX reservations_held_by_start ON reservations (created_at, ref) WHERE status = 'held';
    CREATE INDEX inventory_low ON inventory (variant_id, store_id) WHERE on_hand - reserved <= low_stock_threshold;
    CREATE INDEX reviews_by_status_and_rating ON reviews (status, rating, created_at, id);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP INDEX reviews_by_status_and_rating, inventory_low, reservations_held_by_start, stock_movements_of_variant, products_published_by_id;
    ALTER TABLE stores DROP version;
  `)
}
