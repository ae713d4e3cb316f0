// Staff's list of customers: search and status in the URL, newest first.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listCustomers } from '#app/domain/identity/staff/customers.server.ts'
import { findCustomerOfOrder } from '#app/domain/orders/staff-search.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { CustomerBadge, customerStatuses } from '#app/ui/customer-badge.tsx'
import { ListFilter } from '#app/ui/list-filter.tsx'
import { When } from '#app/ui/money.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, PageTitle } from '#app/ui/parts.tsx'

const query = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  status: z.enum(['active', 'disabled', 'deleted']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'customers:read')
  const filter = parseQuery(query, args.request)
  return answerLoader(async () => {
    const ofOrder = filter.q ? await findCustomerOfOrder(filter.q.toUpperCase()) : null
    const found = await listCustomers({ ...filter, alsoIds: ofOrder ? [ofOrder] : [] })
    return { ...found, filter }
  })
}

export default function AdminCustomers() {
  const { items, total, page, pages, filter } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Customers" />
      <ListFilter
        label="Customers"
        wordsLabel="Name, e-mail or order number"
        filter={filter}
        statuses={customerStatuses}
      />
      {items.length === 0 ? (
        <EmptyState title="No customer fits" action={{ to: paths.adminCustomers(), label: 'Show all customers' }}>
          <p>Whoever bought as a guest has no account: look among the orders.</p>
        </EmptyState>
      ) : (
        <div className="card overflow-x-auto">
          <table className="w-full min-w-140 text-left">
            <caption className="px-4 pt-4 text-left text-sm text-muted">
              {total} {total === 1 ? 'customer' : 'customers'}
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className="px-4 py-3 font-medium">Name</th>
                <th className="px-4 py-3 font-medium">E-mail</th>
                <th className="px-4 py-3 font-medium">Since</th>
                <th className="px-4 py-3 font-medium">Account</th>
              </tr>
            </thead>
            <tbody>
              {items.map((customer) => (
                <tr key={customer.id} className="border-b border-line last:border-0 hover:bg-sunk">
                  <td className="px-4 py-2">
                    <Link
                      to={paths.adminCustomer(customer.id)}
                      className="inline-flex min-h-11 items-center font-semibold hover:underline"
                    >
                      {customer.name}
                    </Link>
                  </td>
                  <td className="px-4 py-2 text-muted">{customer.email}</td>
                  <td className="px-4 py-2 whitespace-nowrap text-muted">
                    <When date={customer.since} />
                  </td>
                  <td className="px-4 py-2">
                    <CustomerBadge customer={customer} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminCustomers({ ...filter, page: next })} />
    </>
  )
}
