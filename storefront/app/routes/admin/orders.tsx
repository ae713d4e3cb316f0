// Staff's list of orders: search and status in the URL, newest first.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { orderStatuses, orderStatusLabel } from '#app/domain/orders/order-status.ts'
import { listOrdersForStaff } from '#app/domain/orders/staff-queries.server.ts'
import type { PickupStage } from '#app/domain/orders/staff-work.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { ListFilter } from '#app/ui/list-filter.tsx'
import { Money, When } from '#app/ui/money.tsx'
import { OrderStatusBadge } from '#app/ui/order-parts.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, PageTitle } from '#app/ui/parts.tsx'

const pickupStages = ['none', 'any', 'to_prepare', 'waiting', 'not_collected'] as const satisfies readonly PickupStage[]
const pickupLabels = {
  none: 'Deliveries only',
  any: 'Any pickup',
  to_prepare: 'To get ready',
  waiting: 'Ready, waiting',
  not_collected: 'Not collected',
}

const query = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  status: z.enum(orderStatuses).optional().catch(undefined),
  pickup: z.enum(pickupStages).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'orders:read')
  const filter = parseQuery(query, args.request)
  const found = await answerLoader(() => listOrdersForStaff({ ...filter, q: filter.q || undefined }))
  return { ...found, filter }
}

const choices = orderStatuses
  .filter((status) => !['placing', 'reserved'].includes(status))
  .map((status) => ({ value: status, label: orderStatusLabel[status] }))

export default function AdminOrders() {
  const { items, total, page, pages, filter } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Orders" />
      <ListFilter
        label="Orders"
        wordsLabel="Number, e-mail or name"
        filter={filter}
        statuses={choices}
        more={{
          name: 'pickup',
          label: 'Pickup',
          chosen: filter.pickup,
          choices: pickupStages.map((value) => ({ value, label: pickupLabels[value] })),
        }}
      />
      {items.length === 0 ? (
        <EmptyState title="No order fits" action={{ to: paths.adminOrders(), label: 'Show all orders' }} />
      ) : (
        <div className="card overflow-x-auto">
          <table className="w-full min-w-180 text-left">
            <caption className="px-4 pt-4 text-left text-sm text-muted">
              {total} {total === 1 ? 'order' : 'orders'}
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className="px-4 py-3 font-medium">Order</th>
                <th className="px-4 py-3 font-medium">Placed</th>
                <th className="px-4 py-3 font-medium">For</th>
                <th className="px-4 py-3 text-right font-medium">Items</th>
                <th className="px-4 py-3 text-right font-medium">Total</th>
                <th className="px-4 py-3 font-medium">Status</th>
              </tr>
            </thead>
            <tbody>
              {items.map((order) => (
                <tr key={order.number} className="border-b border-line last:border-0 hover:bg-sunk">
                  <td className="px-4 py-2">
                    <Link
                      to={paths.adminOrder(order.number)}
                      className="nums inline-flex min-h-9 items-center font-semibold whitespace-nowrap hover:underline"
                    >
                      {order.number}
                    </Link>
                  </td>
                  <td className="px-4 py-2 whitespace-nowrap text-muted">
                    <When date={order.placedAt} time />
                  </td>
                  <td className="px-4 py-2">
                    {order.name}
                    <span className="block text-sm text-muted">{order.email}</span>
                    {order.pickupAt && <span className="block text-sm">Pickup at {order.pickupAt}</span>}
                  </td>
                  <td className="px-4 py-2 text-right">{order.itemCount}</td>
                  <td className="px-4 py-2 text-right">
                    <Money minor={order.totalMinor} currency={order.currency} />
                  </td>
                  <td className="px-4 py-2">
                    <OrderStatusBadge status={order.status} label={order.statusLabel} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminOrders({ ...filter, page: next })} />
    </>
  )
}
