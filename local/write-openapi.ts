// Writes storefront/openapi.json from the routes of its JSON API. The file is committed; a test fails when it is stale.
// Reads no settings of a shop: the routes need none to be listed.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import '../storefront/test/settings.ts'

/** The committed file's text as it should be now. */
export async function openApiText(): Promise<string> {
  const { api } = await import('../storefront/app/api/app.ts')
  const { openApiDocument } = await import('../storefront/app/api/document.ts')
  return `${JSON.stringify(openApiDocument(api()), null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(fileURLToPath(new URL('../storefront/openapi.json', import.meta.url)), await openApiText())
}
