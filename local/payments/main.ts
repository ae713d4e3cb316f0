// The payments stand-in as a process of its own: reads its settings, starts, stops cleanly when told.
import path from 'node:path'
import { startPayments } from './server.ts'

const { env } = process
const server = await startPayments({
  port: Number(env.PAYMENTS_PORT || 8020),
  dataDir: path.resolve(env.DATA_DIR || '.data', 'payments'),
  secretKey: env.STRIPE_SECRET_KEY || undefined,
  webhookUrl: env.PAYMENTS_WEBHOOK_URL || undefined,
  webhookSecret: env.STRIPE_WEBHOOK_SECRET || undefined,
  shopName: env.SHOP_NAME || undefined,
}).catch((error: Error) => {
  process.stderr.write(`The payments stand-in cannot start: ${error.message}\n`)
  process.exit(1)
})
process.stdout.write(`payments stand-in on ${server.url}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.stop().then(() => process.exit(0)))
}
