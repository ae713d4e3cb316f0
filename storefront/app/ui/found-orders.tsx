// A short list of orders for staff: number, when, for whom, how much, where it stands.
import { Link } from '@remix-run/react'
import type { OrderStatus } from '#app/domain/orders/order-status.ts'
import { paths } from '#app/paths.ts'
import { Money, When } from './money.tsx'
import { OrderStatusBadge } from './order-parts.tsx'

type Found = {
  number: string
  status: OrderStatus
  statusLabel: string
  placedAt: Date | string
  name: string
  currency: string
  totalMinor: number
}

export function FoundOrders({ orders }: { orders: Found[] }) {
  return (
    <ul className="divide-y divide-line">
      {orders.map((order) => (
        <li key={order.number} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
          <Link
            to={paths.adminOrder(order.number)}
            className="nums inline-flex min-h-11 items-center font-semibold whitespace-nowrap hover:underline"
          >
            {order.number}
          </Link>
          <OrderStatusBadge status={order.status} label={order.statusLabel} />
          <span className="text-sm text-muted">
            {order.name}, <When date={order.placedAt} />
          </span>
          <Money minor={order.totalMinor} currency={order.currency} className="ml-auto" />
        </li>
      ))}
    </ul>
  )
}
