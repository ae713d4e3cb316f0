// One box for staff: an order number, e-mail address, SKU, product name, tracking number or Stripe id. A single find opens
// at once. What the role may not see is not asked for.
import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { type AdminProductRow, adminListProducts } from '#app/domain/catalog/admin.server.ts'
import { can, type Permission } from '#app/domain/identity/roles.ts'
import { listCustomers } from '#app/domain/identity/staff/customers.server.ts'
import { findOrdersByMark } from '#app/domain/orders/staff-search.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { FoundOrders } from '#app/ui/found-orders.tsx'
import { EmptyState, Notice, PageTitle } from '#app/ui/parts.tsx'

const query = z.object({ q: z.string().trim().max(200).catch('').default('') })

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'admin:enter')
  const { q } = parseQuery(query, args.request)
  const asked = async <T,>(permission: Permission, ask: () => Promise<T>): Promise<T | undefined> =>
    q && can(role, permission) ? ask() : undefined
  const [orders = [], customers, products] = await answerLoader(() =>
    Promise.all([
      asked('orders:read', () => findOrdersByMark(q)),
      asked('customers:read', () => listCustomers({ q, page: 1 })),
      asked('products:read', () => findProducts(q)),
    ]),
  )
  const people = (customers?.items ?? []).map(({ id, name, email }) => ({ id, name, email }))
  const goods = (products?.items ?? []).map(({ id, title, defaultSku }) => ({ id, title, sku: defaultSku }))
  const found = [
    ...orders.map(({ number }) => paths.adminOrder(number)),
    ...people.map(({ id }) => paths.adminCustomer(id)),
    ...goods.map(({ id }) => paths.adminProduct(id)),
  ]
  const isCatalogueAway = products?.isAway ?? false
  if (found.length === 1 && found[0] && !isCatalogueAway) throw redirect(found[0])
  return { q, orders, people, goods, isCatalogueAway }
}

/** Products by name or SKU; when the catalogue cannot be reached the rest is still found. */
async function findProducts(q: string): Promise<{ items: AdminProductRow[]; isAway: boolean }> {
  try {
    return { items: (await adminListProducts({ q, limit: 20 })).items, isAway: false }
  } catch (error) {
    if (isDomainError(error, 'catalog_unavailable')) return { items: [], isAway: true }
    throw error
  }
}

export default function AdminSearch() {
  const { q, orders, people, goods, isCatalogueAway } = useLoaderData<typeof loader>()
  const nothing = orders.length + people.length + goods.length === 0
  return (
    <>
      <PageTitle title={q ? `Found for “${q}”` : 'Search'} />
      {isCatalogueAway && <Notice kind="warn">Products cannot be searched right now.</Notice>}
      {nothing && (
        <EmptyState title={q ? 'Nothing found' : 'What are you looking for?'}>
          <p>An order number, an e-mail address, a SKU, a product’s name, a tracking number or an id of Stripe.</p>
        </EmptyState>
      )}
      <div className="grid gap-6">
        {orders.length > 0 && (
          <section className="card p-5">
            <h2 className="mb-2 text-lg">Orders</h2>
            <FoundOrders orders={orders} />
          </section>
        )}
        <LinkList
          title="Customers"
          links={people.map(({ id, name, email }) => ({ to: paths.adminCustomer(id), label: name, more: email }))}
        />
        <LinkList
          title="Products"
          links={goods.map(({ id, title, sku }) => ({ to: paths.adminProduct(id), label: title, more: sku ?? '' }))}
        />
      </div>
    </>
  )
}

function LinkList({ title, links }: { title: string; links: { to: string; label: string; more: string }[] }) {
  if (links.length === 0) return null
  return (
    <section className="card p-5">
      <h2 className="mb-2 text-lg">{title}</h2>
      <ul className="divide-y divide-line">
        {links.map(({ to, label, more }) => (
          <li key={to} className="flex flex-wrap items-center gap-x-4 py-1">
            <Link to={to} className="inline-flex min-h-11 items-center font-semibold hover:underline">
              {label}
            </Link>
            <span className="text-sm break-all text-muted">{more}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
