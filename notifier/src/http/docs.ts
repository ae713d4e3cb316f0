// GET /docs: the API's document made readable by Swagger UI from this machine; nothing comes from other hosts.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Hono } from 'hono'
import type { AppEnv } from './problem.ts'

const folder = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const assets: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Highstreet notifier: API</title>
<link rel="icon" href="/docs/favicon-32x32.png"><link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body><main id="api"></main><noscript><p>The document itself: <a href="/openapi.json">openapi.json</a></p></noscript>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>`

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null })`
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"

/** The documentation's pages; not in production. */
export function docsRouter() {
  const router = new Hono<AppEnv>()
  router.get('/docs', (c) => c.html(page, 200, { 'Content-Security-Policy': policy }))
  router.get('/docs/start.js', (c) => c.body(start, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  router.get('/docs/:file', async (c) => {
    const type = assets[c.req.param('file')]
    if (!type) return c.notFound()
    const content = await readFile(path.join(folder, c.req.param('file')))
    return c.body(new Uint8Array(content), 200, { 'Content-Type': type, 'Cache-Control': 'max-age=3600' })
  })
  return router
}
