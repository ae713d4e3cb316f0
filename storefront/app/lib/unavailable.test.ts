import '../../test/settings.ts'
import { describe, expect, test } from 'vitest'
import { isUnavailable } from '#app/lib/db.server.ts'

describe('a database that is just restarting', () => {
  test.each([
    'Connection terminated unexpectedly',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
  ])('is told as “try again in a moment”, not as a fault: %s', (message) => {
    expect(isUnavailable(new Error(message))).toBe(true)
  })

  test('is not what a wrong statement is', () => {
    expect(isUnavailable(Object.assign(new Error('syntax error'), { code: '42601' }))).toBe(false)
    expect(isUnavailable('nothing')).toBe(false)
  })
})
