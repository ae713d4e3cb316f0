// The filter above a list of the admin: words and a status, as a GET form, so that the URL says what is shown.
import { Form } from '@remix-run/react'
import { Button } from './button.tsx'

type ListFilterProps = {
  /** What is listed, for readers: "Orders". */
  label: string
  wordsLabel: string
  filter: { q: string; status?: string }
  statuses: { value: string; label: string }[]
}

export function ListFilter({ label, wordsLabel, filter, statuses }: ListFilterProps) {
  return (
    <Form className="card mb-6 flex flex-wrap items-end gap-3 p-4" role="search" aria-label={label}>
      <label className="min-w-52 flex-1">
        <span className="mb-1 block text-sm font-semibold">{wordsLabel}</span>
        <input type="search" name="q" defaultValue={filter.q} maxLength={200} className="field" />
      </label>
      <label>
        <span className="mb-1 block text-sm font-semibold">Status</span>
        <select name="status" defaultValue={filter.status ?? ''} className="field">
          <option value="">All</option>
          {statuses.map((status) => (
            <option key={status.value} value={status.value}>
              {status.label}
            </option>
          ))}
        </select>
      </label>
      <Button variant="secondary">Show</Button>
    </Form>
  )
}
