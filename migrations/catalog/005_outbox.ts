import type { Knex } from 'knex'
import { createOutbox, dropOutbox } from '../outbox-table.ts'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(createOutbox)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(dropOutbox)
}
