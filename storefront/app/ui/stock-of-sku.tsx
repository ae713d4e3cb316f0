// One SKU's stock: place by place, the form that receives or counts, and when a place counts as low.
import type { FormProblem } from '#app/http/problem.ts'
import { Button } from './button.tsx'
import { Field, PostForm, SelectField } from './form.tsx'
import { StatusBadge } from './parts.tsx'

export type PlaceInfo = {
  storeId: string
  name: string
  shipsOrders: boolean
  onHand: number
  reserved: number
  available: number
  lowStockThreshold: number
}

const sum = (places: PlaceInfo[], of: 'onHand' | 'reserved' | 'available') =>
  places.reduce((total, place) => total + place[of], 0)

export function PlacesTable({ places }: { places: PlaceInfo[] }) {
  const filled = places.filter(({ onHand, reserved }) => onHand + reserved > 0)
  return (
    <div className="card overflow-x-auto">
      <table className="w-full text-left">
        <caption className="px-4 pt-4 text-left">
          <strong className="nums text-lg">
            {sum(places, 'onHand')} on hand − {sum(places, 'reserved')} held = {sum(places, 'available')} free
          </strong>
          <span className="block text-sm text-muted">
            {filled.length} of {places.length} places have some. Orders online are served by those that ship:{' '}
            {sum(
              places.filter(({ shipsOrders }) => shipsOrders),
              'available',
            )}{' '}
            free.
          </span>
        </caption>
        <thead className="text-sm text-muted">
          <tr className="border-b border-line">
            <th className="px-4 py-3 font-medium">Place</th>
            <th className="px-2 py-3 text-right font-medium sm:px-4">On hand</th>
            <th className="px-2 py-3 text-right font-medium sm:px-4">Held</th>
            <th className="px-2 py-3 text-right font-medium sm:px-4">Free</th>
            <th className="px-2 py-3 text-right font-medium sm:px-4">Low at</th>
          </tr>
        </thead>
        <tbody>
          {filled.map((place) => (
            <tr key={place.storeId} className="border-b border-line last:border-0">
              <td className="px-4 py-2.5">
                {place.name} {place.shipsOrders && <StatusBadge tone="info">ships orders</StatusBadge>}
              </td>
              <td className="nums px-2 py-2.5 text-right sm:px-4">{place.onHand}</td>
              <td className="nums px-2 py-2.5 text-right sm:px-4">{place.reserved}</td>
              <td
                className={`nums px-2 py-2.5 text-right sm:px-4 ${place.available <= place.lowStockThreshold ? 'font-semibold text-warn' : ''}`}
              >
                {place.available}
              </td>
              <td className="nums px-2 py-2.5 text-right sm:px-4 text-muted">{place.lowStockThreshold}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type CountFormProps = { places: PlaceInfo[]; formRef: string; problem?: FormProblem }

export function CountForm({ places, formRef, problem }: CountFormProps) {
  return (
    <PostForm problem={problem} className="card grid gap-4 p-5 sm:grid-cols-2">
      <h2 className="text-lg sm:col-span-2">Receive or count</h2>
      <input type="hidden" name="ref" value={formRef} />
      {/* What this page shows: a count is refused when it is no longer so. */}
      {places.map(({ storeId, onHand }) => (
        <input key={storeId} type="hidden" name={`seen.${storeId}`} value={onHand} />
      ))}
      <SelectField label="Place" name="storeId" problem={problem}>
        {places.map((place) => (
          <option key={place.storeId} value={place.storeId}>
            {place.name} ({place.onHand})
          </option>
        ))}
      </SelectField>
      <SelectField label="What happened" name="kind" problem={problem}>
        <option value="receive">Goods came in: so many more</option>
        <option value="adjust">Counted: so many are there</option>
      </SelectField>
      <Field
        label="Units"
        name="units"
        required
        inputMode="numeric"
        pattern="[0-9]{1,6}"
        autoComplete="off"
        hint="How many came in, or how many are there after counting."
        problem={problem}
      />
      <Field label="Why" name="reason" required maxLength={200} hint="Delivery note, breakage …" problem={problem} />
      <div className="sm:col-span-2">
        <Button name="intent" value="count">
          Write it down
        </Button>
      </div>
    </PostForm>
  )
}

export function ThresholdForm({ places, problem }: { places: PlaceInfo[]; problem?: FormProblem }) {
  return (
    <PostForm problem={problem} className="card grid gap-4 p-5">
      <h2 className="text-lg">Tell us when it is low</h2>
      <SelectField label="At this place" name="storeId" id="threshold-place" problem={problem}>
        {places.map((place) => (
          <option key={place.storeId} value={place.storeId}>
            {place.name} (now {place.lowStockThreshold})
          </option>
        ))}
      </SelectField>
      <Field
        label="Low at or below"
        name="lowStockThreshold"
        required
        inputMode="numeric"
        pattern="[0-9]{1,6}"
        autoComplete="off"
        problem={problem}
      />
      <div>
        <Button variant="secondary" name="intent" value="threshold">
          Set
        </Button>
      </div>
    </PostForm>
  )
}
