// Structured logs. Never whole addresses, e-mails, phone numbers, message bodies or tokens.
import pino, { type Logger } from 'pino'

export type Log = Logger

/** A logger named `notifier`; `level` as in LOG_LEVEL. */
export const createLog = (level: string): Log =>
  pino({
    name: 'notifier',
    level,
    redact: { paths: ['*.email', '*.to', '*.phone', '*.authorization', 'email', 'to', 'phone', 'authorization'] },
    formatters: { level: (label) => ({ level: label }) },
  })
