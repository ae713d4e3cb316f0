// Structured logs. Never passwords, tokens, cookies, card data, whole addresses or e-mails.
import pino from 'pino'
import { env } from '#app/env.server.ts'

/**
 * What is logged of an error. A database's error also quotes rows (`detail`, `where`, `nativeError`): of its other fields only
 * those that name code are told.
 */
export function toldOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error }
  const { type, message, stack, code, constraint, table } = pino.stdSerializers.err(error)
  return { type, message, stack, code, constraint, table }
}

export const log = pino({
  name: 'storefront',
  level: env().LOG_LEVEL,
  redact: {
    paths: [
      '*.password',
      '*.token',
      '*.cookie',
      '*.authorization',
      '*.email',
      'password',
      'token',
      'cookie',
      'authorization',
      'email',
    ],
    censor: '[redacted]',
  },
  serializers: { err: toldOf },
  formatters: { level: (label) => ({ level: label }) },
})
