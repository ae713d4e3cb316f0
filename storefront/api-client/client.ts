// The typed clients of both public documents, for scripts and apps in this workspace: operations, bodies and answers are
// checked by the compiler against what `npm run openapi` wrote. Knows no address and no secret of its own.
import { randomUUID } from 'node:crypto'
import createFetchClient, { type Client, type Middleware } from 'openapi-fetch'
import type { paths as CatalogPaths } from '../app/domain/catalog/catalog-api.d.ts'
import type { paths } from './storefront-api.d.ts'

export type ShopClient = Client<paths>
export type CatalogClient = Client<CatalogPaths>

export type ShopClientOptions = {
  /** Where the shop is, e.g. `https://shop.example`. */
  origin: string
  /** The token to send, asked before each request: log in again behind it when one has ended. */
  token?: () => string | null
}

/**
 * A client of the storefront's API. Each POST carries an Idempotency-Key of its own unless one is given: hand one in to
 * be able to repeat a request whose answer got lost.
 */
export function createClient({ origin, token = () => null }: ShopClientOptions): ShopClient {
  const client = createFetchClient<paths>({ baseUrl: new URL('/api', origin).href })
  const accompany: Middleware = {
    onRequest: ({ request }) => {
      const bearer = token()
      if (bearer) request.headers.set('Authorization', `Bearer ${bearer}`)
      if (request.method === 'POST' && !request.headers.has('Idempotency-Key'))
        request.headers.set('Idempotency-Key', randomUUID())
      return request
    },
  }
  client.use(accompany)
  return client
}

/** A client of catalog-api's public reads. */
export const createCatalogClient = (origin: string): CatalogClient =>
  createFetchClient<CatalogPaths>({ baseUrl: new URL(origin).origin })
