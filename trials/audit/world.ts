// What an audit looks at: one snapshot of each database, and the payment provider's rows. Reads only: nothing is changed
// anywhere but in tables that end with the session.
import pg from 'pg'
import { copyIn, copyOut, copyRows } from './copy.ts'
import { bucketOf, hashOf, sold } from './invariant.ts'

pg.types.setTypeParser(20, Number)

export type ProviderRows = {
  sessions: { id: string; orderId: string | null; status: string }[]
  intents: {
    id: string
    orderId: string | null
    status: string
    receivedMinor: number
    currency: string
    createdAt: Date
  }[]
  refunds: { id: string; intentId: string | null; amountMinor: number; status: string; createdAt: Date }[]
}

/** Connected clients; see `bringTogether`. `beside`: a second session on the storefront's snapshot, to ask two at a time. */
export type World = { storefront: pg.Client; catalog: pg.Client; beside?: pg.Client }

const brought = `
  CREATE TEMP TABLE cat_buckets (bucket int);
  CREATE TEMP TABLE cat_reservations (ref text, order_id uuid, status text, created_at timestamptz, committed_at timestamptz);
  CREATE TEMP TABLE cat_lines (order_id uuid, variant_id uuid, quantity int);
  CREATE TEMP TABLE cat_parcels (order_id uuid, sku text, quantity int);
  CREATE TEMP TABLE pr_sessions (id text, order_id uuid, status text);
  CREATE TEMP TABLE pr_intents (id text, order_id uuid, status text, received_minor bigint, currency text, created_at timestamptz);
  CREATE TEMP TABLE pr_refunds (id text, intent_id text, amount_minor bigint, status text, created_at timestamptz);
`

/** Sums of many rows fit into memory; short questions are not compiled first; as many are asked at a time as there are cores. */
const session = `SET work_mem = '128MB'; SET jit = off; SET max_parallel_workers_per_gather = 0`

/** Orders' references are UUIDs; what else is held (a scratch product, a counter's hold) has names of another shape. */
const isOrder = (column: string) => `${column} ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'`
const asOrder = (column: string) => `CASE WHEN ${isOrder(column)} THEN ${column}::uuid END`

/** Sums by bucket of `quantity` and of a number that tells order and thing apart, so many times. */
const digest = (id: string, thing: string, quantity: string, from: string) =>
  `SELECT ${bucketOf(id)} AS bucket, sum(${quantity}) || ' ' || sum((${thing} & 140737488355327) * ${quantity}) AS sum FROM ${from} GROUP BY 1`
const variantOf = (order: string, variant: string) => `uuid_hash_extended(${variant}, ${hashOf(order)})`
const skuOf = (order: string, sku: string) => `hashtextextended(${sku}, ${hashOf(order)})`

/** Which rows of the catalogue are not told by the status of their order alone: looked at one by one. */
const toLookAt = `
  SELECT id FROM orders WHERE status NOT IN ('paid', 'fulfilling', 'fulfilled', 'cancelled', 'expired')
  UNION ALL SELECT id FROM store_reservations`
/** A hold that is no sale, and one of nothing, which has no line. */
const toLookAtThere = `
  SELECT ref FROM reservations WHERE status = 'held'
  UNION ALL SELECT ref FROM reservations r WHERE status = 'committed'
    AND NOT EXISTS (SELECT 1 FROM reservation_lines l WHERE l.ref = r.ref)`

/** Sold orders have their goods, exactly those; nobody else's are sold. */
const goodsHere = digest(
  'i.order_id',
  variantOf('i.order_id', 'i.variant_id'),
  'i.quantity',
  `order_items i JOIN orders o ON o.id = i.order_id WHERE o.status IN ${sold}`,
)
const goodsThere = digest(
  'l.ref',
  variantOf('l.ref', 'l.variant_id'),
  'l.quantity',
  `reservation_lines l JOIN reservations r USING (ref) WHERE r.status = 'committed' AND l.ref <> ALL ($1::text[])`,
)

/** What we sent is what the catalogue knows to be sent. */
const parcelsHere = digest(
  'p.order_id',
  skuOf('p.order_id', `l.line->>'sku'`),
  `(l.line->>'quantity')::int`,
  `parcels p CROSS JOIN LATERAL jsonb_array_elements(p.lines) AS l(line) WHERE p.status <> 'packing'`,
)
const parcelsThere = digest(
  'f.order_ref',
  skuOf('f.order_ref', 'l.sku'),
  'l.quantity',
  `fulfillments f JOIN fulfillment_lines l ON l.fulfillment_id = f.id WHERE f.status <> 'cancelled'`,
)

/** The tables that `bringRows` fills, and the sessions' settings. */
export async function makeRoom({ storefront, catalog, beside }: World): Promise<void> {
  await Promise.all([storefront.query(`${brought}; ${session}`), catalog.query(session), beside?.query(session)])
}

/** Both at once, for sessions that are in no transaction: then the catalogue is read first. */
export async function bringTogether(world: World, provider: ProviderRows | null): Promise<void> {
  await makeRoom(world)
  await bringRows(world, provider)
}

/**
 * Brings what the catalogue and the provider say into the storefront's session, where the queries join it: of the catalogue
 * what cannot be told to agree by sums. The catalogue must be the older of the two: an order that is younger than its hold
 * is no breach.
 */
export async function bringRows({ storefront, catalog }: World, provider: ProviderRows | null): Promise<void> {
  const { rows } = await storefront.query<{ id: string }>(toLookAt)
  const { rows: others } = await catalog.query<{ ref: string }>(toLookAtThere)
  const refs = [...rows.map(({ id }) => id), ...others.map(({ ref }) => ref)]
  const [goods, parcels] = [
    await differing(storefront, catalog, goodsHere, [goodsThere, [refs]]),
    await differing(storefront, catalog, parcelsHere, [parcelsThere, []]),
  ]
  const isIn = (column: string, buckets: number[]) =>
    buckets.length === 0 ? 'false' : `${bucketOf(column)} IN (${buckets.join(', ')})`
  const named = catalog.escapeLiteral(`{${refs.map((ref) => JSON.stringify(ref)).join(',')}}`)
  const ofGoods = (column: string) => `(${column} = ANY (${named}::text[]) OR ${isIn(column, goods)})`
  const fromCatalog: Record<string, string> = {
    cat_reservations: `SELECT ref, ${asOrder('ref')}, status, created_at, committed_at FROM reservations WHERE ${ofGoods('ref')}`,
    cat_lines: `SELECT ${asOrder('ref')}, variant_id, sum(quantity)::int FROM reservation_lines WHERE ${ofGoods('ref')} GROUP BY ref, variant_id`,
    cat_parcels: `SELECT ${asOrder('f.order_ref')}, l.sku, l.quantity FROM fulfillments f JOIN fulfillment_lines l ON l.fulfillment_id = f.id
                  WHERE f.status <> 'cancelled' AND ${isIn('f.order_ref', parcels)}`,
  }
  await copyIn(storefront, 'cat_buckets', copyRows(goods.map((bucket) => [bucket])))
  for (const [table, sql] of Object.entries(fromCatalog)) await copyIn(storefront, table, await copyOut(catalog, sql))
  if (provider) await bringProvider(storefront, provider)
  await storefront.query('ANALYZE cat_reservations, cat_lines, cat_parcels, pr_sessions, pr_intents, pr_refunds')
}

type Question = [sql: string, values: unknown[]]

/** The buckets of which both databases do not say the same. */
async function differing(storefront: pg.Client, catalog: pg.Client, here: string, there: Question): Promise<number[]> {
  const asked = catalog.query<{ bucket: number; sum: string }>(there[0], there[1])
  const [ours, theirs] = await Promise.all([storefront.query<{ bucket: number; sum: string }>(here), asked])
  const sums = new Map(theirs.rows.map(({ bucket, sum }) => [bucket, sum]))
  const differ = ours.rows.filter(({ bucket, sum }) => sums.get(bucket) !== sum).map(({ bucket }) => bucket)
  const known = new Set(ours.rows.map(({ bucket }) => bucket))
  return [...differ, ...[...sums.keys()].filter((bucket) => !known.has(bucket))]
}

/** Of payment pages only those that are open can break a rule. */
async function bringProvider(storefront: pg.Client, { sessions, intents, refunds }: ProviderRows): Promise<void> {
  const open = sessions.filter(({ status }) => status === 'open')
  await copyIn(storefront, 'pr_sessions', copyRows(open.map((each) => [each.id, each.orderId, each.status])))
  await copyIn(
    storefront,
    'pr_intents',
    copyRows(
      intents.map((each) => [each.id, each.orderId, each.status, each.receivedMinor, each.currency, each.createdAt]),
    ),
  )
  await copyIn(
    storefront,
    'pr_refunds',
    copyRows(refunds.map((each) => [each.id, each.intentId, each.amountMinor, each.status, each.createdAt])),
  )
}
