// The forms of an order's verbs for staff: ship, deliver, refund, cancel. What a form asks is what its verb takes.
import type { FormProblem } from '#app/http/problem.ts'
import { currencyExponent, formatMoney } from '#app/lib/money.ts'
import { Button } from './button.tsx'
import { Field, PostForm } from './form.tsx'

type Line = { sku: string; title: string; variantTitle: string; leftToSend: number }
type ShipFormProps = { order: { parcels: { parcelNo: number }[]; lines: Line[] }; problem?: FormProblem }

export function ShipForm({ order, problem }: ShipFormProps) {
  return (
    <section className="card p-5" id="ship">
      <h2 className="mb-3 text-lg">Send a parcel</h2>
      <PostForm problem={problem} className="grid gap-4">
        <input
          type="hidden"
          name="parcelNo"
          value={Math.max(0, ...order.parcels.map((parcel) => parcel.parcelNo)) + 1}
        />
        <fieldset className="grid gap-2">
          <legend className="mb-1 text-sm font-semibold">What is in it</legend>
          {order.lines
            .filter((line) => line.leftToSend > 0)
            .map((line) => (
              <label key={line.sku} className="flex items-center gap-3">
                <input
                  type="number"
                  name={`q:${line.sku}`}
                  min={0}
                  max={line.leftToSend}
                  defaultValue={problem?.values[`q:${line.sku}`] ?? line.leftToSend}
                  className="field w-20 px-2"
                />
                <span>
                  {line.title} <span className="text-muted">{line.variantTitle}</span>
                </span>
              </label>
            ))}
        </fieldset>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Carrier" name="carrier" optional maxLength={60} list="carriers" problem={problem} />
          <datalist id="carriers">
            {['DHL', 'DPD', 'GLS', 'UPS', 'PostNL', 'Royal Mail', 'USPS'].map((carrier) => (
              <option key={carrier} value={carrier} />
            ))}
          </datalist>
          <Field label="Tracking number" name="trackingNumber" optional maxLength={80} problem={problem} />
          <Field
            label="Tracking link"
            name="trackingUrl"
            type="url"
            optional
            placeholder="https://"
            className="sm:col-span-2"
            problem={problem}
          />
        </div>
        <div>
          <Button name="intent" value="ship">
            Ship and tell the shopper
          </Button>
        </div>
      </PostForm>
    </section>
  )
}

export function DeliverForm({ parcelNo, problem }: { parcelNo: number; problem?: FormProblem }) {
  return (
    <PostForm problem={problem}>
      <input type="hidden" name="parcelNo" value={parcelNo} />
      <Button variant="secondary" name="intent" value="deliver">
        Parcel {parcelNo} has arrived
      </Button>
    </PostForm>
  )
}

type RefundFormProps = {
  order: { refundableMinor: number; currency: string; payments: { status: string; tender: string | null }[] }
  formKey: string
  problem?: FormProblem
}

export function RefundForm({ order, formKey, problem }: RefundFormProps) {
  const digits = currencyExponent(order.currency)
  const isPaidInStore = order.payments.some(({ status, tender }) => status === 'succeeded' && tender)
  return (
    <section className="card p-5" id="refund">
      <h2 className="mb-3 text-lg">Give money back</h2>
      <PostForm problem={problem} className="grid gap-4 sm:grid-cols-[10rem_1fr]">
        <input type="hidden" name="formKey" value={formKey} />
        <Field
          label="Amount"
          name="amount"
          required
          inputMode="decimal"
          defaultValue={(order.refundableMinor / 10 ** digits).toFixed(digits)}
          hint={`Up to ${formatMoney(order.refundableMinor, order.currency)}.`}
          problem={problem}
        />
        <Field
          label="Why"
          name="reason"
          required
          maxLength={300}
          hint="The shopper reads it. Stock is not changed."
          problem={problem}
        />
        <div className="sm:col-span-2">
          <Button variant="secondary" name="intent" value="refund">
            {isPaidInStore ? 'Given back in the store' : 'Refund to the card'}
          </Button>
        </div>
      </PostForm>
    </section>
  )
}

export function CancelForm({ order, problem }: { order: { number: string }; problem?: FormProblem }) {
  return (
    <section className="card p-5" id="cancel">
      <h2 className="mb-1 text-lg">Cancel the order</h2>
      <p className="mb-3 text-muted">
        What was paid is given back and the goods go back to stock. The shopper gets a mail.
      </p>
      <PostForm problem={problem} className="grid gap-4">
        <Field label="Reason" name="reason" required maxLength={300} problem={problem} />
        <div>
          <Button variant="danger" name="intent" value="cancel">
            Cancel {order.number}
          </Button>
        </div>
      </PostForm>
    </section>
  )
}
