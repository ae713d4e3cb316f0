// The whole shop as one thing that starts and stops: databases, stand-ins, processes, in the right order and at once
// where order does not matter. Used by `npm start` and by the trials, which run a second shop beside the first.
import type { FSWatcher } from 'node:fs'
import path from 'node:path'
import { ensureBuilt, isBuilt } from './build-storefront.ts'
import { Child, type ChildSpec, type Console } from './children.ts'
import { lockShop } from './lock.ts'
import { freePorts, requireFreePorts } from './ports.ts'
import type { Postgres } from './postgres/postgres.ts'
import { checkWithReaders, type Mode, readSettings, type Settings, StartError } from './settings.ts'
import { migrateAll, needsSeeds, openPostgres, requireReachable, seed } from './shop-databases.ts'
import { watchSources } from './watch-sources.ts'

export interface ShopOptions {
  mode?: Mode
  /** Wins over the environment and .env, e.g. `{ DATA_DIR: … }`. */
  env?: Record<string, string | undefined>
  /** Takes free ports instead of the usual ones. */
  anyPorts?: boolean
  /** Fill an empty shop with the seeds, or with a few of everything; default true outside production. */
  seeds?: boolean | 'small'
  /** Told what goes on, line by line; nothing by default. */
  say?: (line: string) => void
  verbose?: boolean
  /** Seeds may draw their progress bar on this terminal. */
  terminal?: boolean
}

export interface Shop {
  /** Where each part is reached, without a slash at the end. */
  urls: Record<'storefront' | 'catalog' | 'notifier' | 'payments' | 'inbox', string>
  /** What the processes were given: database URLs, secrets, ports. */
  env: Record<string, string | undefined>
  settings: Settings
  /** Stops everything within ten seconds; a second call waits for the same end. */
  stop: () => Promise<void>
  /** Resolves with the reason when the shop broke down by itself. */
  broken: Promise<StartError>
}

/** Thrown by a start that was stopped in its middle. */
export class Stopped extends Error {}

/**
 * Starts the shop; resolves when every process answers its health check. Whatever fails, nothing is left running.
 * @param signal stops the start in its middle
 * @throws StartError with a sentence, or Stopped
 */
export async function startShop(options: ShopOptions = {}, signal?: AbortSignal): Promise<Shop> {
  const ports = options.anyPorts ? await freePorts() : {}
  const settings = readSettings(options.mode ?? 'start', process.env, { ...origins(options, ports), ...options.env })
  checkWithReaders(settings)
  const unlock = lockShop(settings.dataDir, settings.env.STOREFRONT_ORIGIN ?? '')
  const run = new Run(settings, options, unlock, signal)
  try {
    await requireFreePorts(settings)
    await requireReachable(settings)
    await run.start()
  } catch (error) {
    await run.stop()
    throw error
  }
  return run.shop()
}

/** A shop on other ports must not take its addresses from the environment of the first. */
function origins(options: ShopOptions, ports: Record<string, string>): Record<string, string | undefined> {
  return options.anyPorts ? { ...ports, STOREFRONT_ORIGIN: '', CATALOG_API_URL: '', NOTIFIER_URL: '' } : {}
}

/** On a developer's machine the shop should be a modest guest; production keeps node's own choices. */
const memoryFlags = {
  busy: ['--max-semi-space-size=4'],
  small: ['--max-semi-space-size=2', '--optimize-for-size'],
}

class Run {
  private readonly settings: Settings
  private readonly options: ShopOptions
  private readonly console: Console
  private readonly unlock: () => void
  private readonly signal: AbortSignal | undefined
  private readonly children: Child[] = []
  private readonly watchers: FSWatcher[] = []
  private readonly ending = new AbortController()
  private postgres: Postgres | null = null
  private opening: Promise<unknown> = Promise.resolve()
  private stopped: Promise<void> | null = null
  private breakDown: (error: StartError) => void = () => undefined
  private readonly broken: Promise<StartError>

  constructor(settings: Settings, options: ShopOptions, unlock: () => void, signal?: AbortSignal) {
    this.settings = settings
    this.options = options
    this.unlock = unlock
    this.signal = signal
    this.console = {
      say: options.say ?? (() => undefined),
      verbose: options.verbose ?? false,
      logs: path.join(settings.dataDir, 'logs'),
    }
    this.broken = new Promise((resolve) => {
      this.breakDown = resolve
    })
  }

  /** Everything that may run at once does; the storefront waits for its build, and all for the databases. */
  async start(): Promise<void> {
    const { runsPayments, runsInbox } = this.settings
    const aborted = new Promise<never>((_, reject) => {
      if (this.signal?.aborted) reject(new Stopped())
      this.signal?.addEventListener('abort', () => reject(new Stopped()), { once: true })
    })
    // The seeds make their orders' payments in the stand-in, so that they can be refunded.
    const payments = runsPayments ? this.launch('payments') : Promise.resolve()
    const databases = this.openDatabases(payments)
    const built = this.build()
    const parts = [
      payments,
      runsInbox ? this.launch('inbox') : null,
      databases.migrated.then(() => this.launch('catalog-api')),
      databases.seeded.then(() => this.launch('notifier')),
      Promise.all([databases.seeded, built]).then(() => this.launch('storefront')),
      databases.seeded,
    ]
    await Promise.race([Promise.all(parts), aborted])
    if (this.settings.mode === 'dev') this.watchers.push(...watchSources(this.children, this.console.say))
  }

  private openDatabases(payments: Promise<void>): { migrated: Promise<void>; seeded: Promise<void> } {
    const migrated = this.timed('databases ready', async () => {
      this.postgres = await openPostgres(this.settings)
      this.goOn()
      this.postgres?.onUnexpectedEnd((why) => this.breakDown(new StartError(`Postgres ended: ${why}`)))
      await migrateAll(this.settings)
    })
    const seeded = migrated.then(async () => {
      const wanted = this.options.seeds ?? this.settings.mode !== 'production'
      if (!wanted || !(await needsSeeds(this.settings))) return
      await payments
      this.goOn()
      this.console.say('filling the empty shop with products, stores and demo accounts …')
      await this.timed('seeds planted', () =>
        seed(this.settings, !this.options.terminal, this.ending.signal, wanted === 'small' ? ['--small'] : []),
      )
    })
    // The first failure is told by start(); the ones it drags along must not end the process.
    seeded.catch(() => undefined)
    this.opening = migrated.catch(() => undefined)
    return { migrated, seeded }
  }

  private async build(): Promise<void> {
    if (this.settings.mode === 'dev' || isBuilt()) return
    this.console.say('building the storefront (first start, or its sources changed) …')
    await this.timed('storefront built', () => ensureBuilt(this.settings.env, this.ending.signal))
  }

  private async timed(what: string, work: () => Promise<void>): Promise<void> {
    const began = Date.now()
    await work()
    const seconds = (Date.now() - began) / 1000
    if (seconds > 1) this.console.say(`${what} after ${seconds.toFixed(1)} s`)
  }

  /** A start that was stopped meanwhile goes no further. */
  private goOn(): void {
    if (this.stopped) throw new Stopped()
  }

  private async launch(name: ChildSpec['name']): Promise<void> {
    this.goOn()
    const child = new Child(this.specOf(name), this.console, (error) => this.breakDown(error))
    this.children.push(child)
    await child.start()
  }

  private specOf(name: string): ChildSpec {
    const { env, ports, mode } = this.settings
    const scripts: Record<string, string[]> = {
      payments: ['local/payments/main.ts'],
      inbox: ['local/inbox/main.ts'],
      'catalog-api': ['catalog-api/src/main.ts'],
      notifier: ['notifier/src/main.ts'],
      storefront: ['storefront/server/main.ts', ...(mode === 'dev' ? ['--dev'] : [])],
    }
    const flags =
      mode === 'production' ? [] : memoryFlags[name === 'storefront' || name === 'catalog-api' ? 'busy' : 'small']
    const health = `http://127.0.0.1:${ports[name as keyof typeof ports]}/health`
    return { name, script: scripts[name] ?? [], flags, env, health }
  }

  stop(): Promise<void> {
    this.stopped ??= this.end()
    return this.stopped
  }

  private async end(): Promise<void> {
    this.ending.abort()
    for (const watcher of this.watchers) watcher.close()
    await this.opening
    await Promise.all(this.children.map((child) => child.stop()))
    await this.postgres?.stop()
    this.unlock()
  }

  shop(): Shop {
    const { env, ports } = this.settings
    const at = (port: number) => `http://localhost:${port}`
    const urls = {
      storefront: env.STOREFRONT_ORIGIN ?? at(ports.storefront),
      catalog: at(ports['catalog-api']),
      notifier: at(ports.notifier),
      payments: at(ports.payments),
      inbox: at(ports.inbox),
    }
    return { urls, env, settings: this.settings, stop: () => this.stop(), broken: this.broken }
  }
}
