// How bad writes are written: a second row like one of the sound shop's, or a change of it.
import { ids } from '../../audit/sound-shop.ts'
import type { TableRule } from '../guard.ts'

/** A second row like the one that `where` finds, but for `changes`. */
export const twin = (table: string, changes: Record<string, unknown>, where = 'true'): string =>
  `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(one, '${JSON.stringify(changes)}')).* FROM ${table} one WHERE ${where} LIMIT 1`

/** Of nothing in the sound shop. */
export const id = ids.other
export const set = (table: string, change: string, where = 'true') => `UPDATE ${table} SET ${change} WHERE ${where}`
export const sf = (table: string, rule: string, never: string, attempt: string): TableRule => {
  return { database: 'storefront', table, rule, never, attempt }
}
export const cat = (table: string, rule: string, never: string, attempt: string): TableRule => {
  return { database: 'catalog', table, rule, never, attempt }
}
export const sha = (letter: string) => `\\x${letter.repeat(64)}`
