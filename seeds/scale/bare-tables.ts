// Takes indexes and keys off tables for the time of a bulk load and puts exactly them back, which checks every row. Runs
// inside the caller's transaction: broken off, nothing was taken away.
import type { ClientBase } from 'pg'

type Statement = { drop: string; make: string }

/** Everything that hangs on these tables and slows loading down, in the order in which it has to come back. */
async function hangingOn(client: ClientBase, tables: readonly string[]): Promise<Statement[]> {
  const { rows } = await client.query<Statement>(
    `WITH ours AS (SELECT unnest($1::regclass[]) AS oid)
     SELECT 1 AS place, conname AS name,
       format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS make
     FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid IN (SELECT oid FROM ours)
     UNION ALL
     SELECT 2, c.relname, format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid IN (SELECT oid FROM ours) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
     UNION ALL
     SELECT 3, conname, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
     FROM pg_constraint WHERE contype = 'f' AND (conrelid IN (SELECT oid FROM ours) OR confrelid IN (SELECT oid FROM ours))
     ORDER BY 1, 2`,
    [tables],
  )
  return rows
}

/** Runs `load` on tables without indexes, keys and triggers; `told` hears what is being put back. */
export async function withBareTables(
  client: ClientBase,
  tables: readonly string[],
  load: () => Promise<void>,
  told: (step: string) => void,
): Promise<void> {
  const statements = await hangingOn(client, tables)
  for (const { drop } of [...statements].reverse()) await client.query(drop)
  for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
  await load()
  for (const table of tables) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
  for (const [at, { make }] of statements.entries()) {
    told(`index or key ${at + 1} of ${statements.length}`)
    await client.query(make)
  }
}
