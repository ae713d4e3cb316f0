// A small catalog-api with stock, for tests of checkout: it answers over HTTP in that API's own words, counts every call,
// and fails as told, also after it has done what was asked. Rules of stock are tested in catalog-api itself.
import { serve } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { ListedVariant } from '#app/domain/catalog/answers.ts'

type Line = { sku: string; quantity: number }
type Hold = { status: 'held' | 'committed' | 'released'; lines: Line[] }
export type Call = 'variants' | 'reserve' | 'commit' | 'release' | 'restock' | 'fulfillments' | 'delivered' | 'forget'

export type Warehouse = {
  url: string
  variants: Map<string, ListedVariant>
  holds: Map<string, Hold>
  restocked: string[]
  parcels: Map<string, { id: string; lines: Line[] }>
  calls: Call[]
  /** The next answers to a call: `down` does nothing, `lost` does it and answers 503. */
  trouble: Map<Call, ('down' | 'lost')[]>
  sell: (variant: ListedVariant) => void
  stop: () => Promise<void>
}

export async function startWarehouse(): Promise<Warehouse> {
  const app = new Hono()
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  const address = server.address()
  const warehouse: Warehouse = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    variants: new Map(),
    holds: new Map(),
    restocked: [],
    parcels: new Map(),
    calls: [],
    trouble: new Map(),
    sell: (variant) => void warehouse.variants.set(variant.sku, variant),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
  stockRoutes(app, warehouse)
  parcelRoutes(app, warehouse)
  reviewRoutes(app, warehouse)
  return warehouse
}

const problem = (c: Context, status: 404 | 409 | 410 | 503, code: string, more: object = {}) =>
  c.json({ type: 'about:blank', title: code, status, code, ...more }, status)

/** Notes the call, and stands in its way when a test asked for that. */
async function answer(c: Context, warehouse: Warehouse, call: Call, work: () => Promise<Response> | Response) {
  warehouse.calls.push(call)
  const trouble = warehouse.trouble.get(call)?.shift()
  if (trouble === 'down') return problem(c, 503, 'unavailable')
  const done = await work()
  return trouble === 'lost' ? problem(c, 503, 'unavailable') : done
}

function take(warehouse: Warehouse, lines: Line[]): object[] {
  const shortages = lines.flatMap(({ sku, quantity }) => {
    const available = warehouse.variants.get(sku)?.available ?? 0
    return available < quantity ? [{ sku, requested: quantity, available }] : []
  })
  if (shortages.length === 0) move(warehouse, lines, -1)
  return shortages
}

function move(warehouse: Warehouse, lines: Line[], sign: 1 | -1): void {
  for (const { sku, quantity } of lines) {
    const variant = warehouse.variants.get(sku)
    if (variant) warehouse.variants.set(sku, { ...variant, available: variant.available + sign * quantity })
  }
}

function stockRoutes(app: Hono, warehouse: Warehouse): void {
  const { holds } = warehouse
  app.get('/catalog/variants', (c) =>
    answer(c, warehouse, 'variants', () => {
      const skus = (c.req.query('skus') ?? '').split(',')
      return c.json({ items: skus.flatMap((sku) => warehouse.variants.get(sku) ?? []) })
    }),
  )
  app.post('/inventory/reserve', (c) =>
    answer(c, warehouse, 'reserve', async () => {
      const { ref, lines } = (await c.req.json()) as { ref: string; lines: Line[] }
      const known = holds.get(ref)
      if (known && known.status !== 'held') return problem(c, 410, 'reservation_released')
      const shortages = known ? [] : take(warehouse, lines)
      if (shortages.length > 0) return problem(c, 409, 'out_of_stock', { shortages })
      holds.set(ref, { status: 'held', lines })
      return c.json({ ref, status: 'held', expiresAt: '2030-01-01T00:00:00Z', lines: [] }, known ? 200 : 201)
    }),
  )
  app.post('/inventory/commit', (c) =>
    answer(c, warehouse, 'commit', async () => {
      const { ref } = (await c.req.json()) as { ref: string }
      const hold = holds.get(ref)
      if (!hold) return problem(c, 404, 'not_found')
      const late = hold.status === 'released'
      if (late && take(warehouse, hold.lines).length > 0) return problem(c, 409, 'out_of_stock')
      hold.status = 'committed'
      return c.json({ ref, status: 'committed', late })
    }),
  )
  app.post('/inventory/release', (c) =>
    answer(c, warehouse, 'release', async () => {
      const { ref } = (await c.req.json()) as { ref: string }
      const hold = holds.get(ref) ?? { status: 'released', lines: [] }
      if (hold.status === 'committed') return problem(c, 409, 'already_committed')
      if (hold.status === 'held') move(warehouse, hold.lines, 1)
      holds.set(ref, { ...hold, status: 'released' })
      return c.json({ ref, status: 'released' })
    }),
  )
  app.post('/inventory/restock', (c) =>
    answer(c, warehouse, 'restock', async () => {
      const { ref, adjustmentRef, lines } = (await c.req.json()) as {
        ref: string
        adjustmentRef: string
        lines?: Line[]
      }
      if (!warehouse.restocked.includes(adjustmentRef)) {
        warehouse.restocked.push(adjustmentRef)
        move(warehouse, lines ?? holds.get(ref)?.lines ?? [], 1)
      }
      return c.json({ ref, adjustmentRef, lines: [] })
    }),
  )
}

/** Nobody has written anything, and no product has a page. */
function reviewRoutes(app: Hono, warehouse: Warehouse): void {
  app.get('/catalog/products/:idOrSlug', (c) => problem(c, 404, 'not_found'))
  app.post('/reviews/:id/:act', (c) => problem(c, 404, 'not_found'))
  app.get('/reviews/by/:author', (c) => c.json({ reviews: [], votes: [], reports: [] }))
  app.post('/reviews/forget', (c) => answer(c, warehouse, 'forget', () => c.json({ reviews: 0 })))
}

const times = { shippedAt: '2026-08-03T09:00:00Z', deliveredAt: null }

function parcelRoutes(app: Hono, warehouse: Warehouse): void {
  const { parcels } = warehouse
  app.post('/fulfillments', (c) =>
    answer(c, warehouse, 'fulfillments', async () => {
      const body = (await c.req.json()) as { orderRef: string; parcelNo: number; lines: Line[] }
      const key = `${body.orderRef}/${body.parcelNo}`
      const parcel = parcels.get(key) ?? { id: crypto.randomUUID(), lines: body.lines }
      parcels.set(key, parcel)
      if (warehouse.holds.get(body.orderRef)?.status !== 'committed') return problem(c, 409, 'conflict')
      return c.json({ ...body, id: parcel.id, status: 'shipped', ...times }, 201)
    }),
  )
  app.post('/fulfillments/:id/delivered', (c) =>
    answer(c, warehouse, 'delivered', () => {
      const found = [...parcels].find(([, parcel]) => parcel.id === c.req.param('id'))
      if (!found) return problem(c, 404, 'not_found')
      const [orderRef, parcelNo] = found[0].split('/')
      const tracking = { carrier: null, trackingNumber: null, trackingUrl: null }
      const parcel = { ...found[1], orderRef, parcelNo: Number(parcelNo), orderNumber: 'HS', ...tracking }
      return c.json({ ...parcel, status: 'delivered', ...times })
    }),
  )
}
