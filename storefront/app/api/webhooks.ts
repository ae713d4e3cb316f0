// The face of the payment provider's webhooks: raw bytes in, signature checked before anything is parsed, kept, 200.
// It works on nothing: the inbox worker does. It must never look at cookies, nor log a body.
import { Hono } from 'hono'
import { receiveEvent } from '#app/domain/payments/events.server.ts'
import { readBody } from '#app/http/parse.server.ts'
import { problems } from '#app/http/problem.ts'
import { isUnavailable, onWebhooksPool, unavailable } from '#app/lib/db.server.ts'
import { DomainError, isDomainError } from '#app/lib/errors.ts'
import { failpoint, failpointAfterwards } from '#app/lib/failpoints.ts'
import { log } from '#app/lib/log.server.ts'
import type { ServerEnv } from '#server/request-log.ts'

const maxBody = 256 * 1024

/** `POST /payments/webhook`: 200 when the event is kept (again), 400 for a wrong signature, 413, 503 to be sent again. */
export function webhooks(): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  app.post('/payments/webhook', async (c) => {
    try {
      const signature = c.req.header('Stripe-Signature')
      if (!signature) throw new DomainError('signature_invalid', 'The Stripe-Signature header is missing.')
      const body = Buffer.from(await readBody(c.req.raw, maxBody))
      failpoint('before_webhook_is_kept')
      const { isNew } = await onWebhooksPool(() => receiveEvent(body, signature))
      failpoint('webhook_kept')
      failpointAfterwards('webhook_answered')
      return c.json({ received: true, new: isNew })
    } catch (error) {
      const refused = isUnavailable(error) ? unavailable() : error
      if (!isDomainError(refused)) throw error
      const { status, title } = problems[refused.code]
      log.warn({ code: refused.code, requestId: c.get('requestId') }, 'a webhook was refused')
      const problem = { type: 'about:blank', title, status, detail: refused.message, code: refused.code }
      const { retryAfterSeconds } = refused.extra
      return new Response(JSON.stringify({ ...problem, requestId: c.get('requestId') }), {
        status,
        headers: {
          'Content-Type': 'application/problem+json',
          ...(retryAfterSeconds && { 'Retry-After': String(retryAfterSeconds) }),
        },
      })
    }
  })
  app.on(['GET', 'PUT', 'PATCH', 'DELETE'], '/payments/webhook', (c) => c.body(null, 405, { Allow: 'POST' }))
  return app
}
