// A LISTEN connection goes half open, as when a cable is pulled: how long until the notifier has another one. A notifier of its
// own, with the shop's own times, behind a proxy that can fall silent.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePorts } from '../../local/ports.ts'
import { startProxy } from '../../notifier/test/proxy.ts'
import type { ChaosShop } from '../chaos/shop.ts'

const listening = `SELECT count(*)::int AS n FROM pg_stat_activity
  WHERE application_name = 'highstreet-notifier-listen' AND datname = current_database() AND backend_start > $1`

/** Seconds from the silence to the next LISTEN connection. Throws after a minute. */
export async function silenceListening(shop: ChaosShop): Promise<number> {
  const own = new URL(shop.env.STOREFRONT_DATABASE_URL ?? '')
  const proxy = await startProxy(own.hostname, Number(own.port))
  const ports = await freePorts()
  const port = String(ports.NOTIFIER_PORT)
  const client = new pg.Client(own.href)
  await client.connect()
  try {
    const behind = new URL(own.href)
    behind.hostname = '127.0.0.1'
    behind.port = String(proxy.port)
    await shop.processes.start({
      name: 'notifier 2',
      script: 'notifier/src/main.ts',
      env: { ...shop.env, NOTIFIER_PORT: port, STOREFRONT_DATABASE_URL: behind.href },
      health: `http://127.0.0.1:${port}/health`,
    })
    const { rows } = await client.query('SELECT now() AS at')
    proxy.freeze()
    const from = performance.now()
    while (performance.now() - from < 60_000) {
      const { rows: found } = await client.query(listening, [rows[0].at])
      if (found[0].n > 0) return (performance.now() - from) / 1000
      await sleep(50)
    }
    throw new Error('nobody noticed the silence')
  } finally {
    proxy.stop()
    await client.end()
  }
}
