// What an audit looks at: one snapshot of each database, and the payment provider's rows. Reads only: nothing is changed
// anywhere but in tables that end with the session.
import pg from 'pg'

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

/** Two connected clients; see `bringTogether`. */
export type World = { storefront: pg.Client; catalog: pg.Client }

const brought = `
  CREATE TEMP TABLE cat_reservations (ref text, order_id uuid, status text, created_at timestamptz, committed_at timestamptz);
  CREATE TEMP TABLE cat_lines (order_id uuid, variant_id uuid, quantity int);
  CREATE TEMP TABLE cat_parcels (order_id uuid, sku text, quantity int);
  CREATE TEMP TABLE pr_sessions (id text, order_id uuid, status text);
  CREATE TEMP TABLE pr_intents (id text, order_id uuid, status text, received_minor bigint, currency text, created_at timestamptz);
  CREATE TEMP TABLE pr_refunds (id text, intent_id text, amount_minor bigint, status text, created_at timestamptz);
`

/** Orders' references are UUIDs; what else is held (a scratch product, a counter's hold) has names of another shape. */
const orderId = `CASE WHEN %s ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' THEN %s END`
const asOrder = (column: string) => orderId.replaceAll('%s', column)

const fromCatalog: Record<string, string> = {
  cat_reservations: `SELECT ref, ${asOrder('ref')} AS order_id, status, created_at, committed_at FROM reservations`,
  cat_lines: `SELECT ${asOrder('ref')} AS order_id, variant_id, sum(quantity)::int AS quantity FROM reservation_lines GROUP BY ref, variant_id`,
  cat_parcels: `SELECT ${asOrder('f.order_ref')} AS order_id, l.sku, l.quantity FROM fulfillments f
                JOIN fulfillment_lines l ON l.fulfillment_id = f.id WHERE f.status <> 'cancelled'`,
}

/**
 * Brings the catalogue's and the provider's rows into the storefront's session, where the queries join them. The catalogue
 * is read first: an order that is younger than its hold is no breach.
 */
export async function bringTogether({ storefront, catalog }: World, provider: ProviderRows | null): Promise<void> {
  await storefront.query(brought)
  for (const [table, sql] of Object.entries(fromCatalog))
    await fill(storefront, table, (await catalog.query({ text: sql, rowMode: 'array' })).rows)
  if (!provider) return
  const { sessions, intents, refunds } = provider
  await fill(
    storefront,
    'pr_sessions',
    sessions.map((each) => [each.id, each.orderId, each.status]),
  )
  await fill(
    storefront,
    'pr_intents',
    intents.map((each) => [each.id, each.orderId, each.status, each.receivedMinor, each.currency, each.createdAt]),
  )
  await fill(
    storefront,
    'pr_refunds',
    refunds.map((each) => [each.id, each.intentId, each.amountMinor, each.status, each.createdAt]),
  )
}

/** Columns as arrays: one statement for many thousand rows. */
async function fill(client: pg.Client, table: string, rows: unknown[][]): Promise<void> {
  const width = rows[0]?.length ?? 0
  const { rows: columns } = await client.query(
    `SELECT format_type(atttypid, NULL) AS type FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 ORDER BY attnum`,
    [table],
  )
  for (let from = 0; from < rows.length; from += 20_000) {
    const some = rows.slice(from, from + 20_000)
    const arrays = Array.from({ length: width }, (_, at) => some.map((row) => row[at]))
    const given = columns.map(({ type }, at) => `$${at + 1}::${type}[]`)
    await client.query(`INSERT INTO ${table} SELECT * FROM unnest(${given.join(', ')})`, arrays)
  }
  await client.query(`ANALYZE ${table}`)
}
