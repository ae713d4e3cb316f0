// A client of the JSON API for tests: asks the assembled API as the server mounts it, without a port.
import { Hono } from 'hono'
import { api } from '#app/api/app.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { ServerEnv } from '#server/request-log.ts'

const app = new Hono<ServerEnv>()
app.use((c, next) => {
  c.set('requestId', 'request-of-a-test')
  c.set('nonce', 'nonce-of-a-test')
  return next()
})
app.route('/api', api())

export type ApiAnswer = { status: number; headers: Headers; text: string; body: Record<string, unknown> }
export type ApiCall = { json?: unknown; text?: string; token?: string | null; headers?: Record<string, string> }

export const password = 'a quiet harbour at dawn'

/** One request to the API; `path` begins after `/api`. */
export async function call(
  method: string,
  path: string,
  { json, text, token, headers }: ApiCall = {},
): Promise<ApiAnswer> {
  const body = text ?? (json === undefined ? undefined : JSON.stringify(json))
  const answer = await app.request(`/api${path}`, {
    method,
    ...(body !== undefined && { body }),
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(token && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
  })
  const answered = await answer.text()
  return { status: answer.status, headers: answer.headers, text: answered, body: parsed(answered) }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

export type Caller = { id: string; email: string; token: string }

/** Somebody who signed up and logged in over the API, with this role since. */
export async function aCaller(role = 'customer'): Promise<Caller> {
  const email = `${newId()}@example.com`
  await call('POST', '/auth/signup', { json: { name: 'Carla Berg', email, password } })
  await db()('users').where({ email }).update({ role })
  const { id } = await db()('users').where({ email }).first('id')
  return { id, email, token: await logIn(email) }
}

export async function logIn(email: string): Promise<string> {
  const { status, body, text } = await call('POST', '/auth/login', { json: { email, password } })
  if (status !== 200) throw new Error(`no token: ${text}`)
  return String(body.token)
}

/** A cart of two mugs that goes to Dublin, and its seal. */
export async function aSealedCart({ token }: Caller, sku = 'MUG-SAGE', quantity = 2): Promise<string> {
  await call('POST', '/cart/items', { token, json: { sku, quantity } })
  const address = {
    fullName: 'Carla Berg',
    line1: '1 Quay Street',
    city: 'Dublin',
    postcode: 'D02 X285',
    country: 'IE',
  }
  const { body, text } = await call('PUT', '/cart/delivery', { token, json: { address, shippingMethod: 'standard' } })
  if (typeof body.seal !== 'string') throw new Error(`no seal: ${text}`)
  return body.seal
}

/** An order that waits for its intent. */
export async function anIntent(caller: Caller): Promise<{ number: string; intentId: string; clientSecret: string }> {
  const seal = await aSealedCart(caller)
  const { body, text } = await call('POST', '/checkout/create-payment-intent', { token: caller.token, json: { seal } })
  if (!body.paymentIntentId) throw new Error(`no intent: ${text}`)
  return {
    number: String(body.orderNumber),
    intentId: String(body.paymentIntentId),
    clientSecret: String(body.clientSecret),
  }
}

export const confirm = (caller: Caller, json: Record<string, unknown>) =>
  call('POST', '/checkout/confirm', { token: caller.token, json })
