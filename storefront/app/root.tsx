// The document of every page: what all pages need (visitor, cart count, categories, message) and the error page.

import figtree from '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2?url'
import fraunces from '@fontsource-variable/fraunces/files/fraunces-latin-wght-normal.woff2?url'
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
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
import { ButtonLink } from '#app/ui/button.tsx'
import { useNonce } from '#app/ui/nonce.ts'
import { RequestNumber } from '#app/ui/request-number.tsx'
import { Shell, type ShellInfo } from '#app/ui/shell.tsx'
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
  return [{ title: error ? `${wordsFor(error).title} · ${shopName}` : shopName }]
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

type Said = { title: string; text: string }
const said: Record<number, Said> = {
  403: { title: 'This is not for your account', text: 'You are logged in, but this page needs other rights.' },
  404: {
    title: 'We cannot find that page',
    text: 'It may have moved or sold out. The search above knows everything we have.',
  },
  410: {
    title: 'We no longer sell this',
    text: 'It had its time here. The search above finds what we have instead.',
  },
  405: { title: 'That is not possible here', text: 'Please go back and use the buttons of the page.' },
  503: {
    title: 'One moment, please',
    text: 'This part of the shop is not available right now. Please try again in a minute.',
  },
}
const fault: Said = {
  title: 'Something went wrong',
  text: 'It is our fault, not yours, and nothing you did is lost. Please try again in a moment.',
}

function wordsFor(error: unknown): Said & { status: number } {
  const status = isRouteErrorResponse(error) ? error.status : 500
  return { status, ...(said[status] ?? fault) }
}

export function ErrorBoundary() {
  const error = useRouteError()
  const { status, title, text } = wordsFor(error)
  // A rule's own words say more than ours, except "this was not found".
  const own =
    isRouteErrorResponse(error) && ![404, 410].includes(status) && typeof error.data === 'object'
      ? (error.data as { message?: string } | null)?.message
      : undefined
  return (
    <Frame>
      <div className="page py-20 text-center">
        <p className="font-display text-lg text-muted">{status}</p>
        <h1 className="mt-2 text-2xl">{title}</h1>
        <p className="mx-auto mt-4 max-w-lg text-muted">{own ?? text}</p>
        <ButtonLink to={paths.home()} className="mt-8">
          Back to the shop
        </ButtonLink>
        {![404, 410].includes(status) && <RequestNumber />}
      </div>
    </Frame>
  )
}
