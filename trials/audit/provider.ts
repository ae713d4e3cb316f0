// Reads the payment provider's own books (Stripe's API, or the stand-in that speaks it) for the audit. Reads only.
import type { ProviderRows } from './world.ts'

type Thing = Record<string, unknown> & { id: string; created: number; metadata?: Record<string, string> }

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/
const orderOf = (thing: Thing): string | null => {
  const id = thing.metadata?.order_id ?? ''
  return uuid.test(id) ? id : null
}
const at = (thing: Thing): Date => new Date(thing.created * 1000)

/** Sessions, intents and refunds made in the last `days`. Throws when the provider cannot be asked. */
export async function readProvider(api: string, secretKey: string, days = 35): Promise<ProviderRows> {
  const since = Math.floor(Date.now() / 1000) - days * 86_400
  const list = (path: string) => listAll(api, secretKey, path, since)
  const [sessions, intents, refunds] = [
    await list('checkout/sessions'),
    await list('payment_intents'),
    await list('refunds'),
  ]
  return {
    sessions: sessions.map((each) => ({ id: each.id, orderId: orderOf(each), status: String(each.status) })),
    intents: intents.map((each) => ({
      id: each.id,
      orderId: orderOf(each),
      status: String(each.status),
      receivedMinor: Number(each.amount_received),
      currency: String(each.currency).toUpperCase(),
      createdAt: at(each),
    })),
    refunds: refunds.map((each) => ({
      id: each.id,
      intentId: typeof each.payment_intent === 'string' ? each.payment_intent : null,
      amountMinor: Number(each.amount),
      status: String(each.status),
      createdAt: at(each),
    })),
  }
}

async function listAll(api: string, secretKey: string, path: string, since: number): Promise<Thing[]> {
  const found: Thing[] = []
  for (let more = true; more; ) {
    const query = new URLSearchParams({ limit: '100', 'created[gte]': String(since) })
    const last = found.at(-1)
    if (last) query.set('starting_after', last.id)
    const answer = await fetch(`${api}/v1/${path}?${query}`, { headers: { Authorization: `Bearer ${secretKey}` } })
    if (!answer.ok) throw new Error(`the payment provider answered ${answer.status} to GET /v1/${path}`)
    const page = (await answer.json()) as { data: Thing[]; has_more: boolean }
    found.push(...page.data)
    more = page.has_more && page.data.length > 0
  }
  return found
}
