// The committed document is the one the routes make, and the types made from it are the storefront's.
import { readFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'
import { expect, it } from 'vitest'
import { openApiText } from './write-openapi.ts'

const committed = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

it('openapi.json is what the routes say: run npm run openapi when it is not', () => {
  expect(openApiText()).toBe(committed('../openapi.json'))
})

it('the storefront’s types are those of openapi.json: run npm run openapi when they are not', async () => {
  const types = await openapiTS(JSON.parse(committed('../openapi.json')), { defaultNonNullable: false })
  const made = astToString(types).trim()
  expect(committed('../../storefront/app/domain/catalog/catalog-api.d.ts')).toContain(made)
})
