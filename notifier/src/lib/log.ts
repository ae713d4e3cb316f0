// Structured logs. Never whole addresses, e-mails, phone numbers, message bodies or tokens.
import pino, { type Logger } from 'pino'

export type Log = Logger

/**
 * What is logged of an error. A database's error also quotes rows (`detail`, `where`, `nativeError`): of its other fields only
 * those that name code are told.
 */
export function toldOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error }
  const { type, message, stack, code, constraint, table } = pino.stdSerializers.err(error)
  return { type, message, stack, code, constraint, table }
}

/** A logger named `notifier`; `level` as in LOG_LEVEL. */
export const createLog = (level: string): Log =>
  pino({
    name: 'notifier',
    level,
    redact: { paths: ['*.email', '*.to', '*.phone', '*.authorization', 'email', 'to', 'phone', 'authorization'] },
    serializers: { err: toldOf },
    formatters: { level: (label) => ({ level: label }) },
  })
