// Staff's list of stores and warehouses, closed ones too.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { adminListStores } from '#app/domain/catalog/staff/stores.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { ListFilter } from '#app/ui/list-filter.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, PageTitle, StatusBadge } from '#app/ui/parts.tsx'

const query = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  status: z.enum(['open', 'closed']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'settings:write')
  const filter = parseQuery(query, args.request)
  const found = await answerLoader(() => adminListStores({ ...filter, q: filter.q || undefined }))
  return { ...found, filter }
}

const states = [
  { value: 'open', label: 'Open' },
  { value: 'closed', label: 'Closed' },
]

export default function AdminStores() {
  const { items, total, page, pages, filter } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Stores">
        <ButtonLink to={paths.adminStore('new')}>New store</ButtonLink>
      </PageTitle>
      <ListFilter label="Stores" wordsLabel="Name, town or postcode" filter={filter} statuses={states} />
      {items.length === 0 ? (
        <EmptyState title="No store fits" action={{ to: paths.adminStores(), label: 'Show all stores' }} />
      ) : (
        <div className="card overflow-x-auto">
          <table className="w-full min-w-140 text-left">
            <caption className="px-4 pt-4 text-left text-sm text-muted">
              {total} {total === 1 ? 'place' : 'places'}
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className="px-4 py-3 font-medium">Store</th>
                <th className="px-4 py-3 font-medium">Town</th>
                <th className="px-4 py-3 font-medium">What it does</th>
                <th className="px-4 py-3 font-medium">State</th>
              </tr>
            </thead>
            <tbody>
              {items.map((store) => (
                <tr key={store.id} className="border-b border-line last:border-0 hover:bg-sunk">
                  <td className="px-4 py-1">
                    <Link
                      to={paths.adminStore(store.id)}
                      className="inline-flex min-h-11 items-center font-semibold hover:underline"
                    >
                      {store.name}
                    </Link>
                  </td>
                  <td className="px-4 py-1 text-muted">
                    {store.city}, {store.country}
                  </td>
                  <td className="px-4 py-1 text-sm text-muted">{duties(store).join(', ')}</td>
                  <td className="px-4 py-1">
                    <StatusBadge tone={store.status === 'open' ? 'good' : 'info'}>
                      {store.status === 'open' ? 'Open' : 'Closed'}
                    </StatusBadge>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminStores({ ...filter, page: next })} />
    </>
  )
}

type Duties = { kind: string; shipsOrders: boolean; services: string[] }

const duties = ({ kind, shipsOrders, services }: Duties): string[] => [
  kind === 'warehouse' ? 'Warehouse' : 'Shop',
  ...(shipsOrders ? ['ships orders'] : []),
  ...(services.includes('click_and_collect') ? ['pickup'] : []),
]
