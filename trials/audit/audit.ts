// Runs the invariants and says which rows break them. Judges nothing else and mends nothing.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Database, databases, migrationsFolder } from '../../migrations/databases.ts'
import { dump } from '../../migrations/dump.ts'
import { documentInvariants } from './documents.ts'
import { flowInvariants } from './flow.ts'
import type { Invariant } from './invariant.ts'
import { moneyInvariants } from './money.ts'
import { stockInvariants } from './stock.ts'
import type { World } from './world.ts'

export const invariants: Invariant[] = [
  ...stockInvariants,
  ...moneyInvariants,
  ...flowInvariants,
  ...documentInvariants,
]

export type Finding = { id: number; rule: string; rows: Record<string, unknown>[]; notAsked?: true }

/** Asks one invariant; at most 20 of the rows that break it. */
export async function ask(world: World, { id, rule, on, sql }: Invariant): Promise<Finding> {
  const { rows } = await world[on].query(`SELECT * FROM (${sql}) breach LIMIT 20`)
  return { id, rule, rows }
}

/** All invariants answered by rows, in their order. Those that need the provider are said to be not asked without it. */
export async function askAll(world: World, withProvider: boolean): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const invariant of invariants) {
    const skipped = invariant.provider && !withProvider
    const { id, rule } = invariant
    findings.push(skipped ? { id, rule, rows: [], notAsked: true } : await ask(world, invariant))
  }
  return findings.sort((a, b) => a.id - b.id)
}

/**
 * Invariant 36: every constraint, index, trigger and function of the committed schema is in the database. A dropped index
 * is a breach before any wrong row is.
 */
export async function askSchema(urls: Record<Database, string>): Promise<Finding> {
  const rows: Finding['rows'] = []
  for (const which of databases) {
    const committed = readFileSync(path.join(migrationsFolder(which), 'schema.sql'), 'utf8')
    const present = new Set(statements(await dump(urls[which])))
    for (const line of statements(committed)) if (!present.has(line)) rows.push({ database: which, missing: line })
  }
  return { id: 36, rule: 'every constraint of the schema is in place', rows }
}

/** Lines without the commas that depend on their neighbours; the first line names the migrations. */
const statements = (schema: string): string[] =>
  schema
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/,$/, '').trim())
    .filter(Boolean)
