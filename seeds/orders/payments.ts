// Payments of seeded orders. With the payments stand-in running each is really made there, so that a shopkeeper trying
// the shop can refund it; without, the ids lead nowhere and only the history is there to look at.
import { idOf } from '../ids.ts'
import type { PlannedOrder } from './plan.ts'

export type Provider = { url: string; key: string } | null

export type ProviderIds = { intentId: string; refundId: string | null }

/** The provider's payment of a sold order, and the refund of a refunded one. */
export async function payAtProvider(order: PlannedOrder, provider: Provider): Promise<ProviderIds> {
  const word = idOf(order.id).replaceAll('-', '').slice(0, 24)
  if (!provider)
    return { intentId: `pi_seed_${word}`, refundId: order.status === 'refunded' ? `re_seed_${word}` : null }
  const body = new URLSearchParams({
    amount: String(order.totals.totalMinor),
    currency: 'eur',
    confirm: 'true',
    payment_method: 'pm_card_visa',
    'payment_method_types[0]': 'card',
    description: `Order ${order.number}`,
    'metadata[order_id]': order.id,
    'metadata[order_number]': order.number,
  })
  const intent = await call(provider, '/v1/payment_intents', body, `seed/${order.id}/${order.number}`)
  if (order.status !== 'refunded') return { intentId: intent.id, refundId: null }
  const all = new URLSearchParams({ payment_intent: intent.id })
  const refund = await call(provider, '/v1/refunds', all, `seed-refund/${order.id}/${order.number}`)
  return { intentId: intent.id, refundId: refund.id }
}

/** The provider's id of a refund in part. */
export async function refundAtProvider(
  refund: { id: string; amountMinor: number },
  intentId: string,
  provider: Provider,
): Promise<string> {
  if (!provider) return `re_seed_${refund.id.replaceAll('-', '').slice(0, 24)}`
  const body = new URLSearchParams({ payment_intent: intentId, amount: String(refund.amountMinor) })
  return (await call(provider, '/v1/refunds', body, `seed-refund/${refund.id}`)).id
}

async function call(
  provider: { url: string; key: string },
  path: string,
  body: URLSearchParams,
  idempotencyKey: string,
): Promise<{ id: string }> {
  const answer = await fetch(new URL(path, provider.url), {
    method: 'POST',
    body,
    headers: { Authorization: `Bearer ${provider.key}`, 'Idempotency-Key': idempotencyKey },
  })
  if (!answer.ok) throw new Error(`the payments stand-in answered ${answer.status} to ${path}: ${await answer.text()}`)
  return (await answer.json()) as { id: string }
}

/** The stand-in when it is set and answers within five seconds, else null. */
export async function findProvider(url: string | undefined, key: string | undefined): Promise<Provider> {
  if (!url || !key) return null
  const until = Date.now() + 5_000
  while (Date.now() < until) {
    const healthy = await fetch(new URL('/health', url)).then(
      (answer) => answer.ok,
      () => false,
    )
    if (healthy) return { url, key }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return null
}
