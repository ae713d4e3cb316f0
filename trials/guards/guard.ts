// What a guard of money and stock is: how it is taken away, and the test that must notice. Types and the wording of titles.
import type { Database } from '../../migrations/databases.ts'

export type Kind = 'constraint' | 'key' | 'lock' | 'lease' | 'order of steps' | 'conditional update' | 'check'

/** A text of one source file, found there exactly once, and what stands in its place when the guard is gone. */
export type Cut = { file: string; text: string; instead: string }
export type Removal = { sql: string; database: Database } | { cuts: readonly Cut[] }

export type Guard = {
  /** What it guards, for the list. */
  name: string
  kind: Kind
  removal: Removal
  /** Stays green with the guard and goes red without it. `title` is as in the source: `%s` stands for any word. */
  test: { file: string; title: string }
}

/** A rule that a table keeps by itself: a bad write which nothing but this rule refuses. */
export type TableRule = {
  database: Database
  /** The constraint, unique index or trigger, by its name in the schema. */
  rule: string
  table: string
  /** What must never stand there. */
  never: string
  attempt: string
}

export const tablesTest = 'trials/guards/tables.db.test.ts'
export const titleOf = ({ rule, never }: TableRule): string => `never ${never} (${rule})`

/** A guard of one source file. */
export const cut = (
  name: string,
  kind: Kind,
  file: string,
  [text, instead]: readonly [text: string, instead: string],
  test: Guard['test'],
): Guard => ({ name, kind, removal: { cuts: [{ file, text, instead }] }, test })

/** A test by its file and title. */
export const seenBy = (file: string, title: string): Guard['test'] => ({ file, title })
