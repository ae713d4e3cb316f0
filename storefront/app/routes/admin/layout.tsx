// The frame of the admin pages: who may enter, and what there is for their role. Each page below asks again by itself.
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { NavLink, Outlet, useLoaderData, useLocation, useRouteError, useRouteLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { can, type Permission } from '#app/domain/identity/roles.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Icon, type IconName } from '#app/ui/icon.tsx'
import { Trouble, troubleTitle } from '#app/ui/trouble.tsx'

export const meta: MetaFunction = ({ error }) => [
  { title: `${error ? troubleTitle(error) : 'Admin'} · Highstreet` },
  { name: 'robots', content: 'noindex' },
]

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
      { to: paths.adminCounter(), label: 'Counter', icon: 'store', permission: 'orders:read' },
      { to: paths.adminReturns(), label: 'Returns', icon: 'rotate-ccw', permission: 'orders:read' },
      { to: paths.adminPayments(), label: 'Payments', icon: 'credit-card', permission: 'orders:read' },
      { to: paths.adminMoneyMatch(), label: 'Money match', icon: 'check', permission: 'orders:refund' },
      { to: paths.adminWebhooks(), label: 'Webhooks', icon: 'navigation', permission: 'orders:read' },
      { to: paths.adminMessages(), label: 'Messages', icon: 'mail', permission: 'orders:read' },
    ],
  },
  {
    title: 'Goods',
    tabs: [
      { to: paths.adminCategories(), label: 'Categories', icon: 'menu', permission: 'products:read' },
      { to: paths.adminFinding(), label: 'Finding things', icon: 'search', permission: 'products:read' },
      { to: paths.adminReservations(), label: 'Holds', icon: 'lock', permission: 'products:read' },
      { to: paths.adminStockProof(), label: 'Proof of stock', icon: 'check', permission: 'staff:manage' },
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
  `flex min-h-11 items-center gap-3 rounded-full px-4 font-medium whitespace-nowrap ${isActive ? 'bg-accent text-accent-ink' : 'text-ink hover:bg-sunk'}`

function Tabs({ tabs }: { tabs: Tab[] }) {
  return tabs.map((entry) => (
    <NavLink key={entry.to} to={entry.to} end={entry.end} className={tab}>
      <Icon name={entry.icon} size={18} className="shrink-0" />
      {entry.label}
    </NavLink>
  ))
}

/** Everything this role may see, by subject. */
function Sections({ role }: { role: string }) {
  const allowed = (tabs: Tab[]) => tabs.filter(({ permission }) => can(role, permission))
  const groups = more.map(({ title, tabs }) => ({ title, tabs: allowed(tabs) })).filter(({ tabs }) => tabs.length > 0)
  return (
    <>
      <Tabs tabs={allowed(main)} />
      {groups.map(({ title, tabs }) => (
        <div key={title}>
          <p className="px-4 pt-4 pb-1 text-sm text-muted">{title}</p>
          <Tabs tabs={tabs} />
        </div>
      ))}
    </>
  )
}

/** The sections stand beside the page; on a phone they fold into one line that says where one is. */
function Menu({ role }: { role: string }) {
  const { pathname } = useLocation()
  const all = [...main, ...more.flatMap(({ tabs }) => tabs)]
  const here = all.findLast(({ to, end }) => (end ? pathname === to : pathname.startsWith(to)))
  return (
    <>
      <nav aria-label="Admin" className="hidden w-44 shrink-0 lg:block">
        <Sections role={role} />
      </nav>
      {/* closed again on the next page: its state belongs to one address */}
      <details key={pathname} className="group rounded-card border border-line lg:hidden">
        <summary className="flex min-h-11 cursor-pointer items-center gap-3 px-4 font-medium">
          <Icon name="menu" size={18} />
          {here?.label ?? 'Menu'}
          <Icon name="chevron-down" size={18} className="ml-auto group-open:rotate-180" />
        </summary>
        <nav aria-label="Admin" className="grid grid-cols-2 border-t border-line p-2">
          <Sections role={role} />
        </nav>
      </details>
    </>
  )
}

function Frame({ role, children }: { role: string; children: ReactNode }) {
  return (
    <div className="page pt-4 lg:flex lg:gap-6 lg:pt-6">
      <div className="mb-6 print:hidden lg:mb-0">
        <Menu role={role} />
      </div>
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  )
}

export default function AdminLayout() {
  const { role } = useLoaderData<typeof loader>()
  return (
    <Frame role={role}>
      <Outlet />
    </Frame>
  )
}

/** A page that cannot be made leaves the others in reach; who may not be here at all sees no menu. */
export function ErrorBoundary() {
  const error = useRouteError()
  const role = useRouteLoaderData<typeof loader>('routes/admin/layout')?.role
  return role ? (
    <Frame role={role}>
      <Trouble error={error} />
    </Frame>
  ) : (
    <Trouble error={error} />
  )
}
