// Settings of a storefront under test: no real secret, no real address. Import it before anything of the shop.
const settings: Record<string, string> = {
  STOREFRONT_DATABASE_URL: 'postgres://nobody@localhost:1/none',
  SESSION_SECRET: 'test-session-0123456789-abcdefghijklmnopqrst',
  SERVICE_TOKEN_SECRET: 'test-service-0123456789-abcdefghijklmnopqrst',
  API_JWT_SECRET: 'test-api-0123456789-abcdefghijklmnopqrstuvw',
  CATALOG_API_URL: 'http://catalog.test',
  NOTIFIER_URL: 'http://notifier.test',
  STRIPE_SECRET_KEY: 'sk_test_standin',
  STRIPE_WEBHOOK_SECRET: 'whsec_test_0123456789abcdefghijklmnop',
  STRIPE_API_URL: 'http://payments.test',
}
for (const [name, value] of Object.entries(settings)) process.env[name] ??= value
