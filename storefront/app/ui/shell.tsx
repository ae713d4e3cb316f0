// The frame of every page: skip link, header with search, categories, account and cart, footer. Works without JavaScript.
import { Link, NavLink, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { Flash } from '#app/http/flash.server.ts'
import { paths } from '#app/paths.ts'
import { CartCount } from './cart-count.tsx'
import { Icon } from './icon.tsx'
import { Notice } from './parts.tsx'
import { SearchBox } from './search-box.tsx'

export type ShellInfo = {
  shopName: string
  user: { name: string; isStaff: boolean } | null
  cartCount: number
  flash: Flash | null
  categories: { slug: string; name: string }[]
  query?: string
  /** The catalogue is away: prices and stock on the page are some minutes old. */
  stale?: boolean
}

export function Shell({ shop, children }: { shop: ShellInfo; children: ReactNode }) {
  return (
    <>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:bg-surface focus:p-3"
      >
        Skip to the content
      </a>
      {/* half a star, used by every row of stars of the page */}
      <svg width="0" height="0" className="absolute" aria-hidden="true">
        <defs>
          <linearGradient id="half-star">
            <stop offset="50%" stopColor="var(--accent)" />
            <stop offset="50%" stopColor="transparent" />
          </linearGradient>
        </defs>
      </svg>
      <Header shop={shop} />
      <main id="main" className="min-h-[60vh] pb-20">
        {shop.stale && (
          <div className="page pt-4">
            <Notice kind="warn">
              Our catalogue is taking a short break. Prices and stock may be some minutes old; checkout waits for it.
            </Notice>
          </div>
        )}
        {shop.flash && (
          <div className="page pt-4">
            <Notice kind={shop.flash.kind} live>
              {shop.flash.text}
            </Notice>
          </div>
        )}
        {children}
      </main>
      <Footer shop={shop} />
    </>
  )
}

const iconLink =
  'relative inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-full px-2 text-ink hover:bg-sunk sm:px-3'

function Header({ shop }: { shop: ShellInfo }) {
  const inAdmin = useLocation().pathname.startsWith(paths.admin())
  return (
    <header className="z-30 print:hidden lg:sticky lg:top-0 border-b border-line bg-paper/95 backdrop-blur">
      <div className="page flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5 lg:flex-nowrap">
        <Link to={paths.home()} className="mr-auto font-display text-xl font-semibold tracking-tight lg:mr-4">
          {shop.shopName}
        </Link>
        <SearchBox query={shop.query} inAdmin={inAdmin} />
        <nav aria-label="Stores, account and cart" className="flex items-center lg:ml-auto">
          <Link to={paths.stores()} className={iconLink}>
            <Icon name="map-pin" />
            <span className="sr-only sm:not-sr-only">Stores</span>
          </Link>
          {shop.user?.isStaff && (
            <Link to={paths.admin()} className={iconLink}>
              <Icon name="layout-dashboard" />
              <span className="sr-only sm:not-sr-only">Admin</span>
            </Link>
          )}
          <Link to={shop.user ? paths.account() : paths.login()} className={iconLink}>
            <Icon name="user" />
            <span className="sr-only sm:not-sr-only">{shop.user ? firstName(shop.user.name) : 'Log in'}</span>
          </Link>
          <Link to={paths.cart()} className={iconLink}>
            <Icon name="shopping-bag" />
            <span className="sr-only sm:not-sr-only">Cart</span>
            <CartCount count={shop.cartCount} />
          </Link>
        </nav>
      </div>
      {shop.categories.length > 0 && !inAdmin && (
        <nav aria-label="Categories" className="page">
          <ul className="-mx-3 flex gap-1 overflow-x-auto pb-1.5 text-sm [scrollbar-width:none]">
            {shop.categories.map((category) => (
              <li key={category.slug} className="shrink-0">
                <NavLink
                  to={paths.category(category.slug)}
                  className={({ isActive }) =>
                    `inline-flex min-h-9 items-center rounded-full px-3 ${isActive ? 'bg-accent-soft font-semibold text-accent-strong' : 'text-muted hover:bg-sunk hover:text-ink'}`
                  }
                >
                  {category.name}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  )
}

const firstName = (name: string) => name.split(' ')[0] ?? name

const footerLink = 'inline-flex min-h-8 items-center text-muted hover:text-ink hover:underline'

function Footer({ shop }: { shop: ShellInfo }) {
  return (
    <footer className="border-t border-line bg-sunk print:hidden">
      <div className="page grid gap-10 py-12 sm:grid-cols-2 lg:grid-cols-4">
        <div>
          <p className="font-display text-xl font-semibold">{shop.shopName}</p>
          <p className="mt-2 max-w-64 text-muted">
            Good things for every room, sent from our warehouse or waiting for you in a shop nearby.
          </p>
        </div>
        <FooterList
          title="Shop"
          links={shop.categories
            .slice(0, 6)
            .map((category) => ({ to: paths.category(category.slug), label: category.name }))}
        />
        <FooterList
          title="Help"
          links={[
            { to: `${paths.help()}#delivery`, label: 'Delivery' },
            { to: `${paths.help()}#returns`, label: 'Returns and refunds' },
            { to: `${paths.help()}#payment`, label: 'Payment' },
            { to: `${paths.help()}#privacy`, label: 'Privacy' },
          ]}
        />
        <FooterList
          title="You"
          links={[
            { to: paths.account(), label: 'Your account' },
            { to: paths.accountOrders(), label: 'Your orders' },
            { to: paths.orderLookup(), label: 'Find an order' },
            { to: paths.cart(), label: 'Your cart' },
            { to: paths.stores(), label: 'Find a store' },
          ]}
        />
      </div>
      <p className="page pb-8 text-sm text-muted">
        Prices include VAT where it applies.{' '}
        <Link to={paths.noJs()} className="hover:text-ink hover:underline">
          Works with and without JavaScript.
        </Link>
      </p>
    </footer>
  )
}

function FooterList({ title, links }: { title: string; links: { to: string; label: string }[] }) {
  if (links.length === 0) return null
  return (
    <nav aria-label={title}>
      <h2 className="font-sans text-base font-semibold tracking-normal">{title}</h2>
      <ul className="mt-2">
        {links.map((link) => (
          <li key={link.label}>
            <Link to={link.to} className={footerLink}>
              {link.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
