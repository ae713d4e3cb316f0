// What the shop's operator does at the command line, beside a running shop or without one, with the same settings:
//   npm run admin:create -- --email you@shop.example --name "Your Name"    the link with which the first owner joins
//   npm run verify-audit [-- --expect <seq>:<hash>]                        is the audit log what was written?
// Takes no password and prints none: who joins chooses theirs on the page behind the link.
import path from 'node:path'
import { databaseNames } from '../migrations/databases.ts'
import { SettingsError } from '../storefront/app/env.server.ts'
import { findRunningPostgres } from './postgres/postgres.ts'
import { readSettings, StartError } from './settings.ts'
import { migrateAll, openPostgres } from './shop-databases.ts'

const commands = ['create-admin', 'verify-audit']

async function main(): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2)
  if (!commands.includes(name))
    throw new StartError(`Usage: node --import tsx local/operator.ts <${commands.join('|')}>`)
  const settings = readSettings(process.env.NODE_ENV === 'production' ? 'production' : 'start', process.env)
  const running = settings.embedded.storefront ? findRunningPostgres(path.join(settings.dataDir, 'postgres')) : null
  if (running) settings.env.STOREFRONT_DATABASE_URL = running(databaseNames.storefront)
  const postgres = running ? null : await openPostgres(settings)
  try {
    if (postgres) await migrateAll(settings)
    Object.assign(process.env, settings.env)
    const { carryOut, createAdmin, verify } = await import('./operator-commands.ts')
    await carryOut(() => (name === 'create-admin' ? createAdmin(args) : verify(args)))
  } finally {
    await postgres?.stop()
  }
}

main().catch((error: unknown) => {
  const isPlain = error instanceof StartError || error instanceof SettingsError || isArgumentError(error)
  process.stderr.write(`${isPlain ? error.message : error instanceof Error ? error.stack : error}\n`)
  process.exitCode = 1
})

const isArgumentError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
