// After the storm: waits until the shop has come to rest, then says what was lost, doubled or broken. Judges by both
// databases, the provider's books and queue, and what the buyers were told.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Database, databases, urlVariables } from '../../migrations/databases.ts'
import { askAll } from '../audit/audit.ts'
import { readProvider } from '../audit/provider.ts'
import { bringTogether, type World } from '../audit/world.ts'
import type { Outcome } from './buyer.ts'
import type { ChaosShop } from './shop.ts'
import { movingOrders } from './watch.ts'

export type Verdict = {
  /** Seconds until every order was final after the last disturbance. */
  restSeconds: number
  /** Orders a buyer was told are bought that are not. */
  lost: string[]
  /** Carts with two paid orders, messages that arrived twice under different keys. */
  doubled: string[]
  broken: string[]
}

export const isSound = ({ lost, doubled, broken }: Verdict): boolean =>
  lost.length + doubled.length + broken.length === 0

export async function connectBoth({ env }: Pick<ChaosShop, 'env'>): Promise<World> {
  const open = async (which: Database) => {
    const client = new pg.Client({ connectionString: env[urlVariables[which]] })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }
  const [storefront, catalog] = await Promise.all(databases.map(open))
  if (!storefront || !catalog) throw new Error('no databases')
  return { storefront, catalog }
}

/** What somebody still has to do: the completer, the inbox worker, the notifier, the refund worker. */
const unfinished = `
  SELECT 'order ' || number || ' is ' || status AS what FROM (${movingOrders}) moving
  UNION ALL SELECT 'event ' || event_id FROM stripe_events WHERE processed_at IS NULL
  UNION ALL SELECT 'message ' || topic FROM outbox WHERE done_at IS NULL AND parked_at IS NULL
  UNION ALL SELECT 'refund ' || id FROM refunds WHERE status = 'pending'
  UNION ALL SELECT 'goods of refund ' || id FROM refunds WHERE restock_pending AND status = 'succeeded'
  UNION ALL SELECT 'parcel of ' || order_id FROM parcels WHERE status = 'packing'`

/** Webhooks that the provider has still to deliver. */
async function queued({ payments }: ChaosShop): Promise<string[]> {
  const answer = await fetch(`${payments}/_test/deliveries`).catch(() => null)
  if (!answer?.ok) return ['the provider does not answer']
  return ((await answer.json()) as { type: string }[]).map(({ type }) => `webhook ${type} on its way`)
}

/** Waits until nothing is unfinished. Answers the seconds it took; the rest stands in the second answer. */
export async function comeToRest(shop: ChaosShop, withinSeconds = 90): Promise<[seconds: number, left: string[]]> {
  const { storefront, catalog } = await connectBoth(shop)
  const started = Date.now()
  try {
    for (;;) {
      const { rows } = await storefront.query<{ what: string }>(unfinished)
      const left = [...rows.map(({ what }) => what), ...(await queued(shop))]
      const seconds = (Date.now() - started) / 1000
      if (left.length === 0 || seconds > withinSeconds) return [seconds, left]
      await sleep(500)
    }
  } finally {
    await Promise.all([storefront.end(), catalog.end()])
  }
}

/** `doubledMails` is what whoever watched the inbox has seen. */
export async function judge(shop: ChaosShop, outcomes: Outcome[], doubledMails: () => string[]): Promise<Verdict> {
  const [restSeconds, left] = await comeToRest(shop)
  const world = await connectBoth(shop)
  try {
    const provider = await readProvider(shop.payments, shop.env.STRIPE_SECRET_KEY ?? '')
    await world.storefront.query(`SET audit.patience = '0'`)
    await bringTogether(world, provider)
    const findings = await askAll(world, true)
    const broken = findings.flatMap(({ id, rule, rows }) => rows.map((row) => `${id}. ${rule}: ${JSON.stringify(row)}`))
    return {
      restSeconds,
      lost: await lostOrders(world, outcomes),
      doubled: [...(await doubledOrders(world)), ...doubledMails()],
      broken: [...left.map((what) => `not at rest after ${restSeconds.toFixed(0)} s: ${what}`), ...broken],
    }
  } finally {
    await Promise.all([world.storefront.end(), world.catalog.end()])
  }
}

async function lostOrders({ storefront }: World, outcomes: Outcome[]): Promise<string[]> {
  const told = outcomes.flatMap((outcome) => (outcome.kind === 'bought' ? [outcome.number] : []))
  const { rows } = await storefront.query(
    `SELECT t.number, o.status FROM unnest($1::text[]) AS t(number) LEFT JOIN orders o ON o.number = t.number
     WHERE o.status IS NULL OR o.status NOT IN ('paid', 'fulfilling', 'fulfilled', 'refund_due', 'refunded')`,
    [told],
  )
  return rows.map(({ number, status }) => `${number} was told to be bought and is ${status ?? 'nowhere'}`)
}

async function doubledOrders({ storefront }: World): Promise<string[]> {
  const { rows } = await storefront.query(
    `SELECT cart_id, count(*) AS times FROM orders WHERE status IN ('paid', 'fulfilling', 'fulfilled')
     GROUP BY 1 HAVING count(*) > 1`,
  )
  return rows.map(({ cart_id, times }) => `cart ${cart_id} was bought ${times} times`)
}
