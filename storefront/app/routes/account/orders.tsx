// The shopper's orders, newest first, ten a page; below the first of them what they reserved in stores.
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import type { OrderSummary } from '#app/domain/orders/order-view.ts'
import { listOrdersOf } from '#app/domain/orders/queries.server.ts'
import { storeTime } from '#app/domain/pickup/pickup-store.ts'
import { listReservationsOf } from '#app/domain/reservations/queries.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireUser } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Money, When } from '#app/ui/money.tsx'
import { OrderStatusBadge } from '#app/ui/order-parts.tsx'
import { OwnReservations } from '#app/ui/own-reservations.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, PageTitle } from '#app/ui/parts.tsx'
import { Picture } from '#app/ui/picture.tsx'

export const meta: MetaFunction = () => [{ title: 'Your orders · Highstreet' }, { name: 'robots', content: 'noindex' }]

const query = z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1) })

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args)
  const { page } = parseQuery(query, args.request)
  const [orders, reserved] = await Promise.all([
    listOrdersOf(user.id, page),
    page === 1 ? listReservationsOf(user.id) : [],
  ])
  const reservations = reserved.map(({ number, status, endedBy, item, quantity, store, expiresAt }) => ({
    ...{ number, status, endedBy, quantity, title: item.title, storeName: store.name },
    until: storeTime(store, expiresAt),
  }))
  return { ...orders, reservations }
}

export default function OrdersPage() {
  const { items, page, pages, reservations } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Your orders" />
      {items.length === 0 ? (
        <EmptyState title="No orders yet" action={{ to: paths.home(), label: 'Look around' }}>
          What you order appears here, with its way to you.
        </EmptyState>
      ) : (
        <ul className="grid gap-4">
          {items.map((order) => (
            <OrderCard key={order.number} order={order} />
          ))}
        </ul>
      )}
      <Pager page={page} pages={pages} to={(next) => paths.accountOrders({ page: next })} />
      <OwnReservations items={reservations} />
    </>
  )
}

const shown = 4

function OrderCard({ order }: { order: OrderSummary }) {
  const more = order.images.length - shown
  return (
    <li className="card relative grid gap-4 p-5 transition-colors hover:border-edge sm:grid-cols-[1fr_auto] sm:items-center">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="nums font-sans text-base font-semibold tracking-normal">
            <Link to={paths.accountOrder(order.number)} className="after:absolute after:inset-0 hover:underline">
              {order.number}
            </Link>
          </h2>
          <OrderStatusBadge status={order.status} label={order.statusLabel} />
        </div>
        <p className="mt-1 text-sm text-muted">
          <When date={order.placedAt} /> · {order.itemCount} {order.itemCount === 1 ? 'item' : 'items'} ·{' '}
          <Money minor={order.totalMinor} currency={order.currency} className="font-medium text-ink" />
        </p>
      </div>
      <div className="flex items-center gap-2">
        {order.images.slice(0, shown).map(({ src, title }) => (
          <Picture
            key={src + title}
            image={{ src, alt: title, width: 1200, height: 1200 }}
            sizes="56px"
            className="size-14 shrink-0 rounded-field"
          />
        ))}
        {more > 0 && <span className="text-sm text-muted">+{more}</span>}
        <Icon name="chevron-right" className="ml-1 text-muted" />
      </div>
    </li>
  )
}
