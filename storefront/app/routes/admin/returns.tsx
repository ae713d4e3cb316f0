// Staff's list of returns: those that wait for a decision or for their refund first.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listReturnsForStaff } from '#app/domain/returns/queries.server.ts'
import { returnStatuses, returnStatusLabel } from '#app/domain/returns/return-status.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { When } from '#app/ui/money.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, PageTitle } from '#app/ui/parts.tsx'
import { ReturnStatusBadge } from '#app/ui/return-parts.tsx'

const query = z.object({
  status: z
    .enum(['waiting', 'all', ...returnStatuses])
    .catch('waiting')
    .default('waiting'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

export const meta = () => [{ title: 'Returns · Admin · Highstreet' }, { name: 'robots', content: 'noindex' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'orders:read')
  const { status, page } = parseQuery(query, args.request)
  const filter = status === 'waiting' ? { waiting: true } : status === 'all' ? {} : { status }
  return { ...(await answerLoader(() => listReturnsForStaff({ ...filter, page }))), filter: { status } }
}

const choices = [
  { value: 'waiting', label: 'To look at' },
  { value: 'all', label: 'All' },
  ...returnStatuses.map((status) => ({ value: status, label: returnStatusLabel[status] })),
]

export default function AdminReturns() {
  const { items, page, pages, filter } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Returns" />
      <nav aria-label="Which returns" className="mb-6 flex flex-wrap gap-2">
        {choices.map(({ value, label }) => (
          <Link
            key={value}
            to={paths.adminReturns({ status: value })}
            aria-current={filter.status === value ? 'page' : undefined}
            className={`inline-flex min-h-11 items-center rounded-full border px-4 ${filter.status === value ? 'border-accent bg-accent-soft text-accent-strong' : 'border-edge hover:border-ink'}`}
          >
            {label}
          </Link>
        ))}
      </nav>
      {items.length === 0 ? (
        <EmptyState title={filter.status === 'waiting' ? 'No return waits for you' : 'No return fits'} />
      ) : (
        <ul className="card divide-y divide-line">
          {items.map((item) => (
            <li key={item.number}>
              <Link
                to={`${paths.adminOrder(item.order.number)}#return-${item.number}`}
                className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3 hover:bg-sunk"
              >
                <span className="nums font-semibold">{item.number}</span>
                <ReturnStatusBadge status={item.status} label={item.statusLabel} />
                <span className="text-sm text-muted">
                  {item.pieces === 1 ? 'One piece' : `${item.pieces} pieces`} of order {item.order.number} ·{' '}
                  {item.order.email}
                </span>
                <span className="text-sm text-muted sm:ml-auto">
                  <When date={item.requestedAt} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminReturns({ ...filter, page: next })} />
    </>
  )
}
