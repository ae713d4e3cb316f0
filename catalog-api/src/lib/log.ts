// Structured logs. Never tokens, whole addresses or bodies.
import pino, { type Logger } from 'pino'

export type { Logger }

/**
 * What is logged of an error. A database's error also quotes rows (`detail`, `where`, `nativeError`): of its other fields only
 * those that name code are told.
 */
export function toldOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error }
  const { type, message, stack, code, constraint, table } = pino.stdSerializers.err(error)
  return { type, message, stack, code, constraint, table }
}

/** The process's log; `level` is one of pino's. */
export function createLog(level: string): Logger {
  return pino({
    name: 'catalog-api',
    level,
    redact: { paths: ['*.authorization', '*.token', 'authorization', 'token'], censor: '[redacted]' },
    serializers: { err: toldOf },
    formatters: { level: (label) => ({ level: label }) },
  })
}
