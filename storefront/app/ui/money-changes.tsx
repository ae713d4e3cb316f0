// What a repair or a replay would write, or wrote: row by row, before and after.
import type { Change } from '#app/domain/checkout/rehearsal.server.ts'

type Told = { row: string; field: string; before: string | null; after: string | null }

export function MoneyChanges({
  changes,
  caption,
  none,
}: {
  changes: Change[] | Told[]
  caption: string
  none: string
}) {
  if (changes.length === 0) return <p className="text-muted">{none}</p>
  return (
    <div className="relative overflow-x-auto">
      <table className="w-full min-w-110 text-left text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="text-muted">
          <tr className="border-b border-line">
            <th className="py-2 pr-4 font-medium">Row</th>
            <th className="py-2 pr-4 font-medium">What</th>
            <th className="py-2 pr-4 font-medium">Before</th>
            <th className="py-2 font-medium">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ row, field, before, after }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two new rows may say the same
            <tr key={`${row} ${field} ${index}`} className="border-b border-line align-top last:border-0">
              <td className="py-2 pr-4 font-semibold whitespace-nowrap">{row}</td>
              <td className="py-2 pr-4 whitespace-nowrap text-muted">{field}</td>
              <td className="nums py-2 pr-4 break-words">{before ?? '–'}</td>
              <td className="nums py-2 break-words">{after ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
