// The documentation page: Swagger UI from this machine's node_modules. Loads nothing from any other host.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { notFound } from '#app/lib/errors.ts'
import { newRouter } from './frame/router.ts'

const folder = () => path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const types: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
}

const page = (nonce: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>JSON API · Highstreet</title>
<link rel="icon" type="image/png" href="/api/docs/favicon-32x32.png">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<noscript><p>This page needs JavaScript. The document itself is at <a href="/api/openapi.json">/api/openapi.json</a>.</p></noscript>
<div id="docs"></div>
<script nonce="${nonce}" src="/api/docs/swagger-ui-bundle.js"></script>
<script nonce="${nonce}">
SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null, tryItOutEnabled: true })
</script>
</body>
</html>
`

// Swagger UI sets style attributes and inlines its icons as data: pictures; scripts come by this answer's nonce only.
const policy = (nonce: string) =>
  `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

export const docsRoutes = newRouter()
docsRoutes.get('/docs', (c) => {
  const nonce = c.get('nonce')
  return c.html(page(nonce), 200, { 'Content-Security-Policy': policy(nonce), 'Cache-Control': 'no-store' })
})
docsRoutes.get('/docs/:file', async (c) => {
  const file = c.req.param('file')
  const type = Object.hasOwn(types, file) ? types[file] : undefined
  if (!type) throw notFound('The file')
  const bytes = await readFile(path.join(folder(), file))
  return c.body(new Uint8Array(bytes), 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=86400' })
})
