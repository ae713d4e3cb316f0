// Days with hours of their own as rows, and as the API says them. Only this folder touches the table.
import type { Knex } from 'knex'
import { select, type Trx } from '../lib/db.ts'
import type { SpecialDay } from './schemas.ts'

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
const two = (value: number): string => String(value).padStart(2, '0')
const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

/** `{[600,750),[840,1140)}` → the two spans. */
const spansOf = (multirange: string): SpecialDay['hours'] =>
  [...multirange.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => ({
    opens: clockOf(Number(from)),
    closes: clockOf(Number(to)),
  }))

/** Special days of many stores from `from` (a date) for so many days, by store: one statement. */
export async function specialDaysOf(
  trx: Trx,
  storeIds: readonly string[],
  from: Date,
  days: number,
): Promise<Map<string, SpecialDay[]>> {
  const rows = await select<{ storeId: string; day: string; note: string; openMinutes: string }>(
    trx,
    `SELECT store_id, to_char(day, 'YYYY-MM-DD') AS day, note, open_minutes::text AS open_minutes FROM store_special_days
     WHERE store_id = ANY(:storeIds) AND day >= :from::date AND day <= :from::date + :days::int ORDER BY day`,
    { storeIds, from: from.toISOString().slice(0, 10), days },
  )
  const byStore = new Map<string, SpecialDay[]>()
  for (const { storeId, day, note, openMinutes } of rows) {
    const mine = byStore.get(storeId) ?? []
    mine.push({ date: day, note, hours: spansOf(openMinutes) })
    byStore.set(storeId, mine)
  }
  return byStore
}

/** Replaces a store's days from `from` on; earlier ones stay as they were. */
export async function writeSpecialDays(
  trx: Knex.Transaction,
  storeId: string,
  from: Date,
  days: readonly SpecialDay[],
): Promise<void> {
  const since = from.toISOString().slice(0, 10)
  await trx('store_special_days').where({ storeId }).andWhere('day', '>=', since).delete()
  const rows = days
    .filter(({ date }) => date >= since)
    .map(({ date, note, hours }) => ({
      storeId,
      day: date,
      note,
      openMinutes: `{${hours.map(({ opens, closes }) => `[${minutesOf(opens)},${minutesOf(closes)})`).join(',')}}`,
    }))
  if (rows.length > 0) await trx('store_special_days').insert(rows)
}
