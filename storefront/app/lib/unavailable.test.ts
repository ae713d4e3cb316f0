import '../../test/settings.ts'
import { describe, expect, test } from 'vitest'
import { isUnavailable } from '#app/lib/db.server.ts'

const broken = (code: string) => Object.assign(new Error('the statement failed'), { code })

describe('a database that is away for a moment', () => {
  test.each([
    'Connection terminated unexpectedly',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
    'timeout expired',
  ])('is told as “try again in a moment”, not as a fault: %s', (message) => {
    expect(isUnavailable(new Error(message))).toBe(true)
  })

  test.each([
    ['nobody listens', 'ECONNREFUSED'],
    ['the line was cut', 'ECONNRESET'],
    ['an administrator ends it', '57P01'],
    ['it crashed', '57P02'],
    ['it is starting up', '57P03'],
    ['it takes no more connections', '53300'],
    ['its disk is full', '53100'],
    ['it can only be read', '25006'],
    ['a row stayed locked', '55P03'],
    ['a statement took too long', '57014'],
    ['a deadlock came again and again', '40P01'],
  ])('is no fault of ours: %s (%s)', (_, code) => {
    expect(isUnavailable(broken(code))).toBe(true)
    expect(isUnavailable(Object.assign(new Error('wrapped'), { nativeError: broken(code) }))).toBe(true)
  })

  test('is not what a wrong statement or a broken rule is', () => {
    for (const code of ['42601', '23505', '22P02', '42P01', '']) expect(isUnavailable(broken(code))).toBe(false)
    expect(isUnavailable('nothing')).toBe(false)
  })
})
