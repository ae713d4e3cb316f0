// Proofs of the stock's rules that staff asked for in the running shop: one at a time, however many processes there are, and
// what came of each.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE stock_proofs (
      id uuid PRIMARY KEY,
      buyers integer NOT NULL,
      units integer NOT NULL,
      asked_by text NOT NULL,
      started_at timestamptz NOT NULL DEFAULT now(),
      finished_at timestamptz,
      report jsonb,
      -- why there is no report
      failure text,
      CONSTRAINT stock_proofs_end_with_a_result CHECK ((finished_at IS NULL AND report IS NULL AND failure IS NULL)
        OR (finished_at IS NOT NULL AND (report IS NULL) <> (failure IS NULL)))
    );
    CREATE UNIQUE INDEX stock_proofs_one_at_a_time ON stock_proofs ((true)) WHERE finished_at IS NULL;
    CREATE INDEX stock_proofs_latest ON stock_proofs (started_at);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('DROP TABLE stock_proofs')
}
