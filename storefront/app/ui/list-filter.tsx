// The filter above a list of the admin: words and a status, as a GET form, so that the URL says what is shown.
import { Form } from '@remix-run/react'
import { Button } from './button.tsx'

type ListFilterProps = {
  /** What is listed, for readers: "Orders". */
  label: string
  wordsLabel: string
  filter: { q: string; status?: string }
  statuses: { value: string; label: string }[]
  /** One more choice: its name in the URL, its label, what is chosen. */
  more?: { name: string; label: string; chosen?: string; choices: { value: string; label: string }[] }
}

export function ListFilter({ label, wordsLabel, filter, statuses, more }: ListFilterProps) {
  return (
    <Form className="card mb-6 flex flex-wrap items-end gap-3 p-4" role="search" aria-label={label}>
      <label className="min-w-52 flex-1">
        <span className="mb-1 block text-sm font-semibold">{wordsLabel}</span>
        <input type="search" name="q" defaultValue={filter.q} maxLength={200} className="field" />
      </label>
      <Choice name="status" label="Status" chosen={filter.status} choices={statuses} />
      {more && <Choice {...more} />}
      <Button variant="secondary">Show</Button>
    </Form>
  )
}

function Choice({ name, label, chosen, choices }: NonNullable<ListFilterProps['more']>) {
  return (
    <label>
      <span className="mb-1 block text-sm font-semibold">{label}</span>
      <select name={name} defaultValue={chosen ?? ''} className="field">
        <option value="">All</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  )
}
