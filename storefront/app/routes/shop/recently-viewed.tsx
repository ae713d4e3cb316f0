// What this browser looked at last, on a page of its own; clearing the list posts here from wherever it is shown.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { listCards } from '#app/domain/catalog/catalog.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { safeRedirect } from '#app/http/parse.server.ts'
import { forgetViewed, readViewed } from '#app/http/recently-viewed.server.ts'
import { paths } from '#app/paths.ts'
import { EmptyState, PageTitle } from '#app/ui/parts.tsx'
import { ProductGrid } from '#app/ui/product-card.tsx'
import { ForgetViewed } from '#app/ui/recently-viewed.tsx'

export const meta: MetaFunction = () => [
  { title: 'Recently viewed · Highstreet' },
  { name: 'robots', content: 'noindex' },
]
export const headers = () => ({ 'Cache-Control': 'private, no-store' })

export async function loader({ request }: LoaderFunctionArgs) {
  return answerLoader(async () => ({ products: await listCards(readViewed(request)) }))
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    forget: async ({ values }) => {
      forgetViewed(args.context)
      const text = 'What you looked at is forgotten.'
      return { to: safeRedirect(values.redirectTo, paths.recentlyViewed()), flash: { kind: 'good', text } }
    },
  })
}

export default function RecentlyViewedPage() {
  const { products } = useLoaderData<typeof loader>()
  return (
    <div className="page py-8">
      <PageTitle title="Recently viewed">
        {products.length > 0 && <ForgetViewed from={paths.recentlyViewed()} />}
      </PageTitle>
      <p className="mb-8 text-muted">Kept by this browser for thirty days, and by nobody else.</p>
      {products.length === 0 ? (
        <EmptyState title="Nothing looked at yet" action={{ to: paths.home(), label: 'Look around' }} />
      ) : (
        <>
          <h2 className="sr-only">Products</h2>
          <ProductGrid products={products} />
        </>
      )}
    </div>
  )
}
