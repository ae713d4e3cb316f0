// Stock for staff: how many are where, and a form that receives or counts goods at one place.
import type { FormProblem } from '#app/http/problem.ts'
import { Button } from './button.tsx'
import { Field, PostForm, SelectField } from './form.tsx'

export type StockInfo = {
  places: { storeId: string; name: string; shipsOrders: boolean }[]
  levels: { sku: string; storeId: string; onHand: number; reserved: number; lowStockThreshold: number }[]
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

export function StockTable({ stock, skus }: { stock: StockInfo; skus: string[] }) {
  return (
    <div className="grid grid-cols-1 gap-3">
      {skus.map((sku) => {
        const levels = stock.levels.filter((level) => level.sku === sku)
        return <StockOfSku key={sku} sku={sku} levels={levels} places={stock.places} open={skus.length === 1} />
      })}
    </div>
  )
}

type StockOfSkuProps = { sku: string; levels: StockInfo['levels']; places: StockInfo['places']; open: boolean }

function StockOfSku({ sku, levels, places, open }: StockOfSkuProps) {
  const onHand = sum(levels.map((level) => level.onHand))
  const reserved = sum(levels.map((level) => level.reserved))
  const rows = places.flatMap((place) =>
    levels.filter((level) => level.storeId === place.storeId).map((level) => ({ ...level, ...place })),
  )
  const online = sum(rows.filter((row) => row.shipsOrders).map((row) => row.onHand - row.reserved))
  return (
    <details className="card p-4" open={open}>
      <summary className="flex min-h-8 flex-wrap items-center justify-between gap-x-6">
        <span className="font-semibold">{sku}</span>
        <span className="nums text-muted">
          {onHand} on hand, {reserved} held · <strong className="text-ink">{online} for sale online</strong>
        </span>
      </summary>
      <div className="mt-3">
        <table className="w-full text-left text-sm">
          <caption className="sr-only">Places with {sku}</caption>
          <thead className="text-muted">
            <tr>
              <th className="py-1 font-medium">Place</th>
              <th className="py-1 pl-3 text-right font-medium">On hand</th>
              <th className="py-1 pl-3 text-right font-medium">Held</th>
              <th className="py-1 pl-3 text-right font-medium">Free</th>
              <th className="py-1 pl-3 text-right font-medium">Low at</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.storeId} className="border-t border-line">
                <td className="py-1.5">
                  {row.name}
                  {row.shipsOrders && <span className="text-muted"> · ships orders</span>}
                </td>
                <td className="pl-3 text-right">{row.onHand}</td>
                <td className="pl-3 text-right">{row.reserved}</td>
                <td
                  className={`pl-3 text-right ${row.onHand - row.reserved <= row.lowStockThreshold ? 'font-semibold text-warn' : ''}`}
                >
                  {row.onHand - row.reserved}
                </td>
                <td className="pl-3 text-right text-muted">{row.lowStockThreshold}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

type StockFormProps = { stock: StockInfo; skus: string[]; formRef: string; problem?: FormProblem }

export function StockForm({ stock, skus, formRef, problem }: StockFormProps) {
  return (
    <PostForm problem={problem} className="card mt-4 grid gap-4 p-5 sm:grid-cols-2 lg:grid-cols-3">
      <h3 className="text-lg sm:col-span-2 lg:col-span-3">Receive or correct</h3>
      <input type="hidden" name="ref" value={formRef} />
      <SelectField label="Variant" name="sku" problem={problem}>
        {skus.map((sku) => (
          <option key={sku}>{sku}</option>
        ))}
      </SelectField>
      <SelectField label="Place" name="storeId" problem={problem}>
        {stock.places.map((place) => (
          <option key={place.storeId} value={place.storeId}>
            {place.name}
          </option>
        ))}
      </SelectField>
      <SelectField label="What happened" name="kind" problem={problem}>
        <option value="receive">Goods came in</option>
        <option value="adjust">Counted anew</option>
      </SelectField>
      <Field
        label="Change"
        name="delta"
        required
        inputMode="text"
        pattern="[+-]?[0-9]{1,6}"
        hint="12 adds twelve, -3 takes three away."
        problem={problem}
      />
      <Field label="Why" name="reason" required maxLength={200} className="lg:col-span-2" problem={problem} />
      <div className="sm:col-span-2 lg:col-span-3">
        <Button variant="secondary" name="intent" value="stock">
          Change stock
        </Button>
      </div>
    </PostForm>
  )
}
