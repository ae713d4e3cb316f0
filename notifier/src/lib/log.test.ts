// What the log keeps of a fault.
import { expect, test } from 'vitest'
import { toldOf } from './log.ts'

test('the log tells of a failed statement what broke, never the rows and values that the database quotes', () => {
  const secret = 'canary-5e1d'
  const words = {
    code: '23514',
    constraint: 'reviews_have_a_body',
    table: 'reviews',
    detail: `Failing row contains (1, ${secret}).`,
    where: `COPY, line 1: "${secret}"`,
    nativeError: Object.assign(new Error('check'), { detail: secret }),
    parameters: [secret],
  }
  const told = toldOf(Object.assign(new Error('insert into "reviews" ("body") values ($1) - check'), words))
  expect(JSON.stringify(told)).not.toContain(secret)
  expect(told).toMatchObject({ type: 'Error', code: '23514', constraint: 'reviews_have_a_body', table: 'reviews' })
  expect(told.stack).toContain('log.test.ts')
})
