// A shop you can walk into: fills both databases and the pictures' folder. Running it twice changes nothing.
import type { Knex } from 'knex'
import { seedCatalogue } from './catalogue/seed-catalogue.ts'
import { seedFinding } from './catalogue/seed-finding.ts'
import { idOf } from './ids.ts'
import { seededVariants, seedInventory } from './inventory/seed-inventory.ts'
import type { Provider } from './orders/payments.ts'
import { planOrders, type SellableVariant } from './orders/plan.ts'
import { seedOrders } from './orders/seed-orders.ts'
import { seedSoldStock, unitsSold } from './orders/sold-stock.ts'
import { seedDemoReviews } from './people/demo-reviews.ts'
import { admin, alice, bob, customers, seedPeople, team } from './people/people.ts'
import { seedSettings } from './people/settings.ts'
import { composePictures } from './pictures/compose.ts'
import { seedPlaces } from './places/seed-places.ts'
import type { Progress } from './progress.ts'
import { seedStores } from './stores/seed-stores.ts'

export type FillOptions = {
  catalog: Knex
  storefront: Knex
  mediaDir: string
  provider: Provider
  /** A few of everything: for tests. */
  small: boolean
  progress: Progress
  now: Date
}

export async function fillShop(options: FillOptions): Promise<void> {
  const { mediaDir, small, progress } = options
  const parts = new Map<string, number>()
  // Pictures and rows at once: one wants the processor, the other the disk.
  const pictures = composePictures({
    mediaDir,
    small,
    onProgress: (done) => {
      progress.advance(done - (parts.get('pictures') ?? 0))
      parts.set('pictures', done)
    },
  })
  // Whoever fails first is told; the other's end is waited for by the caller's closing of the databases.
  await Promise.all([pictures, fillDatabases(options)])
}

async function fillDatabases({ catalog, storefront, provider, small, progress, now }: FillOptions): Promise<void> {
  progress.step('products and reviews')
  await seedCatalogue(catalog, { small, onProgress: () => undefined })
  await seedFinding(catalog)
  progress.step('stores and towns')
  const stores = await seedStores(catalog, { small })
  await seedPlaces(catalog, { small })
  progress.step('people')
  await seedSettings(storefront)
  await seedPeople(storefront, [admin, ...team, alice, bob, ...customers(small ? 4 : 40)], now)
  progress.step('stock and orders')
  const warehouse = stores[0]
  if (!warehouse) throw new Error('there is no warehouse to send orders from')
  const variants = await seededVariants(catalog)
  const orders = planOrders(await sellableVariants(catalog), now, small)
  const opened = new Date(now.getTime() - 90 * 24 * 3600 * 1000)
  await seedInventory(catalog, variants, stores, unitsSold(orders), opened)
  await seedSoldStock(catalog, orders, warehouse.id)
  await seedOrders(storefront, orders, provider)
  await seedDemoReviews(catalog, orders)
  progress.step('done')
}

/** What seeded orders are made of: published products, in a fixed order. */
async function sellableVariants(catalog: Knex): Promise<SellableVariant[]> {
  const { rows } = await catalog.raw(
    `SELECT v.id, v.sku, v.title, v.price_minor::int AS "priceMinor", p.tax_category AS "taxCategory", p.id AS "productId",
       p.slug AS "productSlug", p.title AS "productTitle",
       (SELECT i.key FROM product_images i WHERE i.product_id = p.id
        ORDER BY (i.option_name IS NOT NULL AND v.option_values->>i.option_name = i.option_value) DESC, i.position LIMIT 1) AS "imageKey"
     FROM variants v JOIN products p ON p.id = v.product_id
     WHERE p.status = 'published' AND v.status = 'active' ORDER BY v.sku`,
  )
  return (rows as SellableVariant[]).filter(({ id, sku }) => id === idOf(`variant:${sku}`))
}
