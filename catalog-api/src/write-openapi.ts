// Writes catalog-api/openapi.json from the routes. The file is committed; a test fails when it is stale.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createApp } from './app.ts'
import { openApiDocument } from './document.ts'
import { createLog } from './lib/log.ts'

/** The committed file's text as it should be now. */
export function openApiText(): string {
  const settings = { tokenKeys: [], corsOrigins: [], mediaDir: '.', production: true }
  return `${JSON.stringify(openApiDocument(createApp(settings, createLog('silent'))), null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(fileURLToPath(new URL('../openapi.json', import.meta.url)), openApiText())
}
