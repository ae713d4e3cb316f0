// Which verb each writing path of /v1 calls, with the parameters it takes. Each runs as one transaction of the store.
import type { z } from 'zod'
import { declineError } from '../rules/charges.ts'
import { cancelIntent, confirmIntent, createIntent, getIntent } from '../rules/intents.ts'
import { cancelRefund, createRefund } from '../rules/refunds.ts'
import { createSession, expireSession } from '../rules/sessions.ts'
import { newId, type Store, type Thing } from '../store.ts'
import * as accepts from './params.ts'
import { expansions, missing, type Params, present, visible } from './wire.ts'

export type Verb = (params: Params, id: string) => Record<string, unknown>

export interface VerbOptions {
  store: Store
  /** Where the stand-in's own pages are reached. */
  origin: () => string
  refundSettleSeconds: number
}

/** Every POST path below /v1 and its verb. */
export function writingVerbs({ store, origin, refundSettleSeconds }: VerbOptions): Record<string, Verb> {
  const verb = <Schema extends z.ZodType>(schema: Schema, work: Work<Schema>) => inTransaction(store, schema, work)
  return {
    '/checkout/sessions': verb(accepts.sessionCreate, (params) => createSession(store, params, origin())),
    '/checkout/sessions/:id/expire': verb(accepts.onlyExpand, (_, id) => expireSession(store, id)),
    '/payment_intents': orDecline(
      verb(accepts.intentCreate, (params) => createIntent(store, params, origin())),
      store,
    ),
    '/payment_intents/:id/confirm': orDecline(
      verb(accepts.intentConfirm, (params, id) => confirmIntent(store, getIntent(store, id), params, origin())),
      store,
    ),
    '/payment_intents/:id/cancel': verb(accepts.intentCancel, (params, id) =>
      cancelIntent(store, getIntent(store, id), params.cancellation_reason ?? null),
    ),
    '/refunds': verb(accepts.refundCreate, (params) => createRefund(store, params, refundSettleSeconds)),
    '/refunds/:id/cancel': verb(accepts.onlyExpand, (_, id) => cancelRefund(store, named(store, 'refund', id))),
    '/payment_intents/:id': changeMetadata(store, 'payment_intent'),
    '/charges/:id': changeMetadata(store, 'charge'),
    '/refunds/:id': changeMetadata(store, 'refund'),
    '/webhook_endpoints': (raw) => makeEndpoint(store, raw),
  }
}

/** The object of a kind and id. @throws StripeError resource_missing */
export function named(store: Store, object: string, id: string): Thing {
  const thing = store.find(id)
  if (thing?.object !== object) throw missing(object, id)
  return thing
}

type Work<Schema extends z.ZodType> = (params: z.output<Schema>, id: string) => Thing

function inTransaction<Schema extends z.ZodType>(store: Store, schema: Schema, work: Work<Schema>): Verb {
  return (raw, id) => {
    const thing = store.transaction(() => work(accepts.check(schema, raw), id))
    return present(store, thing, expansions(raw))
  }
}

/** An API call that confirms answers a decline as an error; what happened is kept all the same. */
function orDecline(verb: Verb, store: Store): Verb {
  return (raw, id) => {
    const shown = verb(raw, id)
    if (shown.last_payment_error && shown.status === 'requires_payment_method') {
      throw declineError(getIntent(store, String(shown.id)))
    }
    return shown
  }
}

function changeMetadata(store: Store, object: string): Verb {
  return inTransaction(store, accepts.changeMetadata, ({ metadata, description }, id) => {
    const thing = named(store, object, id)
    const changed = { ...(thing.metadata as Record<string, string>), ...metadata }
    return store.change(thing, { metadata: changed, ...(description === undefined ? {} : { description }) })
  })
}

function makeEndpoint(store: Store, raw: Params): Record<string, unknown> {
  const params = accepts.check(accepts.endpointCreate, raw)
  const secret = newId('whsec_', 32)
  const made = store.put({
    id: newId('we_1'),
    object: 'webhook_endpoint',
    api_version: params.api_version ?? null,
    application: null,
    created: store.now(),
    description: params.description ?? null,
    enabled_events: params.enabled_events,
    livemode: false,
    metadata: params.metadata ?? {},
    status: 'enabled',
    url: params.url,
    _secret: secret,
  })
  return { ...visible(made), secret }
}
