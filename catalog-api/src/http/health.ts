// Whether the process can serve: its database answers and has the migrations this program knows.
import { createRoute, z } from '@hono/zod-openapi'
import { MigrationError, requireVersion } from '../../../migrations/databases.ts'
import { db } from '../lib/db.ts'
import { DomainError } from '../lib/errors.ts'
import { json } from './fields.ts'
import { errorAnswers } from './problem.ts'
import { newRouter } from './router.ts'

const Health = z
  .object({ status: z.literal('ok'), database: z.literal('ok'), migrations: z.literal('ok') })
  .openapi('Health')

export const healthRoutes = newRouter()

healthRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/health',
    operationId: 'getHealth',
    tags: ['Operations'],
    summary: 'Ready to serve: database reachable and migrated',
    responses: { 200: json(Health, 'Ready'), ...errorAnswers('too_many_requests') },
  }),
  async (c) => {
    if (c.get('settings').isDraining?.()) throw new DomainError('unavailable', 'This process is leaving.')
    await requireVersion(db(), 'catalog').catch((error: unknown) => {
      if (error instanceof MigrationError) throw new DomainError('unavailable', error.message)
      throw error
    })
    return c.json({ status: 'ok', database: 'ok', migrations: 'ok' } as const, 200)
  },
)
