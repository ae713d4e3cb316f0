// Empties tables between two tests of a file.
import { db } from '#app/lib/db.server.ts'

/** `$1` and every table whose rows need rows of them, as `TRUNCATE … CASCADE` would find them. */
const closure = `
  WITH RECURSIVE wanted AS (
    SELECT name::regclass::oid AS table_id FROM unnest(?::text[]) AS name
    UNION
    SELECT c.conrelid FROM pg_constraint c JOIN wanted w ON c.confrelid = w.table_id WHERE c.contype = 'f'
  )
  SELECT table_id::regclass::text AS name FROM wanted`

/**
 * Takes all rows out of `tables` and of every table that refers to them, past triggers. TRUNCATE would make new files for
 * each of some fifty tables and their indexes: half a second for a handful of rows.
 */
export async function forgetRows(...tables: string[]): Promise<void> {
  const { rows } = await db().raw<{ rows: { name: string }[] }>(closure, [tables])
  const deletes = rows.map(({ name }) => `DELETE FROM ${name};`).join('\n')
  await db().raw(`BEGIN; SET LOCAL session_replication_role = replica; ${deletes} COMMIT`)
}
