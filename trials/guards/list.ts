// All guards of money and stock, in the order of the list that is published. The rules of tables are taken from the schema as
// it is, so that one that is gone there cannot stay here.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Database, migrationsFolder } from '../../migrations/databases.ts'
import { type Guard, type Kind, type TableRule, tablesTest, titleOf } from './guard.ts'
import { events, log, owners, posts } from './steps/doors.ts'
import { machinery } from './steps/machinery.ts'
import { messages } from './steps/messages.ts'
import { coupons, ending, refunding, settling } from './steps/paying.ts'
import { leasesOfOrders, placing } from './steps/placing.ts'
import { stock } from './steps/stock.ts'
import { tableRules } from './table-rules.ts'

const schemas = new Map<Database, string>()

function schemaOf(which: Database): string {
  const known = schemas.get(which) ?? readFileSync(path.join(migrationsFolder(which), 'schema.sql'), 'utf8')
  schemas.set(which, known)
  return known
}

/** The statement that takes a rule off its table. Throws when the schema has no such rule. */
export function withoutRule({ database, table, rule }: TableRule): string {
  const schema = schemaOf(database)
  const body = new RegExp(`CREATE TABLE ${table} \\(([\\s\\S]*?)\\n\\);`).exec(schema)?.[1] ?? ''
  if (body.includes(`CONSTRAINT ${rule} `)) return `ALTER TABLE ${table} DROP CONSTRAINT ${rule} CASCADE`
  if (schema.includes(`CREATE UNIQUE INDEX ${rule} ON public.${table} `)) return `DROP INDEX ${rule}`
  if (new RegExp(`CREATE TRIGGER ${rule} [^;]* ON public\\.${table} `).test(schema))
    return `DROP TRIGGER ${rule} ON ${table}`
  throw new Error(`the schema of ${database} has no rule ${rule} on ${table}`)
}

/** What a unique rule holds is a key; the rest are constraints. */
const kindOf = ({ rule }: TableRule): Kind => (/_pkey$|_one_|_once$|_once_/.test(rule) ? 'key' : 'constraint')

const ofTables = (): Guard[] =>
  tableRules.map((rule) => ({
    name: `${rule.database} · ${rule.rule}: never ${rule.never}`,
    kind: kindOf(rule),
    removal: { database: rule.database, sql: withoutRule(rule) },
    test: { file: tablesTest, title: titleOf(rule) },
  }))

const ofSteps = [
  ...placing,
  ...leasesOfOrders,
  ...settling,
  ...ending,
  ...refunding,
  ...coupons,
  ...stock,
  ...messages,
  ...events,
  ...owners,
  ...posts,
  ...log,
  ...machinery,
]

/** Every guard; steps of the program first, then the tables below them. */
export const listGuards = (): Guard[] => [...ofSteps, ...ofTables()]
