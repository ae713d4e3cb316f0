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

/** In the order in which they are asked: the last ones are short, so that two sessions end together. */
export const invariants: Invariant[] = [
  ...flowInvariants,
  ...documentInvariants,
  ...stockInvariants,
  ...moneyInvariants,
]

export type Finding = {
  id: number
  rule: string
  rows: Record<string, unknown>[]
  /** How long the answer took. */
  milliseconds?: number
  notAsked?: true
}

/** Asks one invariant; at most 20 of the rows that break it. */
export async function ask(world: World, { id, rule, on, sql }: Invariant, client = world[on]): Promise<Finding> {
  const started = performance.now()
  // Planned for all of it: a plan that is quick to its first rows is slow where there are none.
  const { rows } = await client.query(`WITH breach AS MATERIALIZED (${sql}) SELECT * FROM breach LIMIT 20`)
  return { id, rule, rows, milliseconds: performance.now() - started }
}

/** Whether only the session knows the answer into which the others' rows were brought. */
const needsOthers = ({ sql }: Invariant): boolean => /\b(cat|pr)_/.test(sql)

/**
 * All invariants answered by rows, in their order; both databases at the same time, and the storefront twice when the world
 * has a session beside: that one does not wait for what is `brought` into the others. Those that need the provider are said
 * to be not asked without it.
 */
export async function askAll(
  world: World,
  withProvider: boolean,
  brought: Promise<unknown> = Promise.resolve(),
): Promise<Finding[]> {
  const isAsked = ({ provider }: Invariant) => withProvider || !provider
  const findings: Finding[] = invariants
    .filter((invariant) => !isAsked(invariant))
    .map(({ id, rule }) => ({ id, rule, rows: [], notAsked: true }))
  const asked = invariants.filter(isAsked)
  const ofCatalog = asked.filter(({ on }) => on === 'catalog')
  const ofSession = asked.filter((invariant) => invariant.on === 'storefront' && needsOthers(invariant))
  const ofAny = asked.filter((invariant) => invariant.on === 'storefront' && !needsOthers(invariant))
  const work = async (client: World['storefront'], ...queues: Invariant[][]) => {
    for (const queue of queues)
      for (let next = queue.shift(); next; next = queue.shift()) findings.push(await ask(world, next, client))
  }
  await Promise.all([
    brought.then(() => work(world.catalog, ofCatalog)),
    brought.then(() => work(world.storefront, ofSession, ofAny)),
    world.beside && work(world.beside, ofAny),
  ])
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
