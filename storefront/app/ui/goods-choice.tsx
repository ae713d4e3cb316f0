// What becomes of goods that are given back, as two radio buttons; and ids for fields of which a page has several.
import type { FormProblem } from '#app/http/problem.ts'
import { fieldId } from './form.tsx'

/** The id of a field in the form called `form`. The form that was refused has the plain ids, to which its summary links. */
export const idIn = (form: string, name: string, problem: FormProblem | undefined): string =>
  problem ? fieldId(name) : `${fieldId(name)}-${form}`

/** What becomes of goods that are given back: on the shelf again, or written off. */
export function GoodsChoice({ sku, problem }: { sku: string; problem?: FormProblem }) {
  const chosen = problem?.values[`d:${sku}`] ?? 'restock'
  const choices = [
    ['restock', 'Back on the shelf'],
    ['write_off', 'Write off'],
  ] as const
  return (
    <div className="flex flex-wrap gap-x-4">
      {choices.map(([value, label]) => (
        <label key={value} className="inline-flex min-h-11 items-center gap-2">
          <input
            type="radio"
            name={`d:${sku}`}
            value={value}
            defaultChecked={chosen === value}
            className="size-5 accent-accent"
          />
          {label}
        </label>
      ))}
    </div>
  )
}
