// Staff's list of products of every status: search and filter in the URL, each row a link to its form.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { adminListProducts } from '#app/domain/catalog/admin.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { ListFilter } from '#app/ui/list-filter.tsx'
import { Price } from '#app/ui/money.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, PageTitle, StatusBadge } from '#app/ui/parts.tsx'
import { Picture } from '#app/ui/picture.tsx'
import { productStatusChoices, productStatusLabel, productStatusTone } from '#app/ui/product-form.tsx'

const query = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  status: z.enum(['draft', 'published', 'archived']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'products:read')
  const filter = parseQuery(query, args.request)
  const found = await answerLoader(() => adminListProducts({ ...filter, q: filter.q || undefined, limit: 30 }))
  return { ...found, filter }
}

export default function AdminProducts() {
  const { items, total, page, pages, filter } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Products">
        <ButtonLink to={paths.adminProductNew()}>New product</ButtonLink>
      </PageTitle>
      <ListFilter label="Products" wordsLabel="Name or SKU" filter={filter} statuses={productStatusChoices} />
      {items.length === 0 ? (
        <EmptyState title="No product fits" action={{ to: paths.adminProducts(), label: 'Show all products' }} />
      ) : (
        <div className="card overflow-x-auto">
          <table className="w-full min-w-160 text-left">
            <caption className="px-4 pt-4 text-left text-sm text-muted">
              {total} {total === 1 ? 'product' : 'products'}
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className="px-4 py-3 font-medium">Product</th>
                <th className="px-4 py-3 font-medium">Category</th>
                <th className="px-4 py-3 text-right font-medium">Variants</th>
                <th className="px-4 py-3 text-right font-medium">Available</th>
                <th className="px-4 py-3 text-right font-medium">Price</th>
                <th className="px-4 py-3 font-medium">Status</th>
              </tr>
            </thead>
            <tbody>
              {items.map((product) => (
                <tr key={product.id} className="border-b border-line last:border-0 hover:bg-sunk">
                  <td className="px-4 py-2">
                    <Link
                      to={paths.adminProduct(product.id)}
                      className="flex min-h-11 items-center gap-3 font-semibold hover:underline"
                    >
                      <Picture
                        image={product.image}
                        alt=""
                        sizes="2.5rem"
                        className="size-10 max-w-10 rounded-lg object-cover"
                      />
                      {product.title}
                    </Link>
                  </td>
                  <td className="px-4 py-2 text-muted">{product.category.name}</td>
                  <td className="px-4 py-2 text-right">{product.variantCount}</td>
                  <td className="px-4 py-2 text-right">{product.availableUnits}</td>
                  <td className="px-4 py-2 text-right">
                    {product.priceFromMinor !== null && (
                      <Price
                        minor={product.priceFromMinor}
                        toMinor={product.priceToMinor ?? undefined}
                        currency={product.currency}
                      />
                    )}
                  </td>
                  <td className="px-4 py-2">
                    <StatusBadge tone={productStatusTone(product.status)}>
                      {productStatusLabel(product.status)}
                    </StatusBadge>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminProducts({ ...filter, page: next })} />
    </>
  )
}
