// A hold that was sold and given back was let through when it had no reason: a comparison with nothing is neither true nor
// false, and a check refuses only what is false.
import type { Knex } from 'knex'

const endOnce = (isLate: string) => `
  ALTER TABLE reservations DROP CONSTRAINT reservations_end_once;
  ALTER TABLE reservations ADD CONSTRAINT reservations_end_once CHECK (
    (status = 'held' AND committed_at IS NULL AND released_at IS NULL)
    OR (status = 'committed' AND committed_at IS NOT NULL AND (released_at IS NULL OR ${isLate}))
    OR (status = 'released' AND released_at IS NOT NULL AND committed_at IS NULL)
  );
`

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(endOnce(`reason IS NOT DISTINCT FROM 'late_commit'`))
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(endOnce(`reason = 'late_commit'`))
}
