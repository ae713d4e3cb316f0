// What waits for staff in the catalogue, as numbers: for the first page of the admin.
import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../http/auth.ts'
import { json } from '../http/fields.ts'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { countWork } from './count-work.ts'

const Work = z
  .object({
    drafts: z.int(),
    reviewsPending: z.int(),
    reviewsReported: z.int().openapi({ description: 'Published ones that somebody reported' }),
    lowStock: z.int().openapi({ description: 'Places at or below their threshold, of what is sold' }),
    held: z.int().openapi({ description: 'Reservations that hold goods now' }),
  })
  .openapi('Work')
export type Work = z.infer<typeof Work>

export const workRoutes = newRouter()

workRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/admin/work',
    operationId: 'countWork',
    tags: ['Operations'],
    summary: 'What waits for staff',
    ...needs('catalog:read'),
    responses: { 200: json(Work, 'Numbers'), ...errorAnswers('unauthorized', 'forbidden') },
  }),
  async (c) => c.json(await countWork(), 200),
)
