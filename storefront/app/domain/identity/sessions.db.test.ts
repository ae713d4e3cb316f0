import '../../../test/database.ts'

import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { addSeconds } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { forgetRows } from '../../../test/forget.ts'
import {
  createSession,
  endListedSession,
  endOtherSessions,
  endSession,
  findSession,
  listSessions,
  sweepSessions,
} from './sessions.server.ts'

const start = new Date('2026-03-01T10:00:00Z')
const minutes = (count: number) => addSeconds(start, count * 60)
const hours = (count: number) => minutes(count * 60)
const days = (count: number) => hours(count * 24)
const laptop = { ip: '203.0.113.7', userAgent: 'Laptop' }

let alice: string
let staff: string
beforeEach(async () => {
  await forgetRows('users')
  alice = newId()
  staff = newId()
  await db()('users').insert([
    { id: alice, email: 'alice@example.com', name: 'Alice' },
    { id: staff, email: 'staff@example.com', name: 'Sam', role: 'warehouse' },
  ])
})

/** Whether `token` still opens the door when it is used every `stepHours` until `untilHours`. */
async function lastUse(token: string, stepHours: number, untilHours: number): Promise<number> {
  let last = 0
  for (let hour = stepHours; hour <= untilHours; hour += stepHours) {
    if (!(await findSession(token, hours(hour)))) return last
    last = hour
  }
  return last
}

describe('a session', () => {
  it('is 256 random bits of which the database knows only the SHA-256', async () => {
    const token = await createSession(alice, laptop, start)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const [row] = await db()('sessions')
    expect(row.idHash.equals(createHash('sha256').update(token).digest())).toBe(true)
    expect(JSON.stringify(row)).not.toContain(token)
    expect(row.ipPrefix).toBe('203.0.113.0/24')
    expect(await findSession(token, start)).toEqual({
      id: alice,
      email: 'alice@example.com',
      name: 'Alice',
      phone: null,
      role: 'customer',
      emailVerified: false,
      bySecondFactor: false,
    })
  })

  it('is a new one each time: no two log-ins share a token', async () => {
    expect(await createSession(alice, laptop, start)).not.toBe(await createSession(alice, laptop, start))
  })

  it('of a shopper ends after 24 hours without use', async () => {
    const token = await createSession(alice, laptop, start)
    expect(await findSession(token, addSeconds(hours(24), -1))).not.toBeNull()
    const idle = await createSession(alice, laptop, start)
    expect(await findSession(idle, hours(24))).toBeNull()
  })

  it('of a shopper ends after 30 days, however often it is used', async () => {
    const token = await createSession(alice, laptop, start)
    expect(await lastUse(token, 12, 24 * 40)).toBe(24 * 30 - 12)
  })

  it('of staff ends after 30 minutes without use and after 12 hours at most', async () => {
    const idle = await createSession(staff, laptop, start)
    expect(await findSession(idle, minutes(31))).toBeNull()
    const used = await createSession(staff, laptop, start)
    expect(await lastUse(used, 0.25, 24)).toBe(11.75)
  })

  it('of somebody made staff since is short at once', async () => {
    const token = await createSession(alice, laptop, start)
    await db()('users').where({ id: alice }).update({ role: 'support' })
    expect(await findSession(token, minutes(31))).toBeNull()
  })

  it('writes down its use at most once a minute', async () => {
    const token = await createSession(alice, laptop, start)
    const seen = async () => (await db()('sessions').first()).lastSeenAt
    await findSession(token, addSeconds(start, 59))
    expect(await seen()).toEqual(start)
    await findSession(token, addSeconds(start, 60))
    expect(await seen()).toEqual(minutes(1))
  })

  it('cannot be replayed after logging out', async () => {
    const token = await createSession(alice, laptop, start)
    await endSession(token)
    await endSession(token)
    expect(await findSession(token, start)).toBeNull()
  })

  it('ends at the next request when its user is disabled', async () => {
    const token = await createSession(alice, laptop, start)
    await db()('users').where({ id: alice }).update({ status: 'disabled' })
    expect(await findSession(token, start)).toBeNull()
  })

  it('is not opened by a planted, cut, doubled or huge token, nor by a hash', async () => {
    const token = await createSession(alice, laptop, start)
    const hash = createHash('sha256').update(token).digest()
    const planted = ['', 'planted', token.slice(1), token + token, `${token} `, `../${token}`, 'a'.repeat(10_000)]
    for (const wrong of [...planted, hash.toString('hex'), hash.toString('base64url')]) {
      expect(await findSession(wrong, start), wrong.slice(0, 60)).toBeNull()
      await endSession(wrong)
    }
    expect(await findSession(token, start)).not.toBeNull()
  })
})

describe('the list of sessions', () => {
  it('shows where somebody is signed in, and which one this is', async () => {
    const here = await createSession(alice, laptop, start)
    await createSession(alice, { ip: '2001:db8::1', userAgent: 'Phone' }, minutes(5))
    await createSession(staff, laptop, start)
    const devices = await listSessions(alice, here, minutes(6))
    expect(devices.map(({ userAgent, current }) => [userAgent, current])).toEqual([
      ['Phone', false],
      ['Laptop', true],
    ])
    expect(JSON.stringify(devices)).not.toContain(here)
  })

  it('ends one of one’s own, never one of somebody else', async () => {
    const here = await createSession(alice, laptop, start)
    const [device] = await listSessions(alice, here, start)
    expect(await endListedSession(staff, device?.id ?? '')).toBe(false)
    expect(await findSession(here, start)).not.toBeNull()
    expect(await endListedSession(alice, device?.id ?? '')).toBe(true)
    expect(await endListedSession(alice, device?.id ?? '')).toBe(false)
    expect(await findSession(here, start)).toBeNull()
  })

  it('ends all others at once and keeps this one', async () => {
    const tokens = await Promise.all([1, 2, 3].map(() => createSession(alice, laptop, start)))
    const elsewhere = await createSession(staff, laptop, start)
    expect(await endOtherSessions(alice, tokens[1])).toBe(2)
    expect(await Promise.all(tokens.map((token) => findSession(token, start)))).toEqual([
      null,
      expect.objectContaining({ id: alice }),
      null,
    ])
    expect(await findSession(elsewhere, start)).not.toBeNull()
  })

  it('is swept of what is over', async () => {
    await createSession(alice, laptop, start)
    const recent = await createSession(alice, laptop, days(1))
    expect(await sweepSessions(hours(25))).toBe(1)
    expect(await findSession(recent, hours(25))).not.toBeNull()
  })
})
