// Bulk inserts that may be repeated: a row that is there already stays as it is.
import createKnex, { type Knex } from 'knex'
import { knexSnakeCaseMappers } from 'objection'

export const connect = (url: string): Knex =>
  createKnex({ client: 'pg', connection: url, pool: { min: 0, max: 4 }, ...knexSnakeCaseMappers() })

export type Row = Record<string, unknown>

/** Inserts rows in portions; a row whose id or name is taken is left out. Returns how many are new. */
export async function insertRows(knex: Knex, table: string, rows: readonly Row[]): Promise<number> {
  const portion = 500
  let added = 0
  for (let from = 0; from < rows.length; from += portion) {
    const result = await knex(table)
      .insert(rows.slice(from, from + portion))
      .onConflict()
      .ignore()
    added += (result as unknown as { rowCount: number }).rowCount ?? 0
  }
  return added
}
