// The document of every page: what all pages need (visitor, cart count, categories, message) and the error page.

import figtree from '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2?url'
import fraunces from '@fontsource-variable/fraunces/files/fraunces-latin-wght-normal.woff2?url'
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError, useRouteLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { countCartItems } from '#app/domain/cart/count-items.server.ts'
import { catalogIsStale, listCategories } from '#app/domain/catalog/catalog.server.ts'
import { isStaff } from '#app/domain/identity/roles.ts'
import { env } from '#app/env.server.ts'
import { readDistanceUnit } from '#app/http/distance-unit.server.ts'
import { takeFlash } from '#app/http/flash.server.ts'
import { isUnavailable } from '#app/lib/db.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { useNonce } from '#app/ui/nonce.ts'
import { Shell, type ShellInfo } from '#app/ui/shell.tsx'
import { Trouble, troubleTitle } from '#app/ui/trouble.tsx'
import styles from './styles.css?url'

export const links: LinksFunction = () => [
  { rel: 'preload', href: figtree, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'preload', href: fraunces, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'stylesheet', href: styles },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
]

/** A page's own title replaces this one; an error page has no other. */
export const meta: MetaFunction<typeof loader> = ({ data, error }) => {
  const shopName = data?.shop.shopName ?? 'Highstreet'
  return [{ title: error ? `${troubleTitle(error)} · ${shopName}` : shopName }]
}

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await args.context.visitor()
  const [cartCount, categories] = await Promise.all([countCartItems(visitor), topCategories()])
  const shop: ShellInfo = {
    shopName: env().SHOP_NAME,
    user: visitor.user && { name: visitor.user.name, isStaff: isStaff(visitor.user.role) },
    cartCount,
    flash: takeFlash(args),
    categories,
    query: searchedFor(args.request),
    stale: catalogIsStale(),
  }
  const unit = readDistanceUnit(args.request)
  return { shop, csrf: visitor.csrf, origin: env().STOREFRONT_ORIGIN, unit }
}

/** The words in the header's search box; `q` of other pages is not theirs. */
function searchedFor(request: Request): string | undefined {
  const { pathname, searchParams } = new URL(request.url)
  return pathname === paths.search() ? searchParams.get('q')?.slice(0, 200) : undefined
}

/** The header's categories; a catalogue that cannot be reached leaves the shop standing without them. */
async function topCategories() {
  try {
    return (await listCategories()).map(({ slug, name }) => ({ slug, name }))
  } catch (error) {
    if (isDomainError(error, 'catalog_unavailable') || isUnavailable(error)) return []
    throw error
  }
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#fbf8f3" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#171512" media="(prefers-color-scheme: dark)" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

const nobody: ShellInfo = { shopName: 'Highstreet', user: null, cartCount: 0, flash: null, categories: [] }

/** The shop's frame, also around error pages, where the root's own data may be missing. */
function Frame({ children }: { children: ReactNode }) {
  const shop = useRouteLoaderData<typeof loader>('root')?.shop ?? nobody
  return <Shell shop={shop}>{children}</Shell>
}

export default function App() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  return (
    <Frame>
      <Trouble error={error} />
    </Frame>
  )
}
