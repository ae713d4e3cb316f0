// .env.sample is the list of all settings; each process has one reader of process.env. Both are read from the code.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseEnv as catalogEnv } from '../../catalog-api/src/env.ts'
import { parseEnv as notifierEnv } from '../../notifier/src/env.ts'
import { parseEnv as storefrontEnv } from '../../storefront/app/env.server.ts'
import { house, listSources, withoutComments } from './sources.ts'

const sample = readFileSync(join(house, '.env.sample'), 'utf8')
const listed = new Map(
  [...sample.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
)

const readers = ['storefront/app/env.server.ts', 'catalog-api/src/env.ts', 'notifier/src/env.ts', 'seeds/env.ts']
/** Beside the readers: what starts, migrates and builds the house, and what only passes the whole environment on. */
const mayReadTheEnvironment = [
  ...readers,
  /^local\//,
  /^trials\//,
  'migrations/cli.ts',
  'catalog-api/src/write-openapi.ts',
  'storefront/vite.config.ts',
]
/** Set by the starter for its children or by tools, never by a person. */
const internal = new Set([
  'INBOX_URL',
  'PAYMENTS_WEBHOOK_URL',
  'STOREFRONT_HOT',
  'FAILPOINTS_FILE',
  'TRIAL_DEADLINE_MS',
  'TEST_POSTGRES_URL',
  'PATH',
  'FORCE_COLOR',
])

/** Any look at process.env but setting a variable of it, which a starter does for its child. */
const reads = /\bprocess\s*(?:\.\s*env|\[\s*['"]env['"]\s*\])(?!\.\w+\s*=[^=])/

/** The variables a source names: keys of a reader's schema, `process.env.X`, `env.X` and quoted names of the starter. */
function namesIn({ path, text }: { path: string; text: string }): string[] {
  const code = withoutComments(text)
  const named = [...code.matchAll(/\b(?:process\.)?env\.([A-Z][A-Z0-9_]+)\b/g)]
  if (readers.includes(path)) named.push(...code.matchAll(/^ {4}([A-Z][A-Z0-9_]+):/gm))
  if (path.startsWith('local/')) named.push(...code.matchAll(/\['([A-Z][A-Z0-9_]+)', \d+\]/g))
  return named.flatMap(([, name]) => name ?? [])
}

const read = new Set(
  listSources()
    .filter(({ path }) => !/^(trials|local\/testing)\//.test(path))
    .flatMap(namesIn)
    .filter((name) => !internal.has(name)),
)

const needed = {
  STOREFRONT_DATABASE_URL: 'postgres://x@localhost/x',
  CATALOG_DATABASE_URL: 'postgres://x@localhost/x',
  SESSION_SECRET: 'kX9vQ2mB7tR4wZ1nL6pY3sD8fG5hJ0aC',
  API_JWT_SECRET: 'hB6vC9xZ2lK5jH8gF1dS4aP7oI0uY3tR',
  SERVICE_TOKEN_SECRET: 'uN3eW8rT5yI1oP6aS9dF2gH7jK4lZ0xC',
}
const keys = { STRIPE_SECRET_KEY: 'whsec_sk_test_x', STRIPE_WEBHOOK_SECRET: 'whsec_sk_test_x' }

describe('settings', () => {
  it('are all in .env.sample, and nothing stands there that nobody reads', () => {
    expect([...read].filter((name) => !listed.has(name))).toEqual([])
    expect([...listed.keys()].filter((name) => !read.has(name))).toEqual([])
  })

  it('stand in .env.sample once', () => {
    expect([...sample.matchAll(/^[A-Z][A-Z0-9_]*=/gm)]).toHaveLength(listed.size)
  })

  it.each([
    ['storefront', storefrontEnv, ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']],
    ['catalog-api', catalogEnv, []],
    ['notifier', notifierEnv, []],
  ] as const)('in .env.sample are the defaults of %s: the file as it is changes nothing', (_name, parse, more) => {
    const given = { ...needed, ...Object.fromEntries(more.map((name) => [name, keys[name]])) }
    expect(parse({ ...Object.fromEntries(listed), ...given })).toEqual(parse(given))
  })

  it.each([
    ['storefront', storefrontEnv],
    ['catalog-api', catalogEnv],
    ['notifier', notifierEnv],
  ] as const)('production refuses to start %s with places where trials kill it', (_name, parse) => {
    const asked = { ...needed, ...keys, NODE_ENV: 'production', FAILPOINTS_FILE: '/tmp/failpoint' }
    expect(() => parse(asked)).toThrow(/FAILPOINTS_FILE: no failpoints in production/)
  })

  it('hold no secret in .env.sample', () => {
    for (const [name, value] of listed) if (/SECRET|PASSWORD|_KEY/.test(name)) expect(value, name).toBe('')
  })

  it('are read from process.env in one file a process', () => {
    const allowed = (path: string) =>
      mayReadTheEnvironment.some((one) => (typeof one === 'string' ? one === path : one.test(path)))
    const strays = listSources()
      .filter(({ path, text }) => !allowed(path) && reads.test(withoutComments(text)))
      .map(({ path }) => path)
    expect(strays).toEqual([])
  })
})
