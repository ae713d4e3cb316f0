// `npm run db:seed`: fills the databases, beside a running shop or without one. Running it twice changes nothing.
import path from 'node:path'
import { databaseNames, databases, urlVariables } from '../migrations/databases.ts'
import { startPayments } from './payments/server.ts'
import { findRunningPostgres } from './postgres/postgres.ts'
import { readSettings, type Settings, StartError } from './settings.ts'
import { migrateAll, openPostgres, seed } from './shop-databases.ts'

async function main(): Promise<void> {
  const settings = readSettings('start', process.env)
  const running = findRunningPostgres(path.join(settings.dataDir, 'postgres'))
  if (running) {
    for (const which of databases.filter((each) => settings.embedded[each])) {
      settings.env[urlVariables[which]] = running(databaseNames[which])
    }
    return seed(settings, false, undefined, process.argv.slice(2))
  }
  const postgres = await openPostgres(settings)
  const payments = await openPayments(settings)
  try {
    await migrateAll(settings)
    await seed(settings, false, undefined, process.argv.slice(2))
  } finally {
    await payments?.stop()
    await postgres?.stop()
  }
}

/** The seeds make their orders' payments in the stand-in; a running shop has it open already. */
async function openPayments({ env, dataDir, ports, runsPayments }: Settings) {
  if (!runsPayments) return null
  return startPayments({
    port: ports.payments,
    dataDir: path.join(dataDir, 'payments'),
    secretKey: env.STRIPE_SECRET_KEY,
    webhookUrl: env.PAYMENTS_WEBHOOK_URL,
    webhookSecret: env.STRIPE_WEBHOOK_SECRET,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') return null
    throw error
  })
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof StartError ? error.message : error instanceof Error ? error.stack : error}\n`,
  )
  process.exitCode = 1
})
