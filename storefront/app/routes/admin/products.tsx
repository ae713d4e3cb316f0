// Staff's list of products of every status: search and filter in the URL, each row a link to its form.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { actOutside } from '#app/domain/audit/audit.server.ts'
import { adminListProducts, adminSetStatus } from '#app/domain/catalog/admin.server.ts'
import { bulkChange } from '#app/domain/catalog/staff/bulk-change.ts'
import { can } from '#app/domain/identity/roles.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { type Post, parse, parseQuery, safeRedirect } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { productCount } from '#app/ui/facet-count.tsx'
import { PostForm } from '#app/ui/form.tsx'
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
  const { role } = await requireStaff(args, 'products:read')
  const filter = parseQuery(query, args.request)
  const found = await answerLoader(() => adminListProducts({ ...filter, q: filter.q || undefined, limit: 30 }))
  return { ...found, filter, mayWrite: can(role, 'products:write') }
}

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'products:write')
  const set =
    (status: 'published' | 'archived') =>
    async ({ values, visitor }: Post) => {
      const { items } = parse(bulkChange, { items: values['items[]'] })
      const act = { action: 'products:write', subject: 'products:several' }
      const { changed, skipped } = await actOutside(
        byVisitor(visitor),
        { ...act, after: (done) => ({ status, ...done }) },
        () => adminSetStatus(items, status),
      )
      const told = `${changed.length} ${changed.length === 1 ? 'product is' : 'products are'} ${status}.`
      const left = skipped.length > 0 ? ` ${skipped.length} left alone: somebody changed them meanwhile.` : ''
      const kind = skipped.length > 0 ? ('warn' as const) : ('good' as const)
      return { to: safeRedirect(values.back, paths.adminProducts()), flash: { kind, text: told + left } }
    }
  return answerPage(args, { publish: set('published'), archive: set('archived') })
}

export default function AdminProducts() {
  const { items, total, totalIsMore, page, pages, filter, mayWrite } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData())
  return (
    <>
      <PageTitle title="Products">
        {mayWrite && <ButtonLink to={paths.adminProductNew()}>New product</ButtonLink>}
      </PageTitle>
      <ListFilter label="Products" wordsLabel="Name or SKU" filter={filter} statuses={productStatusChoices} />
      {items.length === 0 ? (
        <EmptyState title="No product fits" action={{ to: paths.adminProducts(), label: 'Show all products' }} />
      ) : (
        <PostForm problem={problem}>
          <input type="hidden" name="back" value={paths.adminProducts({ ...filter, page })} />
          <div className="card overflow-x-auto">
            <table className="w-full min-w-200 text-left">
              <caption className="px-4 pt-4 text-left text-sm text-muted">
                {productCount(total, totalIsMore)}
                {totalIsMore && ': narrow the list to see the others.'}
              </caption>
              <thead className="text-sm text-muted">
                <tr className="border-b border-line">
                  {mayWrite && (
                    <th className="py-3 pl-4 font-medium">
                      <span className="sr-only">Check</span>
                    </th>
                  )}
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
                  <tr
                    key={product.id}
                    className="border-b border-line last:border-0 hover:bg-sunk has-checked:bg-accent-soft"
                  >
                    {mayWrite && (
                      <td className="pl-4">
                        <label className="flex size-11 items-center justify-center">
                          <input
                            type="checkbox"
                            name="items[]"
                            value={`${product.id}.${product.version}`}
                            aria-label={`Check ${product.title}`}
                            className="size-5 accent-accent"
                          />
                        </label>
                      </td>
                    )}
                    <td className="px-4 py-2">
                      <Link
                        to={paths.adminProduct(product.id)}
                        className="flex min-h-11 items-center gap-3 font-semibold hover:underline"
                      >
                        <Picture
                          image={product.image}
                          alt=""
                          sizes="2.5rem"
                          className="size-10 shrink-0 rounded-lg object-cover"
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
          {mayWrite && <Bulk />}
        </PostForm>
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminProducts({ ...filter, page: next })} />
    </>
  )
}

/** What can be done with all that are checked. */
function Bulk() {
  return (
    <p className="mt-4 flex flex-wrap items-center gap-3" id="field-items">
      <span className="text-muted">With those that are checked:</span>
      <Button variant="secondary" name="intent" value="publish">
        Publish
      </Button>
      <Button variant="danger" name="intent" value="archive">
        Archive
      </Button>
    </p>
  )
}
