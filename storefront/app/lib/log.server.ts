// Structured logs. Never passwords, tokens, cookies, card data, whole addresses or e-mails.
import pino from 'pino'
import { env } from '#app/env.server.ts'

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
  formatters: { level: (label) => ({ level: label }) },
})
