// The OpenAPI document's head: what this API is, how to call it, what its tags mean.
import type { newRouter } from './http/router.ts'

const description = `Products, search, stock, stores, reviews and parcels of Highstreet.

**Reads are public. Every write needs a service token:** a JWT (HS256, header \`kid\` = first 8 hex digits of the key's
SHA-256) with \`iss\` highstreet, \`aud\` catalog-api, \`sub\`, \`iat\`, \`nbf\`, \`exp\` (at most 60 s after \`iat\`), \`jti\` and a \`scope\`
named by the operation as \`x-scope\`. A token of a writing call counts once.

**Errors** are \`application/problem+json\` (RFC 9457) with a \`code\` for programs and a \`requestId\`.

**Money** is an integer in the currency's minor unit. **Bodies** are camelCase, **query parameters** snake_case.
**Lists** give a \`nextCursor\`; send it back as \`cursor\` with the same filters.`

const head = {
  openapi: '3.1.0',
  info: {
    title: 'Highstreet catalog-api',
    version: '1.0.0',
    description,
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/', description: 'This machine' }],
  tags: [
    { name: 'Products', description: 'What is sold, as shoppers see it' },
    { name: 'Categories', description: 'The tree products hang in' },
    { name: 'Inventory', description: 'Stock, and two-phase reservations: reserve, commit, release' },
    { name: 'Stores', description: 'Places to visit, and towns to look near' },
    { name: 'Sitemap', description: 'What search engines may find' },
    { name: 'Reviews', description: 'What buyers say; shown once approved' },
    { name: 'Fulfilment', description: 'Parcels of an order' },
    { name: 'Products (staff)', description: 'Writing products and variants' },
    { name: 'Inventory (staff)', description: 'Stock of everything, its ledger, who holds what' },
    { name: 'Stores (staff)', description: 'Opening, changing and closing stores' },
    { name: 'Reviews (staff)', description: 'The moderation queue, and what the shop replies' },
    { name: 'Pictures', description: 'Product pictures' },
    { name: 'Operations', description: 'For those who run it' },
  ],
  security: [],
}

/** The document of `app`'s routes, as plain data. */
export function openApiDocument(app: ReturnType<typeof newRouter>) {
  return app.getOpenAPI31Document(head)
}
