// Opening hours told in the store's own time zone, on holidays and on the days when clocks are changed.
import { describe, expect, it } from 'vitest'
import { localTime, momentOf } from './local-time.ts'
import { comingStretches, openState } from './open-state.ts'

const day = (weekday: number, opens: string, closes: string) => ({ weekday, opens, closes })
const week = [day(1, '09:00', '12:00'), day(1, '13:00', '18:00'), day(2, '09:00', '18:00'), day(6, '10:00', '16:00')]
const everyDay = (opens: string, closes: string) => [1, 2, 3, 4, 5, 6, 7].map((one) => day(one, opens, closes))
const at = (iso: string) => new Date(iso)
const open = (hours: typeof week, timezone: string, iso: string) => openState({ hours, timezone }, at(iso))

describe('a store', () => {
  it('is open by its own clock, not by ours', () => {
    // Monday 2026-06-01, 08:30 in London is 09:30 in Paris and 16:30 in Tokyo.
    const moment = '2026-06-01T07:30:00Z'
    const next = { date: '2026-06-01', weekday: 1, opens: '09:00' }
    expect(open(week, 'Europe/London', moment)).toEqual({ now: false, until: null, next })
    expect(open(week, 'Europe/Paris', moment)).toEqual({ now: true, until: '12:00', next: null })
    expect(open(week, 'Asia/Tokyo', moment)).toEqual({ now: true, until: '18:00', next: null })
  })

  it('opens at its first minute and is closed at its closing minute', () => {
    expect(open(week, 'UTC', '2026-06-01T08:59:59Z').now).toBe(false)
    expect(open(week, 'UTC', '2026-06-01T09:00:00Z').now).toBe(true)
    expect(open(week, 'UTC', '2026-06-01T11:59:59Z').now).toBe(true)
    expect(open(week, 'UTC', '2026-06-01T12:00:00Z').next).toMatchObject({ weekday: 1, opens: '13:00' })
  })

  it('opens next on another day, over the week’s end too', () => {
    expect(open(week, 'UTC', '2026-06-02T18:00:00Z').next).toEqual({ date: '2026-06-06', weekday: 6, opens: '10:00' })
    expect(open(week, 'UTC', '2026-06-07T12:00:00Z').next).toEqual({ date: '2026-06-08', weekday: 1, opens: '09:00' })
    const mondays = [day(1, '09:00', '10:00')]
    expect(open(mondays, 'UTC', '2026-06-01T11:00:00Z').next).toMatchObject({ date: '2026-06-08', opens: '09:00' })
  })

  it('takes hours that touch as one stretch, over midnight too', () => {
    const hours = [day(1, '09:00', '12:00'), day(1, '12:00', '24:00'), day(2, '00:00', '02:00')]
    expect(open(hours, 'UTC', '2026-06-01T10:00:00Z').until).toBe('02:00')
    expect(open(hours, 'UTC', '2026-06-02T01:59:00Z')).toEqual({ now: true, until: '02:00', next: null })
    expect(open(hours, 'UTC', '2026-06-02T02:00:00Z').now).toBe(false)
    // In Auckland it is Tuesday already while it is Monday in UTC.
    expect(open(hours, 'Pacific/Auckland', '2026-06-01T13:00:00Z')).toEqual({ now: true, until: '02:00', next: null })
  })

  it('that never closes says no hour; one without hours is never open', () => {
    expect(open(everyDay('00:00', '24:00'), 'Europe/Paris', '2026-06-01T10:00:00Z')).toEqual({
      now: true,
      until: null,
      next: null,
    })
    expect(open([], 'UTC', '2026-06-01T10:00:00Z')).toEqual({ now: false, until: null, next: null })
    expect(comingStretches({ hours: [], timezone: 'UTC' }, at('2026-06-01T10:00:00Z'))).toEqual([])
  })
})

describe('a day with hours of its own', () => {
  const dublin = (specialDays: { date: string; note: string; hours: { opens: string; closes: string }[] }[]) => ({
    hours: everyDay('10:00', '18:00'),
    timezone: 'Europe/Dublin',
    specialDays,
  })
  const christmas = dublin([
    { date: '2026-12-24', note: 'Christmas Eve', hours: [{ opens: '10:00', closes: '13:00' }] },
    { date: '2026-12-25', note: 'Christmas Day', hours: [] },
    { date: '2026-12-26', note: 'St Stephen’s Day', hours: [] },
  ])

  it('takes the place of the week’s: shorter, or closed for days', () => {
    expect(openState(christmas, at('2026-12-24T12:00:00Z'))).toMatchObject({ now: true, until: '13:00' })
    expect(openState(christmas, at('2026-12-24T13:00:00Z')).next).toMatchObject({ date: '2026-12-27', opens: '10:00' })
    expect(openState(christmas, at('2026-12-25T12:00:00Z')).now).toBe(false)
    expect(openState(christmas, at('2026-12-27T12:00:00Z')).now).toBe(true)
  })

  it('is the store’s own day: it begins and ends at its own midnight', () => {
    const tokyo = { ...christmas, hours: everyDay('00:00', '24:00'), timezone: 'Asia/Tokyo' }
    expect(openState(tokyo, at('2026-12-24T15:00:00Z')).now).toBe(false)
    expect(openState(tokyo, at('2026-12-26T14:59:00Z')).now).toBe(false)
    expect(openState(tokyo, at('2026-12-26T15:00:00Z')).now).toBe(true)
  })

  it('can open a day on which it is closed otherwise', () => {
    const sunday = { hours: week, timezone: 'UTC', specialDays: [] as typeof christmas.specialDays }
    expect(openState(sunday, at('2026-06-07T12:00:00Z')).now).toBe(false)
    sunday.specialDays = [{ date: '2026-06-07', note: 'Street fair', hours: [{ opens: '11:00', closes: '15:00' }] }]
    expect(openState(sunday, at('2026-06-07T12:00:00Z'))).toEqual({ now: true, until: '15:00', next: null })
  })
})

describe('on the day when clocks are changed', () => {
  const hoursOpen = (timezone: string, hours: typeof week, from: string) =>
    comingStretches({ hours, timezone }, at(from)).map(
      ({ opens, closes }) => (closes.getTime() - opens.getTime()) / 3_600_000,
    )[0]

  it('a store in New York that opens at 9 opens an hour earlier by UTC from the spring change on', () => {
    const hours = everyDay('09:00', '17:00')
    expect(open(hours, 'America/New_York', '2026-03-07T13:59:00Z').now).toBe(false)
    expect(open(hours, 'America/New_York', '2026-03-07T14:00:00Z').now).toBe(true)
    expect(open(hours, 'America/New_York', '2026-03-08T12:59:00Z').now).toBe(false)
    expect(open(hours, 'America/New_York', '2026-03-08T13:00:00Z')).toMatchObject({ now: true, until: '17:00' })
    expect(open(hours, 'America/New_York', '2026-11-01T13:59:00Z').now).toBe(false)
    expect(open(hours, 'America/New_York', '2026-11-01T14:00:00Z').now).toBe(true)
  })

  it('a night shop is open an hour less in spring and an hour more in autumn, in the north and in the south', () => {
    const night = everyDay('00:00', '06:00')
    expect(hoursOpen('Europe/Berlin', night, '2026-03-28T23:00:00Z')).toBe(5)
    expect(hoursOpen('Europe/Berlin', night, '2026-10-24T22:00:00Z')).toBe(7)
    expect(hoursOpen('Pacific/Auckland', night, '2026-09-26T12:00:00Z')).toBe(5)
    expect(hoursOpen('Pacific/Auckland', night, '2026-04-04T11:00:00Z')).toBe(7)
    // Lord Howe moves its clocks by half an hour.
    expect(hoursOpen('Australia/Lord_Howe', night, '2026-04-04T13:00:00Z')).toBe(6.5)
  })

  it('the hour that comes twice belongs to the stretch whole; the hour that never comes opens with the change', () => {
    const late = everyDay('00:00', '02:30')
    // Berlin, 25 October 2026: 02:30 comes at 00:30 and again at 01:30 UTC.
    expect(open(late, 'Europe/Berlin', '2026-10-25T00:45:00Z')).toMatchObject({ now: true, until: '02:30' })
    expect(open(late, 'Europe/Berlin', '2026-10-25T01:29:00Z').now).toBe(true)
    expect(open(late, 'Europe/Berlin', '2026-10-25T01:30:00Z').now).toBe(false)
    // 29 March 2026: 02:30 never comes; clocks change at 01:00 UTC.
    const early = everyDay('02:30', '08:00')
    expect(open(early, 'Europe/Berlin', '2026-03-29T00:59:00Z').next).toMatchObject({ opens: '03:00' })
    expect(open(early, 'Europe/Berlin', '2026-03-29T01:00:00Z').now).toBe(true)
    expect(momentOf('Europe/Berlin', '2026-03-29', '02:30', 'last').toISOString()).toBe('2026-03-29T01:00:00.000Z')
  })

  it('what closes at midnight closes when the day ends there, across the midnight of UTC', () => {
    const hours = everyDay('12:00', '24:00')
    // In Cuba clocks go from 1:00 back to 0:00, and from 0:00 on to 1:00.
    expect(open(hours, 'America/Havana', '2026-11-01T03:59:00Z')).toMatchObject({ now: true, until: '00:00' })
    expect(open(hours, 'America/Havana', '2026-03-08T04:59:00Z').now).toBe(true)
    expect(open(hours, 'America/Havana', '2026-03-08T05:00:00Z').now).toBe(false)
  })

  it('the clock on the wall is read as it is', () => {
    const seen = (zone: string, iso: string) => {
      const { date, weekday, clock } = localTime(zone, at(iso))
      return [date, weekday, clock]
    }
    expect(seen('America/New_York', '2026-03-08T06:59:00Z')).toEqual(['2026-03-08', 7, '01:59'])
    expect(seen('America/New_York', '2026-03-08T07:00:00Z')).toEqual(['2026-03-08', 7, '03:00'])
    expect(seen('Pacific/Auckland', '2026-06-01T12:00:00Z')).toEqual(['2026-06-02', 2, '00:00'])
  })
})
