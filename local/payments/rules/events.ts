// Tells the world what happened: writes Stripe's Event objects and queues their webhooks in the same transaction.
// Never sends anything itself: webhooks.ts delivers the queue.

import { visible } from '../api/wire.ts'
import { newId, type Store, type Thing } from '../store.ts'

/** The version of Stripe's API whose shapes the stand-in speaks. */
export const apiVersion = '2026-10-28.endive'

/** The endpoint named by the environment rather than made through the API. */
export const configuredEndpoint = 'we_configured'

/** Records that something happened to `thing`; call inside the transaction that changes it. */
export function emit(store: Store, type: string, thing: Thing, request: string | null = null): Thing {
  const endpoints = store.list('webhook_endpoint').filter((endpoint) => wants(endpoint, type))
  const event = store.put({
    id: newId('evt_1'),
    object: 'event',
    api_version: apiVersion,
    created: store.now(),
    data: { object: visible(thing) },
    livemode: false,
    pending_webhooks: endpoints.length,
    request: { id: request, idempotency_key: null },
    type,
  })
  for (const endpoint of endpoints) {
    store.put({
      id: newId('whd_'),
      object: '_delivery',
      created: store.now(),
      event: event.id,
      type,
      endpoint: endpoint.id,
      attempts: 0,
      next_at: Date.now(),
      answer: null,
    })
  }
  return event
}

function wants(endpoint: Thing, type: string): boolean {
  const enabled = endpoint.enabled_events as string[]
  return endpoint.status === 'enabled' && (enabled.includes('*') || enabled.includes(type))
}
