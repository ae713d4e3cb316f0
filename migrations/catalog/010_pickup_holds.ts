// A hold for pickup is bound to its store: also when it is committed late it stays there, even where that store ships too.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    ALTER TABLE reservations ADD store_id uuid REFERENCES stores (id);
    -- until now a hold at a place that does not ship could only have been asked for by that place's id
    UPDATE reservations r SET store_id = l.store_id
    FROM reservation_lines l JOIN stores s ON s.id = l.store_id AND NOT s.ships_orders
    WHERE l.ref = r.ref;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('ALTER TABLE reservations DROP store_id')
}
