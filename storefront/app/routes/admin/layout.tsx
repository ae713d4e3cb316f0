// The frame of the admin pages: who may enter, and what there is for their role. Each page below asks again by itself.
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { NavLink, Outlet, useLoaderData } from '@remix-run/react'
import { can } from '#app/domain/identity/roles.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Icon, type IconName } from '#app/ui/icon.tsx'

export const meta: MetaFunction = () => [{ title: 'Admin · Highstreet' }, { name: 'robots', content: 'noindex' }]

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireStaff(args, 'admin:enter')
  return { orders: can(user.role, 'orders:read'), products: can(user.role, 'products:read') }
}

const tab = ({ isActive }: { isActive: boolean }) =>
  `inline-flex min-h-11 items-center gap-2 rounded-full px-4 font-medium whitespace-nowrap ${isActive ? 'bg-accent text-accent-ink' : 'text-ink hover:bg-sunk'}`

export default function AdminLayout() {
  const may = useLoaderData<typeof loader>()
  const tabs: { to: string; label: string; icon: IconName; shown: boolean; end?: boolean }[] = [
    { to: paths.admin(), label: 'Today', icon: 'layout-dashboard', shown: true, end: true },
    { to: paths.adminOrders(), label: 'Orders', icon: 'package', shown: may.orders },
    { to: paths.adminProducts(), label: 'Products', icon: 'tag', shown: may.products },
  ]
  return (
    <div className="page">
      <nav aria-label="Admin" className="-mx-1 mb-6 flex gap-1 overflow-x-auto border-b border-line px-1 py-3">
        {tabs
          .filter((entry) => entry.shown)
          .map((entry) => (
            <NavLink key={entry.to} to={entry.to} end={entry.end} className={tab}>
              <Icon name={entry.icon} size={18} />
              {entry.label}
            </NavLink>
          ))}
      </nav>
      <Outlet />
    </div>
  )
}
