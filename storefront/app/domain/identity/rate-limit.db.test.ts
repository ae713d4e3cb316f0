import '../../../test/database.ts'

import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { env } from '#app/env.server.ts'
import { connect, db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { forgetRows } from '../../../test/forget.ts'
import { limitByNetwork, makeLimiters, takePasswordAttempt } from './rate-limit.server.ts'

const other = connect(env().STOREFRONT_DATABASE_URL, { name: 'second-instance', max: 5, statementTimeoutMs: 5_000 })
const instances = [makeLimiters(db()), makeLimiters(other)]
const instance = (index: number) => instances[index % 2] as (typeof instances)[number]

afterAll(() => other.destroy())
beforeEach(() => forgetRows('rate_limits'))

/** `allowed` or how many seconds to wait. */
const attempt = async (account: string, ip: string, index = 0): Promise<'allowed' | number> => {
  const error = await takePasswordAttempt(account, ip, instance(index)).then(
    () => null,
    (reason) => reason,
  )
  if (error === null) return 'allowed'
  if (!(error instanceof DomainError) || error.code !== 'rate_limited') throw error
  return error.extra.retryAfterSeconds ?? 0
}

/** Lets the gate of every account open, as if the wait were over. */
const waitIsOver = () => db().raw("UPDATE rate_limits SET expire = 1 WHERE key LIKE 'password_gate%'")

describe('tries at a password', () => {
  it('of 200 at once over two instances, five are free and one passes the gate', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => attempt('alice@example.com', `198.51.100.${i}`, i)),
    )
    expect(answers.filter((answer) => answer === 'allowed')).toHaveLength(6)
  })

  it('cost twice the wait each time after the fifth, up to half an hour', async () => {
    for (let free = 0; free < 5; free++) expect(await attempt('alice@example.com', '203.0.113.1')).toBe('allowed')
    const waits: number[] = []
    for (let step = 0; step < 13; step++) {
      expect(await attempt('alice@example.com', '203.0.113.1', step)).toBe('allowed')
      waits.push(Number(await attempt('alice@example.com', '203.0.113.1', step + 1)))
      await waitIsOver()
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1800, 1800])
  })

  it('stay below a hundred a day', () => {
    let seconds = 0
    let tries = 5
    for (let step = 0; seconds < 24 * 3600; step++, tries++) seconds += Math.min(2 ** step, 1800)
    expect(tries).toBeLessThan(100)
  })

  it('by strangers never lock out the owner at home', async () => {
    const home = await takePasswordAttempt('alice@example.com', '203.0.113.9', instance(0))
    await home.succeeded()
    await Promise.all(Array.from({ length: 60 }, (_, i) => attempt('alice@example.com', `198.51.100.${i}`, i)))
    expect(await attempt('alice@example.com', '198.51.100.77')).not.toBe('allowed')
    expect(await attempt('alice@example.com', '203.0.113.9', 1)).toBe('allowed')
  })

  it('start anew after the right one', async () => {
    for (let round = 0; round < 3; round++) {
      for (let wrong = 0; wrong < 4; wrong++) expect(await attempt('bob@example.com', '203.0.113.1')).toBe('allowed')
      const right = await takePasswordAttempt('bob@example.com', '203.0.113.1', instance(round))
      await right.succeeded()
    }
  })

  it('are also counted by network, whatever account they aim at, in whatever spelling of the address', async () => {
    const spellings = ['192.0.2.1', '::ffff:192.0.2.1', '::ffff:c000:201']
    const answers: unknown[] = []
    for (let i = 0; i < 103; i++) answers.push(await attempt(`user${i}@example.com`, spellings[i % 3] ?? '', i))
    expect(answers.filter((answer) => answer === 'allowed')).toHaveLength(100)
  })

  it('survive a restart, for they are rows', async () => {
    for (let i = 0; i < 6; i++) await attempt('carol@example.com', '203.0.113.1')
    expect(Number(await attempt('carol@example.com', '203.0.113.1', 1))).toBeGreaterThan(0)
    const fresh = makeLimiters(other)
    await expect(takePasswordAttempt('carol@example.com', '203.0.113.1', fresh)).rejects.toMatchObject({
      code: 'rate_limited',
    })
  })
})

describe('acts of one network', () => {
  it('are limited together over two instances', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 100 }, (_, i) =>
        limitByNetwork('order_lookup', `2001:db8:1:2::${i.toString(16)}`, instance(i)),
      ),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(30)
  })
})
