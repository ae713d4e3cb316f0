// What a repair or a replay would write, or wrote: row by row, before and after.
import type { Change } from '#app/domain/checkout/rehearsal.server.ts'

export function MoneyChanges({ changes, caption, none }: { changes: Change[]; caption: string; none: string }) {
  if (changes.length === 0) return <p className="text-muted">{none}</p>
  return (
    <table className="w-full table-fixed text-left text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-muted">
        <tr className="border-b border-line">
          <th className="py-2 pr-3 font-medium">What</th>
          <th className="py-2 pr-3 font-medium">Before</th>
          <th className="py-2 font-medium">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ row, field, before, after }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two new rows may say the same
          <tr key={`${row} ${field} ${index}`} className="border-b border-line align-top last:border-0">
            <td className="py-2 pr-3">
              <span className="font-semibold">{row}</span> <span className="text-muted">{field}</span>
            </td>
            <td className="nums py-2 pr-3 break-words">{inWords(field, before)}</td>
            <td className="nums py-2 break-words">{inWords(field, after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A status reads as words; ids stay as they are. */
const inWords = (field: string, value: string | null): string =>
  (field === 'status' ? value?.replaceAll('_', ' ') : value) ?? '–'
