// Bad input for every operation, made from the document itself: whatever is missing, of the wrong kind, too long, negative,
// huge, foreign or not asked for is refused in words, and nothing of it changes a row. A new operation is tried as it comes.
import '../../test/stage.ts'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '#app/lib/db.server.ts'
import { openApiText } from '../../../local/write-openapi.ts'
import { aCaller, anIntent, type Caller, call, confirm } from '../../test/api-client.ts'
import { aMug, openForBusiness } from '../../test/shopping.ts'
import { warehouse } from '../../test/stage.ts'

type Schema = {
  $ref?: string
  allOf?: Schema[]
  oneOf?: Schema[]
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  minimum?: number
  maximum?: number
  example?: unknown
}
type Operation = {
  operationId: string
  method: string
  path: string
  parameters?: { in: string; name: string }[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
}
type Document = {
  paths: Record<string, Record<string, Omit<Operation, 'method' | 'path'>>>
  components: { schemas: Record<string, Schema> }
}

const document = JSON.parse(await openApiText()) as Document
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, rest]): Operation => ({ ...rest, path, method: method.toUpperCase() })),
)
const mine = operations.filter(({ operationId }) => operationId !== 'receivePaymentEvent')

let alice: Caller
let manager: Caller
let ownAddressId: string
let bobs: { addressId: string; number: string; intentId: string; sku: string }
const address = { fullName: 'Carla Berg', line1: '1 Quay Street', city: 'Dublin', postcode: 'D02 X285', country: 'IE' }

beforeAll(async () => {
  await openForBusiness()
  warehouse.sell(aMug({ available: 99 }))
  const bob = await aCaller()
  ;[alice, manager] = [await aCaller(), await aCaller('manager')]
  const { number, intentId } = await anIntent(bob)
  await confirm(bob, { orderNumber: number, paymentMethod: 'pm_card_visa' })
  const { body } = await call('POST', '/addresses', { token: bob.token, json: address })
  const own = await call('POST', '/addresses', { token: alice.token, json: address })
  ownAddressId = String(own.body.id)
  await call('POST', '/cart/items', { token: alice.token, json: { sku: 'MUG-SAGE' } })
  bobs = { addressId: String(body.id), number, intentId, sku: 'MUG-SAGE' }
})
beforeEach(async () => {
  warehouse.sell(aMug({ available: 99 }))
  await db()('rate_limits').delete()
})

function resolve(schema: Schema): Schema {
  const { $ref, allOf } = schema
  if ($ref) return resolve(document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {})
  return allOf ? Object.assign({}, ...allOf.map(resolve)) : schema
}

/** The bodies an operation takes: one, or one of several. */
function bodiesOf({ requestBody }: Operation): Schema[] {
  const schema = requestBody && resolve(requestBody.content['application/json'].schema)
  if (!schema) return []
  return schema.oneOf ? schema.oneOf.map(resolve) : [schema]
}

const exampleId = '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11'

/** A body that is all right in itself, from the document's examples. */
function sampleOf(schema: Schema): unknown {
  const known = resolve(schema)
  if (known.example !== undefined) return JSON.parse(JSON.stringify(known.example).replace(exampleId, ownAddressId))
  if (known.enum) return known.enum[0]
  const type = typeOf(known)
  if (type === 'object')
    return Object.fromEntries((known.required ?? []).map((name) => [name, sampleOf(known.properties?.[name] ?? {})]))
  if (type === 'array') return [sampleOf(known.items ?? {})]
  return { integer: 1, number: 1, boolean: true }[type] ?? 'words'
}

const typeOf = ({ type }: Schema): string =>
  Array.isArray(type) ? (type.find((one) => one !== 'null') ?? '') : (type ?? '')
const isNullable = ({ type }: Schema): boolean => Array.isArray(type) && type.includes('null')

const strange = [
  '',
  ' ',
  '💥\u202e',
  "'; DROP TABLE users; --",
  '<script>alert(1)</script>',
  '１',
  '../../etc/passwd',
  '%00',
  'a,b',
]

/** Values that `schema` must refuse, and odd ones that it may take. */
function wrongFor(schema: Schema): { refused: unknown[]; odd: unknown[] } {
  const known = resolve(schema)
  const refused: unknown[] = [[], { a: 1 }, ...(isNullable(known) ? [] : [null])]
  if (known.enum) return { refused: [...refused, 'no such word', 1, true, ''], odd: [] }
  switch (typeOf(known)) {
    case 'string':
      return { refused: [...refused, 1, true, 'x'.repeat(20_000), 'a\u0000b', ['a', 'b']], odd: strange }
    case 'integer': {
      const outside = [(known.minimum ?? 1) - 1, (known.maximum ?? 0) + 1]
      return { refused: [...refused, ...outside, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, '1', '', true], odd: [] }
    }
    case 'boolean':
      return { refused: [...refused, 'true', 'on', 1, 0], odd: [] }
    case 'array':
      return { refused: [{}, 'x', [], [null], [[]], Array.from({ length: 1000 }, () => ({}))], odd: [] }
    default:
      return { refused: [[], 'x', 1, {}], odd: [] }
  }
}

const notAsked = ['role', 'userId', 'id', '#id', '#ref', 'status', 'priceMinor', 'totalMinor', 'constructor', 'cartId']

function* badBodies(schema: Schema): Generator<{ what: string; body: unknown; mustFail: boolean }> {
  const sample = sampleOf(schema) as Record<string, unknown>
  for (const body of [null, [], 'x', 1, true]) yield { what: JSON.stringify(body), body, mustFail: true }
  for (const name of schema.required ?? []) {
    const { [name]: _, ...rest } = sample
    yield { what: `without ${name}`, body: rest, mustFail: true }
  }
  for (const name of notAsked)
    yield { what: `with ${name}`, body: { ...sample, [name]: bobs.addressId }, mustFail: true }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const { refused, odd } = wrongFor(property)
    const value = (given: unknown) => ({
      what: `${name}: ${JSON.stringify(given).slice(0, 60)}`,
      body: { ...sample, [name]: given },
    })
    for (const given of refused) yield { ...value(given), mustFail: true }
    for (const given of odd) yield { ...value(given), mustFail: false }
    const inner = resolve(property)
    if (typeOf(inner) === 'object')
      for (const { what, body, mustFail } of badBodies(inner))
        yield { what: `${name} ${what}`, body: { ...sample, [name]: body }, mustFail }
  }
}

const tokenFor = ({ path }: Operation) => (path.startsWith('/admin/') ? manager : alice).token
const filled = (path: string, word: string) => path.replace(/\{\w+\}/g, word)
/** Something that is there for the one who asks: the body alone is wrong. */
const good = (path: string) => {
  if (path.includes('/orders/')) return filled(path, bobs.number)
  return filled(path, path.includes('/addresses/') ? ownAddressId : bobs.sku)
}

const tables = [
  'users',
  'addresses',
  'carts',
  'cart_items',
  'orders',
  'order_history',
  'payments',
  'refunds',
  'parcels',
  'outbox',
  'idempotency_keys',
  'coupon_uses',
  'audit_log',
]
async function state(): Promise<string> {
  const digests = tables.map(
    (table) => `(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM ${table} t)`,
  )
  const { rows } = await db().raw(`SELECT concat_ws(' ', ${digests.join(', ')}) AS digest`)
  return rows[0].digest
}

describe('every operation', () => {
  test.each(mine.filter((one) => one.requestBody).map((one) => [one.operationId, one] as const))(
    '%s refuses every wrong body in words, and changes nothing by it',
    async (_name, operation) => {
      const send = (json: unknown) => call(operation.method, good(operation.path), { token: tokenFor(operation), json })
      const odd: unknown[] = []
      const before = await state()
      for (const schema of bodiesOf(operation))
        for (const { what, body, mustFail } of badBodies(schema)) {
          if (!mustFail) odd.push(body)
          else {
            const { status, body: told, text } = await send(body)
            expect([400, 413, 422], `${what} → ${status} ${text.slice(0, 200)}`).toContain(status)
            expect(told, what).toMatchObject({ status, code: expect.any(String), detail: expect.any(String) })
          }
        }
      expect(await state()).toBe(before)
      for (const body of odd) {
        const { status, body: told, text } = await send(body)
        // The small warehouse of these tests knows no stores to pick up at: to the shop, the catalogue is away.
        if (told.code !== 'catalog_unavailable') expect(status, `${JSON.stringify(body)} → ${text}`).toBeLessThan(500)
      }
    },
    60_000,
  )

  test.each(mine.filter(({ path }) => path.includes('{')).map((one) => [one.operationId, one] as const))(
    '%s finds nothing under another’s or an impossible name',
    async (_name, operation) => {
      const [schema] = bodiesOf(operation)
      const json = operation.operationId === 'replaceAddress' ? address : schema && sampleOf(schema)
      const words = [
        '0',
        '-1',
        'null',
        ' ',
        '💥',
        "';--",
        '..%2f',
        '%2e%2e',
        '%E0%A4%A',
        '%00',
        '__proto__',
        'constructor',
        '１',
        'x'.repeat(3000),
        '{"a":1}',
      ]
      const others = operation.path.startsWith('/admin/') ? [] : [bobs.addressId, bobs.number, bobs.intentId]
      const before = await state()
      for (const word of [...words, ...others]) {
        const path = filled(operation.path, word.includes('%') ? word : encodeURIComponent(word))
        const { status, text } = await call(operation.method, path, {
          token: tokenFor(operation),
          ...(json !== undefined && { json }),
        })
        expect([404, 413, 422], `${word.slice(0, 40)} → ${status} ${text.slice(0, 200)}`).toContain(status)
      }
      expect(await state()).toBe(before)
    },
  )

  test('asked with odd words in its query answers or refuses, and never fails', async () => {
    for (const operation of mine.filter(({ method }) => method === 'GET')) {
      const names = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name)
      const odd = [...strange, '1e3', '0x10', '99999999999999999999', 'x'.repeat(5000), '1&%s=2', '{"a":1}']
      const queries = names.flatMap((name) =>
        odd.map((value) => `${name}=${value.includes('%s') ? value.replace('%s', name) : encodeURIComponent(value)}`),
      )
      for (const query of [...queries, 'a[]=1', 'a[b]=1&a[b]=2', '%E0%A4%A', '&&&=', `q=${'a&a='.repeat(500)}`]) {
        const { status, text } = await call('GET', `${good(operation.path)}?${query}`, { token: tokenFor(operation) })
        expect(status, `${operation.operationId} ${query.slice(0, 60)} → ${text.slice(0, 200)}`).toBeLessThan(500)
      }
    }
  })
})
