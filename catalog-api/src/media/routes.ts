// Pictures, served from the media folder to everybody. Never serves another file.
import { z } from '@hono/zod-openapi'
import { errorAnswers } from '../http/problem.ts'
import { newRouter } from '../http/router.ts'
import { readMedia } from './files.ts'

export const mediaRoutes = newRouter()

mediaRoutes.openAPIRegistry.registerPath({
  method: 'get',
  path: '/media/{file}',
  operationId: 'getMedia',
  tags: ['Pictures'],
  summary: 'A picture file',
  description:
    '`<key>-<width>.webp`; the key may hold slashes. A file never changes: its address may be cached for ever.',
  request: { params: z.object({ file: z.string().openapi({ example: 'sage-mug-640.webp' }) }) },
  responses: {
    200: { description: 'The picture', content: { 'image/webp': { schema: { type: 'string', format: 'binary' } } } },
    ...errorAnswers('not_found'),
  },
})
mediaRoutes.get('/media/*', async (c) => {
  const bytes = await readMedia(c.var.settings.mediaDir, new URL(c.req.url).pathname)
  return c.body(bytes, 200, {
    'Content-Type': 'image/webp',
    'Content-Length': String(bytes.length),
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  })
})
