// A pickup for staff: where it is collected, until when, and its two verbs: ready, hand over. The collection code is never
// shown here: the shopper brings it.
import type { StaffOrder } from '#app/domain/orders/staff-queries.server.ts'
import { storeTime } from '#app/domain/pickup/pickup-store.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { formatMoney } from '#app/lib/money.ts'
import { Button } from './button.tsx'
import { Field, fieldId, PostForm } from './form.tsx'
import { Notice } from './parts.tsx'

type Pickup = NonNullable<StaffOrder['pickup']>
type PanelProps = {
  order: StaffOrder
  pickup: Pickup
  may: { makeReady: boolean; handOver: boolean }
  problem?: FormProblem
  /** Not collected in its time. */
  isOverdue: boolean
}

export function PickupPanel({ order, pickup, may, problem, isOverdue }: PanelProps) {
  const isOwed = order.status === 'awaiting_payment'
  const told = (at: Date) => storeTime(pickup.store, new Date(at))
  return (
    <section className="card grid gap-4 p-5" id="pickup">
      <h2 className="text-lg">Pickup at {pickup.store.name}</h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1">
        <Fact name="Who comes" value={order.name} />
        <Fact name="Payment" value={pickup.isPaidThere ? 'in the store' : 'by card, online'} />
        {pickup.readyAt && <Fact name="Ready since" value={told(pickup.readyAt)} />}
        {pickup.collectBy && !pickup.collectedAt && <Fact name="Kept until" value={told(pickup.collectBy)} />}
        {pickup.collectedAt && <Fact name="Handed over" value={told(pickup.collectedAt)} />}
      </dl>
      {isOverdue && (
        <Notice kind="warn">
          {isOwed
            ? 'Its time is over: it ends by itself in a moment and the things go back on the shelf.'
            : 'Not collected in its time. Write to the shopper, or cancel the order: the money goes back, the things to stock.'}
        </Notice>
      )}
      {may.makeReady && (
        <PostForm problem={problem?.intent === 'ready' ? problem : undefined}>
          <Button name="intent" value="ready">
            Ready for pickup: tell the shopper
          </Button>
        </PostForm>
      )}
      {may.handOver && <HandOverForm order={order} isOwed={isOwed} problem={problem} />}
    </section>
  )
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd>{value}</dd>
  </>
)

function HandOverForm({ order, isOwed, problem }: { order: StaffOrder; isOwed: boolean; problem?: FormProblem }) {
  const shown = problem?.intent === 'hand_over' ? problem : undefined
  return (
    <PostForm problem={shown} className="grid gap-4 border-t border-line pt-4">
      <Field
        label="Collection code"
        name="code"
        required
        autoComplete="off"
        maxLength={20}
        hint="The shopper shows it: six letters and digits."
        problem={shown}
        className="max-w-64"
      />
      {isOwed && (
        <fieldset id={fieldId('tender')}>
          <legend className="mb-2 text-sm font-semibold">
            Take {formatMoney(order.totalMinor, order.currency)}: how was it paid?
          </legend>
          <div className="flex flex-wrap gap-6">
            {(['cash', 'card'] as const).map((tender) => (
              <label key={tender} className="inline-flex min-h-11 items-center gap-2">
                <input
                  type="radio"
                  name="tender"
                  value={tender}
                  required
                  defaultChecked={shown?.values.tender === tender}
                  className="size-5 accent-accent"
                />
                {tender === 'cash' ? 'In cash' : 'By card at the counter'}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <div>
        <Button name="intent" value="hand_over">
          {isOwed ? 'Paid and handed over' : 'Handed over'}
        </Button>
      </div>
    </PostForm>
  )
}
