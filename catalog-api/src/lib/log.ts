// Structured logs. Never tokens, whole addresses or bodies.
import pino, { type Logger } from 'pino'

export type { Logger }

/** The process's log; `level` is one of pino's. */
export function createLog(level: string): Logger {
  return pino({
    name: 'catalog-api',
    level,
    redact: { paths: ['*.authorization', '*.token', 'authorization', 'token'], censor: '[redacted]' },
    formatters: { level: (label) => ({ level: label }) },
  })
}
