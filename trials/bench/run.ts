// `npm run bench`: the figures of the README, measured on this machine. Printed, never asserted.
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startShop } from '../../local/shop.ts'
import { memoryOfChildren } from './memory.ts'
import { compareThroughput } from './throughput.ts'
import { weighPage } from './weigh-page.ts'

const dataDir = fileURLToPath(new URL('../../.data/bench', import.meta.url))
const buildDir = fileURLToPath(new URL('../../storefront/build', import.meta.url))
const env = { DATA_DIR: dataDir, LOG_LEVEL: 'warn' }
const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`

async function start(): Promise<{ shop: Awaited<ReturnType<typeof startShop>>; took: string }> {
  const from = performance.now()
  const shop = await startShop({ env, anyPorts: true, say: console.log })
  const page = await fetch(shop.urls.storefront)
  if (!page.ok) throw new Error(`the first page answered ${page.status}`)
  await page.text()
  return { shop, took: seconds(from) }
}

rmSync(dataDir, { recursive: true, force: true })
if (!process.argv.includes('--keep-build')) rmSync(buildDir, { recursive: true, force: true })

const first = await start()
const figures: [string, string][] = [['first start to first page (build, migrations, seeds)', first.took]]
await first.shop.stop()

const { shop, took } = await start()
try {
  figures.push(['later start to first page', took])
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  figures.push(['memory of all processes, idle (Postgres apart)', `${memoryOfChildren()} MB`])
  const answer = await fetch(`${shop.urls.catalog}/catalog/products?limit=1`)
  const { items } = (await answer.json()) as { items: { slug: string; category: { slug: string } }[] }
  const item = items[0]
  if (!item) throw new Error('the seeded shop has no product')
  for (const path of [`/p/${item.slug}`, `/c/${item.category.slug}`, '/'])
    figures.push(...(await weighPage(shop.urls.storefront, path)))
  figures.push(...(await compareThroughput(shop.urls.storefront, `/p/${item.slug}`)))
} finally {
  await shop.stop()
}

const width = Math.max(...figures.map(([name]) => name.length))
for (const [name, value] of figures) console.log(`${name.padEnd(width)}  ${value}`)
