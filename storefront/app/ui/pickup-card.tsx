// An order that is picked up, for its owner: wait for it, or come with this code. Who pays at the counter may pay by card
// instead; a plain form, the page's action does the work.
import type { OrderView } from '#app/domain/orders/order-view.ts'
import { storeTime } from '#app/domain/pickup/pickup-store.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { formatMoney } from '#app/lib/money.ts'
import { Button } from './button.tsx'
import { PostForm } from './form.tsx'

type Pickup = NonNullable<OrderView['pickup']>
type Props = { order: OrderView; pickup: Pickup; problem?: FormProblem }

/** Nothing when the order is over, collected, or still has to be paid online. */
export function PickupCard({ order, pickup, problem }: Props) {
  const isOwed = order.status === 'awaiting_payment' && pickup.isPaidThere
  if (order.cancelRequested || pickup.collectedAt) return null
  if (!isOwed && order.status !== 'paid' && order.status !== 'payment_received') return null
  const total = formatMoney(order.totalMinor, order.currency)
  return (
    <section className="card mb-8 border-accent p-5 sm:p-6" aria-labelledby="pickup-title">
      <div className="flex flex-wrap items-start justify-between gap-6">
        <div className="max-w-xl">
          <h2 id="pickup-title" className="text-lg">
            {pickup.readyAt ? `It is ready for you at ${pickup.store.name}` : `We get it ready at ${pickup.store.name}`}
          </h2>
          <p className="mt-1 text-muted">
            {pickup.readyAt
              ? 'Show this code at the counter.'
              : 'As soon as everything lies at the counter we write to you with your collection code. Please come only then.'}
            {isOwed && ` You pay ${total} there, in cash or by card.`}
          </p>
          {pickup.collectBy && (
            <p className="mt-2">
              Kept for you until{' '}
              <time dateTime={new Date(pickup.collectBy).toISOString()} className="font-semibold">
                {storeTime(pickup.store, new Date(pickup.collectBy))}
              </time>
              {isOwed && '. After that the things go back on the shelf.'}
            </p>
          )}
        </div>
        {pickup.code && (
          <p className="rounded-card bg-accent-soft px-6 py-4 text-center">
            <span className="block text-sm text-muted">Collection code</span>
            <strong className="nums block text-2xl tracking-widest whitespace-nowrap">{pickup.code}</strong>
          </p>
        )}
      </div>
      {isOwed && order.can.pay && (
        <PostForm
          problem={problem?.intent === 'pay' ? problem : undefined}
          reloadDocument
          className="mt-5 border-t border-line pt-5"
        >
          <Button variant="secondary" name="intent" value="pay">
            Pay {total} by card now instead
          </Button>
        </PostForm>
      )}
    </section>
  )
}
