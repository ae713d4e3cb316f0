// Stores a person can visit, by list, by nearness and one by one; and towns by name. Warehouses are not shown.
import { createRoute, z } from '@hono/zod-openapi'
import { Country, CursorParam, IdOrSlug, json, queryInt, queryNumber, SearchWords } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { storeFilters } from './conditions.ts'
import { listPlaces } from './list-places.ts'
import { getStore, listStores } from './list-stores.ts'
import { listNearbyStores } from './nearby.ts'
import { NearbyStores, Place, Store, StorePage } from './schemas.ts'
import { furthestKm } from './sphere.ts'

export const storeRoutes = newRouter()
const tags = ['Stores']

storeRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/stores',
    operationId: 'listStores',
    tags,
    summary: 'Stores by country and town',
    request: {
      query: z.object({
        country: Country.optional(),
        ...storeFilters,
        limit: queryInt(1, 100).default(50),
        cursor: CursorParam,
      }),
    },
    responses: { 200: json(StorePage, 'A page of stores'), ...errorAnswers('validation_failed') },
  }),
  async (c) => c.json(await listStores(c.req.valid('query'), new Date()), 200),
)

storeRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/stores/nearby',
    operationId: 'listNearbyStores',
    tags,
    summary: 'Stores around a point, nearest first',
    request: {
      query: z.object({
        lat: queryNumber(-90, 90).openapi({ example: 45.76 }),
        lng: queryNumber(-180, 180).openapi({ example: 4.83 }),
        ...storeFilters,
        radius_km: queryNumber(0.1, furthestKm).optional().openapi({ description: 'Left out: 50' }),
        limit: queryInt(1, 100).default(20),
      }),
    },
    responses: {
      200: json(NearbyStores, 'Stores with `distanceKm`'),
      ...errorAnswers('validation_failed'),
    },
  }),
  async (c) => c.json(await listNearbyStores(c.req.valid('query'), new Date()), 200),
)

storeRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/stores/{idOrSlug}',
    operationId: 'getStore',
    tags,
    summary: 'One store',
    request: { params: z.object({ idOrSlug: IdOrSlug }) },
    responses: { 200: json(Store, 'The store'), ...errorAnswers('not_found', 'validation_failed') },
  }),
  async (c) => c.json(await getStore(c.req.valid('param').idOrSlug, new Date()), 200),
)

storeRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/places',
    operationId: 'listPlaces',
    tags,
    summary: 'Towns whose name begins like this, best first; or postcodes of our stores',
    description:
      'Towns: GeoNames (CC BY 4.0). Accents do not matter. With a digit in it: the stores whose postcode begins most like it; other postcodes are not known.',
    request: { query: z.object({ q: SearchWords, country: Country.optional(), limit: queryInt(1, 20).default(8) }) },
    responses: { 200: json(z.object({ items: z.array(Place) }), 'Towns'), ...errorAnswers('validation_failed') },
  }),
  async (c) => c.json({ items: await listPlaces(c.req.valid('query')) }, 200),
)
