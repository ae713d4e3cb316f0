// Opening hours told in the store's own time zone.
import { describe, expect, it } from 'vitest'
import { boxAround } from './nearby.ts'
import { localTime, openState } from './open-state.ts'

const day = (weekday: number, opens: string, closes: string) => ({ weekday, opens, closes })
const week = [day(1, '09:00', '12:00'), day(1, '13:00', '18:00'), day(2, '09:00', '18:00'), day(6, '10:00', '16:00')]
const at = (iso: string) => new Date(iso)

describe('a store', () => {
  it('is open by its own clock, not by ours', () => {
    // Monday 2026-06-01, 08:30 in London is 09:30 in Paris and 16:30 in Tokyo.
    const moment = at('2026-06-01T07:30:00Z')
    expect(openState(week, 'Europe/London', moment)).toEqual({
      now: false,
      until: null,
      next: { weekday: 1, opens: '09:00' },
    })
    expect(openState(week, 'Europe/Paris', moment)).toEqual({ now: true, until: '12:00', next: null })
    expect(openState(week, 'Asia/Tokyo', moment)).toEqual({ now: true, until: '18:00', next: null })
  })

  it('opens at its first minute and is closed at its closing minute', () => {
    expect(openState(week, 'UTC', at('2026-06-01T09:00:00Z')).now).toBe(true)
    expect(openState(week, 'UTC', at('2026-06-01T11:59:59Z')).now).toBe(true)
    expect(openState(week, 'UTC', at('2026-06-01T12:00:00Z'))).toEqual({
      now: false,
      until: null,
      next: { weekday: 1, opens: '13:00' },
    })
  })

  it('opens next on another day, over the week’s end too', () => {
    expect(openState(week, 'UTC', at('2026-06-02T18:00:00Z')).next).toEqual({ weekday: 6, opens: '10:00' })
    expect(openState(week, 'UTC', at('2026-06-07T12:00:00Z')).next).toEqual({ weekday: 1, opens: '09:00' })
  })

  it('that opens on one day only opens next in a week', () => {
    expect(openState([day(1, '09:00', '10:00')], 'UTC', at('2026-06-01T11:00:00Z')).next).toEqual({
      weekday: 1,
      opens: '09:00',
    })
  })

  it('takes hours that touch as one stretch', () => {
    const hours = [day(1, '09:00', '12:00'), day(1, '12:00', '18:00')]
    expect(openState(hours, 'UTC', at('2026-06-01T10:00:00Z')).until).toBe('18:00')
  })

  it('without hours is never open', () => {
    expect(openState([], 'UTC', at('2026-06-01T10:00:00Z'))).toEqual({ now: false, until: null, next: null })
  })

  it('follows summer time and the date line', () => {
    expect(localTime('America/New_York', at('2026-03-08T06:59:00Z'))).toEqual({ weekday: 7, clock: '01:59' })
    expect(localTime('America/New_York', at('2026-03-08T07:00:00Z'))).toEqual({ weekday: 7, clock: '03:00' })
    expect(localTime('Pacific/Auckland', at('2026-06-01T12:00:00Z'))).toEqual({ weekday: 2, clock: '00:00' })
  })
})

describe('the box around a circle', () => {
  it('is wider in degrees of longitude further from the equator', () => {
    expect(boxAround(0, 111.195).lng).toBeCloseTo(1, 2)
    expect(boxAround(60, 111.195).lng).toBeCloseTo(2, 2)
  })

  it('reaches all longitudes over a pole', () => {
    expect(boxAround(89.9, 50)).toMatchObject({ lng: 180 })
    expect(boxAround(-90, 1)).toMatchObject({ lng: 180 })
  })
})
