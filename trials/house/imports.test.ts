// The import rules of .dependency-cruiser.cjs hold, and each of them can fail: a breach of every rule is planted in an
// empty house and must be found.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { house } from './sources.ts'

const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs')
const rules: string[] = config.forbidden.map((rule: IForbiddenRuleType) => rule.name)
const parts = ['storefront', 'catalog-api', 'notifier', 'migrations', 'seeds', 'local', 'trials']

async function breaches(baseDir: string): Promise<string[]> {
  const { output } = await cruise(parts, {
    ...config.options,
    tsConfig: undefined,
    baseDir,
    ruleSet: { forbidden: config.forbidden },
    validate: true,
  })
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
}

type Planted = { from: string; says: string; beside?: string[] }
const app = 'storefront/app'
const planted: Record<string, Planted> = {
  'no-circles-between-files': { from: `${app}/lib/a.ts`, says: './b.ts', beside: [`${app}/lib/b.ts`] },
  'everything-imported-exists': { from: `${app}/lib/a.ts`, says: './missing.ts' },
  'nobody-imports-a-page': {
    from: `${app}/ui/a.tsx`,
    says: '../routes/shop/home.tsx',
    beside: [`${app}/routes/shop/home.tsx`],
  },
  'only-the-assembly-imports-the-api': {
    from: `${app}/routes/a.tsx`,
    says: '../api/cart.ts',
    beside: [`${app}/api/cart.ts`],
  },
  'rules-know-no-face': {
    from: `${app}/domain/cart/a.ts`,
    says: '#app/http/parse.ts',
    beside: [`${app}/http/parse.ts`],
  },
  'rules-know-no-framework': { from: `${app}/domain/cart/a.ts`, says: '@remix-run/node' },
  'http-knows-identity-only': {
    from: `${app}/http/a.ts`,
    says: '../domain/cart/b.ts',
    beside: [`${app}/domain/cart/b.ts`],
  },
  'looks-touch-no-server': { from: `${app}/ui/a.tsx`, says: '../lib/b.server.ts', beside: [`${app}/lib/b.server.ts`] },
  'ground-knows-nobody': { from: `${app}/lib/a.ts`, says: '../domain/tax/b.ts', beside: [`${app}/domain/tax/b.ts`] },
  'a-table-has-one-owner': {
    from: `${app}/domain/checkout/a.ts`,
    says: '../orders/models.ts',
    beside: [`${app}/domain/orders/models.ts`],
  },
  'a-table-is-not-seen-outside-the-rules': {
    from: `${app}/routes/a.tsx`,
    says: '#app/domain/cart/cart-models.server.ts',
    beside: [`${app}/domain/cart/cart-models.server.ts`],
  },
  'faces-write-no-sql': { from: `${app}/api/a.ts`, says: 'knex' },
  'checkout-asks-only-its-neighbours': neighbours('checkout', 'identity'),
  'orders-asks-only-its-neighbours': neighbours('orders', 'checkout'),
  'cart-asks-only-its-neighbours': neighbours('cart', 'orders'),
  'pickup-asks-only-its-neighbours': neighbours('pickup', 'orders'),
  'reservations-asks-only-its-neighbours': neighbours('reservations', 'cart'),
  'identity-asks-only-its-neighbours': neighbours('identity', 'cart'),
  'payments-asks-only-its-neighbours': neighbours('payments', 'orders'),
  'catalog-asks-only-its-neighbours': neighbours('catalog', 'cart'),
  'reviews-asks-only-its-neighbours': neighbours('reviews', 'cart'),
  'promotions-asks-only-its-neighbours': neighbours('promotions', 'cart'),
  'shipping-asks-only-its-neighbours': neighbours('shipping', 'cart'),
  'tax-asks-only-its-neighbours': neighbours('tax', 'cart'),
  'messages-asks-only-its-neighbours': neighbours('messages', 'cart'),
  'outbox-asks-only-its-neighbours': neighbours('outbox', 'orders'),
  'invoices-asks-only-its-neighbours': neighbours('invoices', 'cart'),
  'returns-asks-only-its-neighbours': neighbours('returns', 'cart'),
  'idempotency-asks-only-its-neighbours': neighbours('idempotency', 'cart'),
  'audit-asks-only-its-neighbours': neighbours('audit', 'identity'),
  'stripe-in-one-file': { from: `${app}/domain/payments/a.ts`, says: 'stripe' },
  'the-catalogue-is-called-in-one-folder': { from: `${app}/routes/a.tsx`, says: 'openapi-fetch' },
  'processes-share-contracts-only': {
    from: `${app}/domain/catalog/a.ts`,
    says: '../../../../catalog-api/src/app.ts',
    beside: ['catalog-api/src/app.ts'],
  },
  'the-shop-knows-no-test': { from: `${app}/lib/a.ts`, says: '../../test/b.ts', beside: ['storefront/test/b.ts'] },
}

function neighbours(subject: string, other: string): Planted {
  return { from: `${app}/domain/${subject}/a.ts`, says: `../${other}/b.ts`, beside: [`${app}/domain/${other}/b.ts`] }
}

let empty: string
beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'highstreet-house-'))
})
afterAll(() => rmSync(empty, { recursive: true, force: true }))

/** A house of two files, with the packages of the real one. */
function build({ from, says, beside = [] }: Planted): string {
  const root = mkdtempSync(join(empty, 'planted-'))
  for (const part of parts) mkdirSync(join(root, part))
  symlinkSync(join(house, 'node_modules'), join(root, 'node_modules'))
  const imports = { '#app/*': './app/*', '#server/*': './server/*' }
  writeFileSync(join(root, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(join(root, 'storefront/package.json'), JSON.stringify({ type: 'module', imports }))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  write(from, `import { x } from '${says}'\nexport const y = x\n`)
  for (const path of beside) {
    const circle = path.endsWith('lib/b.ts') ? "import { y } from './a.ts'\nexport const z = y\n" : ''
    write(path, `${circle}export const x = 1\n`)
  }
  return root
}

describe('the import rules', () => {
  it('hold in the house', async () => {
    expect(await breaches(house)).toEqual([])
  }, 60_000)

  it('each have a planted breach', () => {
    expect(Object.keys(planted).sort()).toEqual([...rules].sort())
  })

  it.each(Object.entries(planted))('%s is found when it is broken', async (rule, breach) => {
    const found = await breaches(build(breach))
    expect(found.filter((line) => line.startsWith(`${rule}: `))).not.toEqual([])
  })
})
