// Idempotency-Key for operations that make something: sent again, the first answer comes back and nothing is done. Stands
// after the guards, since a key belongs to whoever uses it, and around validation and handler.
import { z } from '@hono/zod-openapi'
import { createMiddleware } from 'hono/factory'
import { freeKey, keepAnswer, takeKey, wordOf } from '#app/domain/idempotency/idempotency.server.ts'
import { limitedNetwork } from '#app/domain/identity/network.ts'
import { DomainError } from '#app/lib/errors.ts'
import { clientIp } from '#server/client-ip.ts'
import type { ApiEnv } from './context.ts'

/** The header of an operation that takes a key. */
export const keyHeader = z.object({
  'idempotency-key': z.string().optional().openapi({
    example: '6f1e7a40-9d0b-4f6f-8f2b-9a11c2d3e4f5',
    description: 'Any word of up to 255 visible ASCII characters, new for each thing you want; kept for 24 hours.',
  }),
})

/**
 * `repeatable`: the handler makes the same thing again from the same `c.var.word`, so that a request cut off by a crash is
 * simply done again; else the caller is told to look first.
 */
export const idempotent = ({ repeatable = false } = {}) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const key = c.req.header('Idempotency-Key')
    if (key === undefined) return next()
    if (!/^[\x21-\x7e]{1,255}$/.test(key))
      throw new DomainError('validation_failed', 'The Idempotency-Key cannot be used.', {
        fields: { 'Idempotency-Key': ['1 to 255 visible ASCII characters.'] },
      })
    const owner = c.get('person')?.id ?? `network ${limitedNetwork(clientIp(c))}`
    const request = { owner, operation: `${c.req.method} ${c.req.path}`, key, repeatable }
    c.set('word', wordOf(request))
    const taken = await takeKey({ ...request, body: await c.req.text() })
    if ('kept' in taken) {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Replayed': 'true' }
      return c.body(taken.kept.body, taken.kept.status as 200, headers)
    }
    try {
      await next()
    } finally {
      const { status } = c.res
      if (status < 200 || status > 299 || c.error) await freeKey(taken.lease)
      else await keepAnswer(taken.lease, { status, body: await c.res.clone().text() })
    }
    return undefined
  })
