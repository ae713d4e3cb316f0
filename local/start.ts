// The one command: `npm start`, `npm run dev` and `npm run start:production`. Starts the shop, says where it is, stops
// it on Ctrl-C or SIGTERM. Every failure is a sentence and an exit code; nothing is left running.

import path from 'node:path'
import { type Mode, root, StartError } from './settings.ts'
import { type Shop, Stopped, startShop } from './shop.ts'

const flags = new Set(process.argv.slice(2))
const mode: Mode = flags.has('--production') ? 'production' : flags.has('--dev') ? 'dev' : 'start'
const say = (line: string) => process.stdout.write(`${line}\n`)
const began = Date.now()
const abort = new AbortController()
let shop: Shop | null = null
let leaving = false

/** A second Ctrl-C, or ten seconds, end the wait; the children leave by themselves when we are gone. */
async function leave(code: number): Promise<never> {
  if (leaving) process.exit(code || 130)
  leaving = true
  setTimeout(() => process.exit(code || 1), 9_800).unref()
  abort.abort()
  await shop?.stop()
  process.exit(code)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (shop) {
      if (!leaving) say('\nStopping the shop …')
      void leave(0)
    } else if (leaving || abort.signal.aborted) process.exit(130)
    else {
      say('\nStopping …')
      abort.abort()
    }
  })
}

function welcome({ urls, settings }: Shop): void {
  const { runsPayments, runsInbox, dataDir } = settings
  const row = (name: string, url: string, words = '') =>
    say(`  ${name.padEnd(15)} ${url.padEnd(28)} ${words}`.trimEnd())
  say(`\nHighstreet is open, after ${((Date.now() - began) / 1000).toFixed(1)} s.\n`)
  row('Shop', urls.storefront)
  row('Admin', `${urls.storefront}/admin`)
  if (runsInbox) row('Inbox', urls.inbox, 'every mail the shop sends')
  if (runsPayments) row('Payments', urls.payments, 'stands in for Stripe')
  row('Catalogue API', `${urls.catalog}/docs`)
  if (mode === 'production') return
  say('\n  Log in as       alice@example.com / Alice@123, bob@example.com / Bob@123, admin@example.com / Admin@123')
  if (runsPayments) say('  Pay with        4242 4242 4242 4242, any future date, any security code')
  say(`\n  Logs are in ${path.relative(root, path.join(dataDir, 'logs')) || dataDir}. Ctrl-C stops everything.\n`)
}

try {
  shop = await startShop(
    {
      mode,
      say,
      verbose: flags.has('--verbose'),
      terminal: Boolean(process.stdout.isTTY),
      ...(flags.has('--no-seeds') && { seeds: false }),
    },
    abort.signal,
  )
  welcome(shop)
  const error = await shop.broken
  process.stderr.write(`${error.message}\nThe shop is being stopped.\n`)
  await leave(1)
} catch (error) {
  if (error instanceof Stopped) process.exit(130)
  const known = error instanceof StartError
  process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}
