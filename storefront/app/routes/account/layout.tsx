// The frame of the account pages. Each page below asks by itself who is there: a guard here protects nothing below it.
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { NavLink, Outlet } from '@remix-run/react'
import { requireUser } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { PostForm } from '#app/ui/form.tsx'
import { Icon, type IconName } from '#app/ui/icon.tsx'

export const meta: MetaFunction = () => [{ title: 'Your account · Highstreet' }, { name: 'robots', content: 'noindex' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireUser(args)
  return null
}

const entries: { to: string; label: string; icon: IconName; end?: boolean }[] = [
  { to: paths.account(), label: 'Your details', icon: 'user', end: true },
  { to: paths.accountOrders(), label: 'Orders', icon: 'package' },
  { to: paths.addresses(), label: 'Addresses', icon: 'map-pin' },
  { to: paths.accountMessages(), label: 'Messages', icon: 'mail' },
  { to: paths.security(), label: 'Password and devices', icon: 'shield-check' },
  { to: paths.privacy(), label: 'Your data', icon: 'lock' },
]

const look =
  'flex min-h-11 w-full items-center gap-2 rounded-full px-3 text-left lg:gap-3 lg:px-4 font-medium whitespace-nowrap'
const entryLook = ({ isActive }: { isActive: boolean }) =>
  `${look} ${isActive ? 'bg-accent-soft text-accent-strong' : 'text-muted hover:bg-sunk hover:text-ink'}`

export default function AccountLayout() {
  return (
    <div className="page grid gap-6 py-8 lg:grid-cols-[15rem_1fr] lg:gap-12 lg:py-12">
      <nav aria-label="Account" className="-mx-2 lg:mx-0">
        <ul className="flex flex-wrap gap-1 lg:flex-col">
          {entries.map(({ to, label, icon, end }) => (
            <li key={to} className="shrink-0">
              <NavLink to={to} end={end} className={entryLook}>
                <Icon name={icon} />
                {label}
              </NavLink>
            </li>
          ))}
          <li className="shrink-0 lg:mt-3 lg:border-t lg:border-line lg:pt-3">
            <PostForm action={paths.logout()}>
              <button type="submit" className={`${look} text-muted hover:bg-sunk hover:text-ink`}>
                <Icon name="log-out" />
                Log out
              </button>
            </PostForm>
          </li>
        </ul>
      </nav>
      <div className="min-w-0">
        <Outlet />
      </div>
    </div>
  )
}
