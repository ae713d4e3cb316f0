// The notifier's own face for previews, so that it and the storefront cannot drift apart: it draws and sends nothing.
// Import it before anything of the shop: settings are read once.
import './settings.ts'
import { serve } from '@hono/node-server'
import { afterAll } from 'vitest'
import { previewApi } from '../../notifier/src/http/preview.ts'
import { onError } from '../../notifier/src/http/problem.ts'
import { newRouter } from '../../notifier/src/http/router.ts'
import { createLog } from '../../notifier/src/lib/log.ts'

const shop = { name: 'Highstreet', origin: 'http://localhost:5173', shopkeeperEmail: 'keeper@shop.test' }
const app = newRouter()
app.onError(onError)
app.use(async (c, next) => {
  c.set('requestId', 'test')
  c.set('log', createLog('silent'))
  await next()
})
app.route('/', previewApi([process.env.SERVICE_TOKEN_SECRET ?? ''], shop))

const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
  const starting = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
    process.env.NOTIFIER_URL = `http://127.0.0.1:${port}`
    resolve(starting)
  })
})

afterAll(() => new Promise((closed) => server.close(closed)))
