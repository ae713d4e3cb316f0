// Stripe's wire format: form bodies with brackets, error objects, expand[] and lists. Knows no rule of payments.
import type { Store, Thing } from '../store.ts'

export type Params = { [name: string]: string | Params | (string | Params)[] }

/** A refusal in Stripe's words. `remembered` says whether the answer is kept for the request's idempotency key. */
export class StripeError extends Error {
  override name = 'StripeError'
  readonly status: number
  readonly body: Record<string, unknown>
  readonly remembered: boolean

  constructor(status: number, type: string, message: string, more: Record<string, unknown> = {}, remembered = true) {
    super(message)
    this.status = status
    this.body = { type, message, ...more }
    this.remembered = remembered
  }
}

/** 400: the request itself is wrong; retried with the same key it is looked at anew. */
export function invalid(message: string, param?: string, code?: string): StripeError {
  return new StripeError(
    400,
    'invalid_request_error',
    message,
    { ...(param && { param }), ...(code && { code }) },
    false,
  )
}

/** 400: the request is well formed, but the object's state forbids it. */
export function refused(message: string, code?: string, param?: string): StripeError {
  return new StripeError(400, 'invalid_request_error', message, { ...(code && { code }), ...(param && { param }) })
}

export function missing(what: string, id: string): StripeError {
  return new StripeError(
    404,
    'invalid_request_error',
    `No such ${what}: '${id}'`,
    { code: 'resource_missing', param: 'id' },
    false,
  )
}

/** `a[b][0]=x` → `{ a: { b: ['x'] } }`; keys that are all numbers (or empty) make arrays. @throws StripeError */
export function decodeForm(text: string): Params {
  const root: Params = {}
  for (const [key, value] of new URLSearchParams(text)) {
    const path = [key.split('[', 1)[0] ?? '', ...[...key.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')]
    if (path.length > 8 || path.some((part) => part === '__proto__')) throw invalid(`Invalid parameter: ${key}`)
    place(root, path, value)
  }
  return arrays(root) as Params
}

function place(root: Params, path: string[], value: string): void {
  let at = root
  for (const [index, part] of path.entries()) {
    const name = part === '' ? String(Object.keys(at).length) : part
    if (index === path.length - 1) {
      at[name] = value
      return
    }
    const next = at[name]
    if (typeof next === 'string') throw invalid(`Invalid parameter: ${path[0]}`)
    const inner = (next ?? {}) as Params
    at[name] = inner
    at = inner
  }
}

function arrays(value: Params | string): Params | string | (Params | string)[] {
  if (typeof value === 'string') return value
  const names = Object.keys(value)
  const inner = names.map((name) => arrays(value[name] as Params | string))
  const isArray = names.length > 0 && names.every((name) => /^\d+$/.test(name))
  return isArray
    ? (inner as (Params | string)[])
    : (Object.fromEntries(names.map((name, i) => [name, inner[i]])) as Params)
}

/** An object as the API shows it: a copy, with the asked-for ids replaced by their objects. @throws StripeError */
export function present(store: Store, thing: Thing, expand: string[]): Record<string, unknown> {
  const shown = visible(thing)
  for (const path of expand) expandPath(store, shown, path.split('.'), path)
  return shown
}

/** Without what only the stand-in knows (fields that begin with an underscore). */
export function visible(thing: Thing): Record<string, unknown> {
  return Object.fromEntries(Object.entries(structuredClone(thing)).filter(([name]) => !name.startsWith('_')))
}

function expandPath(store: Store, shown: Record<string, unknown>, path: string[], whole: string): void {
  const [name, ...rest] = path as [string, ...string[]]
  if (path.length > 4) throw invalid(`You cannot expand more than 4 levels of a property (${whole}).`)
  const cannot = () => invalid(`This property cannot be expanded (${whole}).`)
  if (!(name in shown) && lists[name] === undefined) throw cannot()
  if (shown[name] === undefined || (lists[name] && typeof shown[name] !== 'string')) {
    const list = lists[name]
    if (list && typeof shown.id === 'string') shown[name] ??= list(store, shown.id)
  }
  const value = shown[name]
  if (value === null) return
  if (typeof value === 'string') {
    const found = store.find(value)
    if (!found) throw cannot()
    shown[name] = visible(found)
  }
  if (rest.length === 0) return
  const inner = shown[name] as Record<string, unknown>
  const targets = Array.isArray(inner) ? inner : [inner]
  for (const target of targets) expandPath(store, target as Record<string, unknown>, rest, whole)
}

const lists: Record<string, (store: Store, id: string) => Record<string, unknown>> = {
  line_items: (store, id) => {
    const session = store.find(id)
    const items = (session?._line_items ?? []) as Thing[]
    return { object: 'list', data: items.map(visible), has_more: false, url: `/v1/checkout/sessions/${id}/line_items` }
  },
  refunds: (store, id) => ({
    object: 'list',
    data: store
      .list('refund')
      .filter((refund) => refund.charge === id)
      .map(visible),
    has_more: false,
    url: `/v1/charges/${id}/refunds`,
  }),
}

/** One page of a list, newest first. @throws StripeError when the cursor or the limit is wrong */
export function page(store: Store, things: Thing[], params: Params, url: string): Record<string, unknown> {
  const limit = params.limit === undefined ? 10 : Number(params.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw invalid(`Invalid integer: ${params.limit}`, 'limit')
  let rows = things.filter((thing) => inCreated(thing, params.created))
  const at = (param: string) => {
    const index = things.length ? rows.findIndex((thing) => thing.id === params[param]) : -1
    if (index < 0) throw missing('object', String(params[param]))
    return index
  }
  if (params.starting_after !== undefined) rows = rows.slice(at('starting_after') + 1)
  else if (params.ending_before !== undefined)
    rows = rows.slice(Math.max(0, at('ending_before') - limit), at('ending_before'))
  const expand = expansions(params)
    .filter((path) => path.startsWith('data.'))
    .map((path) => path.slice('data.'.length))
  const data = rows.slice(0, limit).map((thing) => present(store, thing, expand))
  return { object: 'list', data, has_more: rows.length > limit, url }
}

function inCreated(thing: Thing, created: Params[string] | undefined): boolean {
  if (created === undefined) return true
  if (typeof created === 'string') return thing.created === Number(created)
  const tests: Record<string, (value: number) => boolean> = {
    gt: (value) => thing.created > value,
    gte: (value) => thing.created >= value,
    lt: (value) => thing.created < value,
    lte: (value) => thing.created <= value,
  }
  return Object.entries(created).every(([name, value]) => tests[name]?.(Number(value)) ?? true)
}

/** The `expand[]` of a request. */
export function expansions(params: Params): string[] {
  const { expand } = params
  return Array.isArray(expand) ? expand.map(String) : []
}
