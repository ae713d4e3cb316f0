// Who may import whom (README, "rules of the house"). trials/house/imports.test.ts plants a breach of every rule and sees
// it found: a rule without such a breach fails that test.

const tests = '(\\.test\\.tsx?$|^(storefront|catalog-api|notifier)/test/|^trials/|^local/)'
const pack = (...names) => `node_modules/(${names.join('|')})(/|$)`
const model = '^(storefront/app/domain|catalog-api/src)/[^/]+/[^/]*models?(\\.server)?\\.ts$'
const frameworks = ['@remix-run', 'react', 'react-dom', 'hono', '@hono', 'remix-auth', 'remix-auth-form']

/** Subject of domain/ → the subjects it may ask. What is not written here is not allowed. */
const mayAsk = {
  checkout: [
    'orders',
    'cart',
    'payments',
    'invoices',
    'returns',
    'catalog',
    'pickup',
    'reservations',
    'promotions',
    'shipping',
    'tax',
    'reviews',
    'outbox',
    'audit',
  ],
  orders: ['payments', 'catalog', 'pickup', 'outbox', 'audit'],
  invoices: ['orders', 'payments', 'geo', 'outbox'],
  returns: ['orders', 'payments', 'outbox', 'audit'],
  cart: ['catalog', 'pickup', 'promotions', 'shipping', 'tax', 'outbox'],
  pickup: ['catalog', 'geo', 'outbox'],
  reservations: ['catalog', 'orders', 'pickup', 'promotions', 'outbox', 'audit'],
  identity: ['outbox', 'audit'],
  payments: ['outbox', 'audit'],
  catalog: ['audit'],
  reviews: ['catalog', 'identity', 'orders', 'payments', 'returns', 'outbox', 'audit'],
  promotions: ['audit'],
  shipping: ['audit'],
  tax: ['audit'],
  messages: ['outbox', 'orders', 'payments', 'catalog', 'audit'],
  outbox: ['audit'],
  audit: [],
  idempotency: [],
}

const rules = [
  {
    name: 'no-circles-between-files',
    comment: 'Two files that need each other are one thing cut in the wrong place.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'everything-imported-exists',
    comment: 'A path or package that cannot be found.',
    from: {},
    to: { couldNotResolve: true, pathNot: ['^virtual:', '\\?(url|raw)$'] },
  },
  {
    name: 'nobody-imports-a-page',
    comment: 'Only the map (routes.ts) knows the pages; what two pages share moves to ui/ or http/.',
    from: { pathNot: tests },
    to: { path: '^storefront/app/routes/.+\\.tsx$' },
  },
  {
    name: 'only-the-assembly-imports-the-api',
    comment: 'JSON faces are put together in api/app.ts, which the server mounts.',
    from: { pathNot: [tests, '^storefront/app/api/', '^storefront/server/'] },
    to: { path: '^storefront/app/api/' },
  },
  {
    name: 'rules-know-no-face',
    comment: 'domain/ imports neither http, ui, pages, API nor server.',
    from: { path: '^storefront/app/domain/', pathNot: tests },
    to: { path: '^storefront/(app/(http|ui|routes|api|root|entry)|server/)' },
  },
  {
    name: 'rules-know-no-framework',
    comment: 'domain/ and lib/ would work under any web framework.',
    from: { path: '^storefront/app/(domain|lib)/', pathNot: tests },
    to: { path: pack(...frameworks) },
  },
  {
    name: 'http-knows-identity-only',
    comment: 'Between face and rule: who is asking, nothing about goods or orders.',
    from: { path: '^storefront/app/http/', pathNot: tests },
    to: { path: '^storefront/app/(domain/(?!identity/)|ui/|routes/|api/)', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'looks-touch-no-server',
    comment: 'ui/ gets props: no database, secret, network or clock. Types are no touch.',
    from: { path: '^storefront/app/ui/', pathNot: tests },
    to: { path: '(\\.server\\.ts$|^storefront/app/(routes|api)/)', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'ground-knows-nobody',
    comment: 'lib/ imports lib/ and the settings; the settings import nothing of the shop.',
    from: { path: '^storefront/app/(lib/|env\\.server\\.ts$|paths\\.ts$)', pathNot: tests },
    to: { path: '^storefront/', pathNot: '^storefront/app/(lib/|env\\.server\\.ts$)' },
  },
  {
    name: 'a-table-has-one-owner',
    comment: 'Models are imported inside their folder; others call its verbs and queries.',
    from: { path: '^(storefront/app/domain|catalog-api/src)/([^/]+)/', pathNot: tests },
    to: { path: model, pathNot: '^$1/$2/' },
  },
  {
    name: 'a-table-is-not-seen-outside-the-rules',
    comment: 'Pages, API, server and workers never hold a row.',
    from: { path: '^storefront/', pathNot: [tests, '^storefront/app/domain/'] },
    to: { path: model },
  },
  {
    name: 'faces-write-no-sql',
    comment: 'Pages, API and http/ call verbs and queries.',
    from: { path: '^storefront/app/(routes|api|http|ui)/', pathNot: tests },
    to: { path: pack('knex', 'objection', 'pg') },
  },
  ...Object.entries(mayAsk).map(([subject, others]) => ({
    name: `${subject}-asks-only-its-neighbours`,
    comment: others.length > 0 ? `${subject} asks ${others.join(', ')}.` : `${subject} asks no other subject.`,
    from: { path: `^storefront/app/domain/${subject}/`, pathNot: tests },
    to: { path: '^storefront/app/domain/', pathNot: `^storefront/app/domain/(${[subject, ...others].join('|')})/` },
  })),
  {
    name: 'stripe-in-one-file',
    comment: "Stripe's client is one adapter; the stand-in's tests use it to prove that it cannot tell the difference.",
    from: { pathNot: ['^storefront/app/domain/payments/stripe\\.server\\.ts$', '^local/payments/.+\\.test\\.ts$'] },
    to: { path: pack('stripe') },
  },
  {
    name: 'the-catalogue-is-called-in-one-folder',
    comment: 'Deadlines and breaker live in domain/catalog.',
    from: { path: '^storefront/app/', pathNot: [tests, '^storefront/app/domain/catalog/'] },
    to: { path: [pack('openapi-fetch', 'cockatiel'), 'domain/catalog/(transport|catalog-api)'] },
  },
  {
    name: 'processes-share-contracts-only',
    comment: 'storefront reaches catalog-api through its OpenAPI document; the notifier knows only the events.',
    from: { path: '^(storefront|catalog-api|notifier)/', pathNot: tests },
    to: {
      path: '^(storefront|catalog-api|notifier|seeds|local|trials)/',
      pathNot: ['^$1/', '^storefront/app/domain/outbox/events\\.ts$'],
    },
  },
  {
    name: 'the-shop-knows-no-test',
    comment: 'Doubles and factories stay where tests are.',
    from: { pathNot: [tests, '\\.config\\.ts$', '^vitest\\.setup\\.ts$'] },
    to: {
      path: ['\\.test\\.tsx?$', '^(storefront|notifier)/test/', pack('vitest', 'msw', 'fast-check', '@playwright')],
    },
  },
]

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: rules.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^([a-z-]+/build|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css', '.svg'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
