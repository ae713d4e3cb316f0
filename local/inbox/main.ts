// The inbox stand-in as a process of its own: reads its settings, starts, stops cleanly when told.
import path from 'node:path'
import { startInbox } from './server.ts'

const { env } = process
const inbox = await startInbox({
  httpPort: Number(env.INBOX_PORT || 8025),
  smtpPort: Number(env.INBOX_SMTP_PORT || 8026),
  dataDir: path.resolve(env.DATA_DIR || '.data', 'inbox'),
}).catch((error: Error) => {
  process.stderr.write(`The inbox cannot start: ${error.message}\n`)
  process.exit(1)
})
process.stdout.write(`inbox on ${inbox.url}, SMTP on port ${inbox.smtpPort}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void inbox.stop().then(() => process.exit(0)))
}
