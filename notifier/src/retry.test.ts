import { describe, expect, test } from 'vitest'
import { backOff } from './lib/pause.ts'
import { afterFailure } from './retry.ts'

const noJitter = () => 0
const hour = 3_600_000
const refused = { kind: 'refused' as const, message: 'try later' }
const unreachable = { kind: 'unreachable' as const, message: 'no server' }

describe('what happens after a failed try', () => {
  test('the waits double from two seconds to ten minutes', () => {
    const waits = Array.from({ length: 11 }, (_, n) => afterFailure(refused, n + 1, 0, noJitter))
    expect(waits.map((verdict) => (verdict.park ? 'parked' : verdict.waitMs / 1000))).toEqual([
      2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600,
    ])
  })

  test('jitter shortens a wait by up to a third and never lengthens it', () => {
    expect(backOff(3, 2_000, 600_000, () => 0)).toBe(8_000)
    expect(backOff(3, 2_000, 600_000, () => 0.999999)).toBeCloseTo(5_333, -1)
    expect(backOff(2_000, 2_000, 600_000, noJitter)).toBe(600_000)
  })

  test('the twelfth refusal parks the event, the eleventh does not', () => {
    expect(afterFailure(refused, 11, hour)).toMatchObject({ park: false })
    expect(afterFailure(refused, 12, hour)).toEqual({ park: true, reason: 'gave up after 12 tries: try later' })
  })

  test('an outage never uses up the tries: after it three are left', () => {
    expect(afterFailure(unreachable, 40, 19 * hour, noJitter)).toEqual({ park: false, attempts: 9, waitMs: 512_000 })
  })

  test('after twenty hours nothing is tried by itself any more', () => {
    expect(afterFailure(unreachable, 2, 20 * hour)).toMatchObject({ park: true })
    expect(afterFailure(refused, 1, 20 * hour)).toEqual({ park: true, reason: 'not sent within 20 h: try later' })
  })

  test('what is refused for good is parked at once', () => {
    expect(afterFailure({ kind: 'rejected', message: 'no such user' }, 1, 0)).toEqual({
      park: true,
      reason: 'no such user',
    })
  })
})
