// The committed document is the one the routes make, and the client's types are made from it.
import { readFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'
import { expect, test } from 'vitest'
import { openApiText } from '../../../local/write-openapi.ts'

const committed = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

test('openapi.json is what the routes say: run npm run openapi when it is not', async () => {
  expect(await openApiText()).toBe(committed('../../openapi.json'))
})

test('the client’s types are those of openapi.json: run npm run openapi when they are not', async () => {
  const types = await openapiTS(JSON.parse(committed('../../openapi.json')), { defaultNonNullable: false })
  expect(committed('../../api-client/storefront-api.d.ts')).toContain(astToString(types).trim())
})

type Operation = {
  operationId?: string
  security?: unknown[]
  responses: Record<string, unknown>
  parameters?: { name: string }[]
}

test('every operation has a name, every one but the open doors needs a token, every POST that makes something takes a key', () => {
  const { paths } = JSON.parse(committed('../../openapi.json')) as { paths: Record<string, Record<string, Operation>> }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  )
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  const open = operations.filter(({ security }) => !security).map(({ operationId }) => operationId)
  expect(open).toEqual(['signUp', 'logIn', 'receivePaymentEvent'])
  const takesKey = ({ parameters = [] }: Operation) => parameters.some(({ name }) => name === 'idempotency-key')
  const keyless = operations
    .filter((one) => one.method === 'post' && !takesKey(one))
    .map(({ operationId }) => operationId)
  // A log-in makes a token that must not be kept; cancelling told twice and the provider's events are the same by themselves.
  expect(keyless).toEqual(['logIn', 'cancelOrder', 'receivePaymentEvent'])
})
