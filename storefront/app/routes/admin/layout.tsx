// The frame of the admin pages: who may enter, what there is for their role, and one box that finds orders, people and
// products. Each page below asks again by itself.
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, NavLink, Outlet, useLoaderData, useLocation } from '@remix-run/react'
import { can, type Permission } from '#app/domain/identity/roles.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Icon, type IconName } from '#app/ui/icon.tsx'

export const meta: MetaFunction = () => [{ title: 'Admin · Highstreet' }, { name: 'robots', content: 'noindex' }]

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'admin:enter')
  return { role }
}

type Tab = { to: string; label: string; icon: IconName; permission: Permission; end?: boolean }

/** What is used all day, then everything else by subject; each with what one must be allowed to see it. */
const main: Tab[] = [
  { to: paths.admin(), label: 'Today', icon: 'layout-dashboard', permission: 'admin:enter', end: true },
  { to: paths.adminOrders(), label: 'Orders', icon: 'package', permission: 'orders:read' },
  { to: paths.adminProducts(), label: 'Products', icon: 'tag', permission: 'products:read' },
  { to: paths.adminInventory(), label: 'Stock', icon: 'store', permission: 'products:read' },
  { to: paths.adminReviews(), label: 'Reviews', icon: 'star', permission: 'reviews:moderate' },
  { to: paths.adminCustomers(), label: 'Customers', icon: 'user', permission: 'customers:read' },
]
const more: { title: string; tabs: Tab[] }[] = [
  {
    title: 'Orders',
    tabs: [
      { to: paths.adminReturns(), label: 'Returns', icon: 'rotate-ccw', permission: 'orders:read' },
      { to: paths.adminPayments(), label: 'Payments', icon: 'credit-card', permission: 'orders:read' },
      { to: paths.adminWebhooks(), label: 'Webhooks', icon: 'navigation', permission: 'orders:read' },
      { to: paths.adminMessages(), label: 'Messages', icon: 'mail', permission: 'orders:read' },
    ],
  },
  {
    title: 'Goods',
    tabs: [
      { to: paths.adminCategories(), label: 'Categories', icon: 'menu', permission: 'products:read' },
      { to: paths.adminReservations(), label: 'Holds', icon: 'lock', permission: 'products:read' },
      { to: paths.adminStores(), label: 'Stores', icon: 'map-pin', permission: 'settings:write' },
    ],
  },
  {
    title: 'Prices',
    tabs: [
      { to: paths.adminCoupons(), label: 'Discounts', icon: 'tag', permission: 'settings:write' },
      { to: paths.adminShipping(), label: 'Delivery', icon: 'truck', permission: 'settings:write' },
      { to: paths.adminTax(), label: 'Tax', icon: 'credit-card', permission: 'settings:write' },
    ],
  },
  {
    title: 'People',
    tabs: [
      { to: paths.adminStaff(), label: 'Staff', icon: 'shield-check', permission: 'staff:manage' },
      { to: paths.adminAudit(), label: 'Audit log', icon: 'clock', permission: 'audit:read' },
    ],
  },
]

const tab = ({ isActive }: { isActive: boolean }) =>
  `inline-flex min-h-11 items-center gap-2 rounded-full px-4 font-medium whitespace-nowrap ${isActive ? 'bg-accent text-accent-ink' : 'text-ink hover:bg-sunk'}`

function Tabs({ tabs }: { tabs: Tab[] }) {
  return tabs.map((entry) => (
    <NavLink key={entry.to} to={entry.to} end={entry.end} className={tab}>
      <Icon name={entry.icon} size={18} />
      {entry.label}
    </NavLink>
  ))
}

/** Main sections in a row; the others fold out below it, open when one of them is shown. */
function Sections({ role }: { role: string }) {
  const { pathname } = useLocation()
  const allowed = (tabs: Tab[]) => tabs.filter(({ permission }) => can(role, permission))
  const groups = more.map(({ title, tabs }) => ({ title, tabs: allowed(tabs) })).filter(({ tabs }) => tabs.length > 0)
  const isInside = groups.some(({ tabs }) => tabs.some(({ to }) => pathname.startsWith(to)))
  return (
    <nav aria-label="Admin">
      <div className="flex flex-wrap gap-1">
        <Tabs tabs={allowed(main)} />
      </div>
      {groups.length > 0 && (
        <details key={String(isInside)} open={isInside} className="group">
          <summary className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full px-4 font-medium hover:bg-sunk">
            <Icon name="chevron-down" size={18} className="group-open:rotate-180" />
            More
          </summary>
          <div className="grid gap-x-8 gap-y-1 sm:grid-cols-2 lg:flex lg:flex-wrap">
            {groups.map(({ title, tabs }) => (
              <div key={title}>
                <p className="px-4 pt-2 text-sm text-muted">{title}</p>
                <div className="flex flex-wrap gap-1">
                  <Tabs tabs={tabs} />
                </div>
              </div>
            ))}
          </div>
        </details>
      )}
    </nav>
  )
}

export default function AdminLayout() {
  const { role } = useLoaderData<typeof loader>()
  return (
    <div className="page">
      <div className="-mx-1 mb-6 print:hidden border-b border-line px-1 py-3">
        <Form action={paths.adminSearch()} role="search" aria-label="Admin" className="mb-2 flex max-w-xl gap-2">
          <label className="min-w-0 flex-1">
            <span className="sr-only">Order number, e-mail, SKU, tracking number or Stripe id</span>
            <input
              type="search"
              name="q"
              required
              maxLength={200}
              placeholder="Order, e-mail, SKU, tracking, Stripe id …"
              className="field"
            />
          </label>
          <button
            type="submit"
            className="inline-flex size-11 shrink-0 items-center justify-center rounded-full border border-edge hover:border-ink"
          >
            <Icon name="search" />
            <span className="sr-only">Search the admin</span>
          </button>
        </Form>
        <Sections role={role} />
      </div>
      <Outlet />
    </div>
  )
}
