// Old beside new, when something changed between looking and paying. Nothing has been charged, and it says so.
import { notKnown, type QuoteChange } from '#app/domain/cart/quote-changes.ts'
import { Icon } from './icon.tsx'

export function QuoteChanges({ changes, message }: { changes: QuoteChange[]; message: string }) {
  return (
    <section role="alert" className="mb-8 rounded-card border border-warn bg-warn-soft p-6">
      <h2 className="flex items-start gap-2 font-sans text-lg font-semibold tracking-normal text-warn">
        <Icon name="triangle-alert" className="mt-1 shrink-0" />
        {message}
      </h2>
      <p className="mt-1">Nothing has been charged and nothing ordered.</p>
      <table className="nums mt-4 w-full text-left">
        <thead className="text-sm text-muted">
          <tr>
            <th scope="col" className="py-1.5 font-medium">
              What
            </th>
            <th scope="col" className="px-4 py-1.5 text-right font-medium">
              You saw
            </th>
            <th scope="col" className="py-1.5 text-right font-medium">
              Now
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-y border-line">
          {changes.map((change) => (
            <tr key={change.what} className="last:font-semibold">
              <th scope="row" className="py-2 font-[inherit]">
                {change.what}
              </th>
              <td className="px-4 py-2 text-right">
                {change.before === notKnown ? change.before : <s>{change.before}</s>}
              </td>
              <td className="py-2 text-right">{change.after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
