// The top of an order's page: its number, where it stands in a word, and the road it takes, to a door or to a counter.
import type { OrderView } from '#app/domain/orders/order-view.ts'
import { Icon, type IconName } from './icon.tsx'
import { When } from './money.tsx'
import { OrderStatusBadge } from './order-parts.tsx'

const paidStatuses: OrderView['status'][] = ['payment_received', 'paid', 'fulfilling', 'fulfilled']
const isPaid = ({ status }: OrderView): boolean => paidStatuses.includes(status)
/** Ordered for good: paid, or kept to be paid at the counter. */
const isPlaced = (order: OrderView): boolean =>
  isPaid(order) || (order.status === 'awaiting_payment' && order.paymentMethod === 'in_store')

export function OrderHead({ order, thanks }: { order: OrderView; thanks: boolean }) {
  const isThanked = thanks && isPlaced(order)
  return (
    <header className="mb-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-2xl">{isThanked ? 'Thank you for your order' : <OrderTitle number={order.number} />}</h1>
        <OrderStatusBadge status={order.status} label={order.statusLabel} />
      </div>
      <p className="mt-2 text-muted">
        {isThanked ? (
          <>
            Your order <strong className="nums text-ink">{order.number}</strong> is in good hands. We have sent the
            details to {order.email}.
          </>
        ) : (
          <>
            Placed on <When date={order.placedAt} />
          </>
        )}
      </p>
    </header>
  )
}

const OrderTitle = ({ number }: { number: string }) => (
  <>
    Order <span className="whitespace-nowrap">{number}</span>
  </>
)

type Stop = { label: string; icon: IconName; done: boolean }

function roadOf(order: OrderView): Stop[] {
  const { status, pickup } = order
  const placed: Stop = { label: 'Placed', icon: 'shopping-bag', done: true }
  const paid: Stop = { label: 'Paid', icon: 'credit-card', done: isPaid(order) }
  if (!pickup)
    return [
      placed,
      paid,
      { label: 'On its way', icon: 'truck', done: status === 'fulfilling' || status === 'fulfilled' },
      { label: 'Delivered', icon: 'check', done: status === 'fulfilled' },
    ]
  const ready: Stop = { label: 'Ready', icon: 'package', done: pickup.readyAt !== null }
  const isCollected = pickup.collectedAt !== null
  if (pickup.isPaidThere && !isPaid(order))
    return [placed, ready, { label: 'Paid and collected', icon: 'check', done: isCollected }]
  return [placed, paid, ready, { label: 'Collected', icon: 'check', done: isCollected }]
}

/** The road of an order that is going well; others say in words what became of them. */
export function OrderSteps({ order }: { order: OrderView }) {
  if (['cancelled', 'expired', 'refund_due', 'refunded'].includes(order.status)) return null
  const road = roadOf(order)
  return (
    <ol aria-label="Progress" className={`mb-8 grid gap-2 ${road.length === 3 ? 'grid-cols-3' : 'grid-cols-4'}`}>
      {road.map(({ label, icon, done }) => (
        <li key={label} className={`border-t-4 pt-3 ${done ? 'border-accent text-accent' : 'border-line text-muted'}`}>
          <span className="flex flex-col items-start gap-1.5 text-sm font-medium sm:flex-row sm:items-center sm:text-base">
            <Icon name={icon} size={18} />
            {label}
            <span className="sr-only">{done ? ': done' : ': still to come'}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}
