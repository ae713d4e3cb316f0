// Days on which the shops of a country keep other hours than every week: the public holidays around the turn of the year.
// Minutes after midnight, as the table has them; `{}` is closed.

type Holiday = [monthAndDay: string, note: string, openMinutes: string]

const newYear: Holiday = ['01-01', 'New Year’s Day', '{}']
const christmas: Holiday[] = [
  ['12-24', 'Christmas Eve', '{[600,840)}'],
  ['12-25', 'Christmas Day', '{}'],
]
const secondDay = (note: string): Holiday => ['12-26', note, '{}']
const newYearsEve: Holiday = ['12-31', 'New Year’s Eve', '{[600,960)}']

const usual: Holiday[] = [...christmas, newYearsEve, newYear]
const byCountry: Record<string, Holiday[]> = {
  IE: [...usual, secondDay('St Stephen’s Day'), ['03-17', 'St Patrick’s Day', '{[720,1080)}']],
  GB: [...usual, secondDay('Boxing Day')],
  DE: [...usual, secondDay('Second Christmas Day'), ['10-03', 'Day of German Unity', '{}']],
  FR: [...usual, ['07-14', 'Bastille Day', '{}']],
  JP: [['12-31', 'New Year’s Eve', '{[600,960)}'], newYear, ['01-02', 'New Year holidays', '{}']],
  US: [...usual, ['07-04', 'Independence Day', '{}']],
}

/** A shop's special days in two years from that of `now` on. */
export function holidaysOf(store: { id: string; country: string }, now: Date) {
  const year = now.getUTCFullYear()
  return [year, year + 1].flatMap((one) =>
    (byCountry[store.country] ?? usual).map(([day, note, openMinutes]) => ({
      storeId: store.id,
      day: `${one}-${day}`,
      note,
      openMinutes,
    })),
  )
}
