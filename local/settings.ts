// Decides what a start runs on: .env and the environment, generated secrets, which stand-ins, which ports.
// The children's own env readers stay the judges: each is asked here, before anything is started.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv as readDotenv } from 'node:util'
import { parseEnv as catalogEnv } from '../catalog-api/src/env.ts'
import { parseEnv as notifierEnv } from '../notifier/src/env.ts'
import { parseEnv as storefrontEnv } from '../storefront/app/env.server.ts'

export type Mode = 'start' | 'dev' | 'production'
type Env = Record<string, string | undefined>

/** A sentence for the person at the terminal: what is wrong and what to do. */
export class StartError extends Error {
  override name = 'StartError'
}

export const root = path.resolve(import.meta.dirname, '..')

export interface Settings {
  mode: Mode
  env: Env
  dataDir: string
  ports: Record<PortName, number>
  runsPayments: boolean
  runsInbox: boolean
  /** Databases for which no URL is configured, so the embedded Postgres serves them. */
  embedded: { storefront: boolean; catalog: boolean }
}

const portVariables = {
  storefront: ['STOREFRONT_PORT', 5173],
  'catalog-api': ['CATALOG_PORT', 8002],
  notifier: ['NOTIFIER_PORT', 8010],
  payments: ['PAYMENTS_PORT', 8020],
  inbox: ['INBOX_PORT', 8025],
  'inbox SMTP': ['INBOX_SMTP_PORT', 8026],
} as const
export type PortName = keyof typeof portVariables

export function portVariable(name: PortName): string {
  return portVariables[name][0]
}

/**
 * The settings of a start: `overrides` win over the environment, that over .env; empty strings count as unset, and an
 * empty override hides what the others say.
 * @throws StartError naming the variable
 */
export function readSettings(mode: Mode, environment: Env, overrides: Env = {}): Settings {
  const env = withoutEmpty({ ...dotenv(), ...withoutEmpty(environment), ...overrides })
  env.NODE_ENV = mode === 'production' ? 'production' : (env.NODE_ENV ?? 'development')
  if (mode !== 'production' && env.NODE_ENV === 'production') {
    throw new StartError('NODE_ENV is production. Use npm run start:production, or unset NODE_ENV.')
  }
  const dataDir = path.resolve(root, env.DATA_DIR ?? '.data')
  const ports = readPorts(env)
  const production = mode === 'production'
  const settings: Settings = {
    mode,
    env,
    dataDir,
    ports,
    runsPayments: !production && !env.STRIPE_SECRET_KEY,
    runsInbox: !production && !env.SMTP_HOST,
    embedded: {
      storefront: !production && !env.STOREFRONT_DATABASE_URL,
      catalog: !production && !env.CATALOG_DATABASE_URL,
    },
  }
  env.DATA_DIR = dataDir
  env.MEDIA_DIR = path.resolve(root, env.MEDIA_DIR ?? path.join(dataDir, 'media'))
  env.STOREFRONT_ORIGIN ??= `http://localhost:${ports.storefront}`
  env.CATALOG_API_URL ??= `http://localhost:${ports['catalog-api']}`
  env.NOTIFIER_URL ??= `http://localhost:${ports.notifier}`
  if (!production) addStandIns(settings)
  return settings
}

function dotenv(): Env {
  const file = path.join(root, '.env')
  return existsSync(file) ? readDotenv(readFileSync(file, 'utf8')) : {}
}

function withoutEmpty(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
}

function readPorts(env: Env): Settings['ports'] {
  const ports = Object.entries(portVariables).map(([name, [variable, usual]]) => {
    const port = Number(env[variable] ?? usual)
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new StartError(`${variable}: "${env[variable]}" is no port. Set a number from 1 to 65535.`)
    }
    env[variable] = String(port)
    return [name, port]
  })
  return Object.fromEntries(ports) as Settings['ports']
}

function addStandIns({ env, dataDir, ports, runsPayments, runsInbox }: Settings): void {
  const secrets = localSecrets(dataDir)
  env.SESSION_SECRET ??= secrets.SESSION_SECRET
  env.SERVICE_TOKEN_SECRET ??= secrets.SERVICE_TOKEN_SECRET
  env.API_JWT_SECRET ??= secrets.API_JWT_SECRET
  if (runsPayments) {
    env.STRIPE_SECRET_KEY = secrets.STRIPE_SECRET_KEY
    env.STRIPE_WEBHOOK_SECRET = secrets.STRIPE_WEBHOOK_SECRET
    env.STRIPE_PUBLISHABLE_KEY = 'pk_test_standin'
    // A shop to try has a seller to print on its invoices.
    env.SHOP_ADDRESS ??= '1 Quay Street, D02 X285 Dublin, Ireland'
    env.SHOP_TAX_ID ??= 'IE1234567FA'
    env.STRIPE_API_URL = `http://localhost:${ports.payments}`
    env.PAYMENTS_WEBHOOK_URL = `http://localhost:${ports.storefront}/api/payments/webhook`
  }
  if (runsInbox) {
    env.SMTP_HOST = '127.0.0.1'
    env.INBOX_URL = `http://localhost:${ports.inbox}`
    env.SMTP_PORT = String(ports['inbox SMTP'])
  }
}

/** Random secrets made once for this checkout and kept in a file only its owner reads. */
function localSecrets(dataDir: string): Record<string, string> {
  const file = path.join(dataDir, 'secrets.json')
  const made = {
    SESSION_SECRET: randomBytes(36).toString('base64url'),
    SERVICE_TOKEN_SECRET: randomBytes(36).toString('base64url'),
    API_JWT_SECRET: randomBytes(36).toString('base64url'),
    STRIPE_SECRET_KEY: `sk_test_standin_${randomBytes(18).toString('hex')}`,
    STRIPE_WEBHOOK_SECRET: `whsec_standin_${randomBytes(18).toString('hex')}`,
  }
  let kept: Record<string, string> = {}
  try {
    kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  } catch {
    throw new StartError(`${file} cannot be read as JSON. Delete it: new secrets will be made.`)
  }
  const secrets = { ...made, ...kept }
  if (Object.keys(kept).length !== Object.keys(made).length) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  }
  return secrets
}

/** Asks each process's own env reader, so that a wrong setting stops the start before it began. @throws StartError */
export function checkWithReaders(settings: Settings): void {
  const later = 'postgres://embedded@127.0.0.1/later'
  const { embedded, env } = settings
  const filled = {
    ...env,
    STOREFRONT_DATABASE_URL: embedded.storefront ? later : env.STOREFRONT_DATABASE_URL,
    CATALOG_DATABASE_URL: embedded.catalog ? later : env.CATALOG_DATABASE_URL,
  }
  const problems = new Map<string, string>()
  for (const parse of [storefrontEnv, catalogEnv, notifierEnv]) {
    try {
      parse(filled)
    } catch (error) {
      for (const line of (error as Error).message.split('\n')) {
        const variable = line.split(':', 1)[0] ?? line
        if (!problems.has(variable)) problems.set(variable, line)
      }
    }
  }
  if (problems.size > 0) throw new StartError([...problems.values()].join('\n'))
}
