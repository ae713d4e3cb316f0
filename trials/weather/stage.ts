// A shop in one process for trials of the payments' weather: its own databases, the real catalog-api, the payments stand-in
// in memory, and the webhook's real door. No test runner, no pages. Settings are read once: one stage a process.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { type Payments, startPayments } from '../../local/payments/server.ts'
import { freshDatabase } from '../../local/postgres/test-database.ts'
import '../../storefront/test/settings.ts'

export type Stage = {
  payments: string
  /** The shop's webhook address. */
  door: string
  /** The databases' addresses. */
  urls: { storefront: string; catalog: string }
  shop: typeof import('./shop.ts')
  /** Asks the stand-in's control. */
  control: (path: 'config' | 'deliver' | 'clock', body?: object) => Promise<unknown>
  close: () => Promise<void>
}

/** A line between the shop and somebody it calls; `url` is what the shop calls instead. */
export type Line = { url: string; close: () => Promise<void> }

/**
 * Opens it; a Postgres for tests must run (local/postgres/test-setup.ts). `through` lays a line between the shop and both
 * catalog-api and the provider.
 */
export async function openStage(through?: (target: string) => Promise<Line>): Promise<Stage> {
  const [storefront, catalog] = await Promise.all([freshDatabase('storefront'), freshDatabase('catalog')])
  const [door, catalogPort] = [await freePort(), await freePort()]
  const payments = await startPayments({
    refundSettleSeconds: 0,
    webhookUrl: `http://127.0.0.1:${door}/payments/webhook`,
    webhookSecret: process.env.STRIPE_WEBHOOK_SECRET,
  })
  const catalogUrl = `http://127.0.0.1:${catalogPort}`
  const lines = through ? await Promise.all([catalogUrl, payments.url].map(through)) : []
  Object.assign(process.env, {
    STOREFRONT_DATABASE_URL: storefront.url,
    CATALOG_DATABASE_URL: catalog.url,
    CATALOG_API_URL: lines[0]?.url ?? catalogUrl,
    CATALOG_PORT: String(catalogPort),
    STRIPE_API_URL: lines[1]?.url ?? payments.url,
    MEDIA_DIR: '.data/none',
  })
  const child = await startCatalogue(catalogUrl)
  const shop = await import('./shop.ts')
  const server = serve({ fetch: shop.webhooks().fetch, port: door, hostname: '127.0.0.1' })
  await once(server, 'listening')
  return {
    payments: payments.url,
    door: `http://127.0.0.1:${door}/payments/webhook`,
    urls: { storefront: storefront.url, catalog: catalog.url },
    shop,
    control: (path, body = {}) => control(payments, path, body),
    close: async () => {
      await payments.stop()
      await new Promise((resolve) => server.close(resolve))
      await shop.closeDatabases()
      await Promise.all(lines.map((line) => line.close()))
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
      await Promise.all([storefront.drop(), catalog.drop()])
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function control({ url }: Payments, path: string, body: object): Promise<unknown> {
  const answer = await fetch(`${url}/_test/${path}`, { method: 'POST', body: JSON.stringify(body) })
  return answer.json()
}

async function startCatalogue(url: string): Promise<ChildProcess> {
  const args = ['--import', 'tsx', 'catalog-api/src/main.ts']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(100)) {
    const answer = await fetch(`${url}/health`).catch(() => null)
    if (answer?.ok) return child
  }
  child.kill('SIGKILL')
  throw new Error('catalog-api did not start')
}
