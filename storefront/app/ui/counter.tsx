// The parts of a store's counter for staff: which store, the code, what is kept. Codes are never shown: the shopper brings it.
import { Form } from '@remix-run/react'
import { type ReservationStatus, statusWords } from '#app/domain/reservations/reservation-view.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { formatMoney } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { Field, PostForm, SelectField, useFieldId } from './form.tsx'
import { StatusBadge } from './parts.tsx'

type Counter = { slug: string; name: string; held: number }

type ChooseProps = { stores: Counter[]; q: string; total: number; here: string }

/** `stores`: those found by `q`, of `total`; where not all are listed one is found by its name. */
export function ChooseCounter({ stores, q, total, here }: ChooseProps) {
  return (
    <div className="grid gap-4">
      {(q !== '' || total > stores.length) && <FindCounter q={q} total={total} here={here} />}
      <Choose stores={stores} here={here} />
    </div>
  )
}

function FindCounter({ q, total, here }: Omit<ChooseProps, 'stores'>) {
  return (
    <Form
      key={q}
      action={paths.adminCounter()}
      role="search"
      aria-label="Stores"
      className="flex flex-wrap items-end gap-3"
    >
      {here && <input type="hidden" name="store" value={here} />}
      <Field
        id="counter-q"
        label="Name, town or postcode of a store"
        name="q"
        type="search"
        maxLength={100}
        defaultValue={q}
        className="min-w-60"
      />
      <Button variant="secondary" className="min-h-11.5">
        Find
      </Button>
      <p className="w-full text-sm text-muted">
        {total} {total === 1 ? 'store' : 'stores'}
        {q && ` with “${q}”`}
      </p>
    </Form>
  )
}

function Choose({ stores, here }: Pick<ChooseProps, 'stores' | 'here'>) {
  return (
    <Form key={here} action={paths.adminCounter()} className="flex flex-wrap items-end gap-3">
      <SelectField id="counter-store" label="Store" name="store" defaultValue={here} className="min-w-60">
        <option value="">Choose a store</option>
        {stores.map(({ slug, name, held }) => (
          <option key={slug} value={slug}>
            {name}
            {held > 0 && ` (${held})`}
          </option>
        ))}
      </SelectField>
      <Button variant="secondary" className="min-h-11.5">
        Show
      </Button>
    </Form>
  )
}

export function CodeForm({ storeId, problem }: { storeId: string; problem?: FormProblem }) {
  return (
    <PostForm problem={problem} className="card mt-6 p-5">
      <input type="hidden" name="storeId" value={storeId} />
      <div className="flex flex-wrap items-end gap-4">
        <Field
          label="Code that the shopper shows"
          name="code"
          required
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={20}
          placeholder="7KQ 4M2"
          problem={problem}
          className="min-w-60"
        />
        <Button name="intent" value="collect" className="min-h-11.5">
          Check off
        </Button>
      </div>
      <p className="mt-4 text-sm text-muted">
        A right code is good once: the goods count as sold at that moment. Take the money, then hand them over.
      </p>
    </PostForm>
  )
}

type Row = {
  id: string
  number: string
  status: ReservationStatus
  name: string | null
  item: { title: string; variantTitle: string }
  sku: string
  quantity: number
  totalMinor: number
  currency: string
  endedBy: 'shopper' | 'store' | 'time' | null
  reason: string | null
  isUnbooked: boolean
  until: string
  ended: string | null
}
type ListProps = { rows: Row[]; mayCancel: boolean; problem?: FormProblem }

export function CounterList({ rows, mayCancel, problem }: ListProps) {
  return (
    <ul className="card divide-y divide-line">
      {rows.map((row) => (
        <li key={row.id} className="grid gap-3 p-4 sm:grid-cols-[1fr_auto] sm:items-start">
          <div className="min-w-0">
            <p className="font-semibold">
              {row.quantity} × {row.item.title}, {row.item.variantTitle}
            </p>
            <p className="text-sm text-muted">
              {row.sku} · {row.number} · {row.name ?? 'forgotten'} · {formatMoney(row.totalMinor, row.currency)}
            </p>
            <p className="mt-1 text-sm">{row.ended ? `${statusWords(row)}: ${row.ended}` : `Until ${row.until}`}</p>
            {row.reason && <p className="text-sm text-muted">{row.reason}</p>}
            {row.isUnbooked && (
              <p className="text-sm text-warn">
                The sale could not be booked in the stock yet: please count the shelf.
              </p>
            )}
          </div>
          {row.status === 'held' && mayCancel ? (
            <GiveUp row={row} problem={problem?.values.id === row.id ? problem : undefined} />
          ) : (
            <StatusBadge tone={row.status === 'collected' ? 'good' : 'info'}>{statusWords(row)}</StatusBadge>
          )}
        </li>
      ))}
    </ul>
  )
}

function GiveUp({ row, problem }: { row: Row; problem?: FormProblem }) {
  const id = useFieldId('reason')
  return (
    <details open={Boolean(problem)}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-sm underline">
        Cannot be kept<span className="sr-only">: {row.item.title}</span>
      </summary>
      <PostForm problem={problem} className="mt-2 grid gap-3">
        <input type="hidden" name="id" value={row.id} />
        <Field id={id} label="Why, for the shopper" name="reason" required maxLength={200} problem={problem} />
        <Button variant="danger" name="intent" value="cancel">
          Give it up and write to them
        </Button>
      </PostForm>
    </details>
  )
}
