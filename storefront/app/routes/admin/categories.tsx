// The category tree for staff: what stands where, with what is in it; each row a link to its form.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { adminListCategories } from '#app/domain/catalog/staff/categories.server.ts'
import { asTree } from '#app/domain/catalog/staff/category-input.ts'
import { can } from '#app/domain/identity/roles.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState, PageTitle } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'products:read')
  const items = asTree(await answerLoader(adminListCategories))
  return { items, mayWrite: can(role, 'products:write') }
}

const indents = ['', 'pl-8', 'pl-16', 'pl-24', 'pl-32']

export default function AdminCategories() {
  const { items, mayWrite } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Categories">
        {mayWrite && <ButtonLink to={paths.adminCategory('new')}>New category</ButtonLink>}
      </PageTitle>
      {items.length === 0 ? (
        <EmptyState title="There is no category yet" action={{ to: paths.adminCategory('new'), label: 'Make one' }} />
      ) : (
        <div className="card overflow-x-auto">
          <table className="w-full min-w-140 text-left">
            <caption className="px-4 pt-4 text-left text-sm text-muted">
              {items.length} {items.length === 1 ? 'category' : 'categories'}, as shoppers see them from top to bottom
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className="px-4 py-3 font-medium">Category</th>
                <th className="px-4 py-3 font-medium">Address</th>
                <th className="px-4 py-3 text-right font-medium">Position</th>
                <th className="px-4 py-3 text-right font-medium">Products</th>
              </tr>
            </thead>
            <tbody>
              {items.map((category) => (
                <tr key={category.id} className="border-b border-line last:border-0 hover:bg-sunk">
                  <td className={`px-4 py-1 ${indents[Math.min(category.depth, 4)]}`}>
                    <Link
                      to={paths.adminCategory(category.id)}
                      className={`inline-flex min-h-11 items-center hover:underline ${category.depth === 0 ? 'font-semibold' : ''}`}
                    >
                      {category.depth > 0 && <span className="sr-only">Level {category.depth + 1}: </span>}
                      {category.name}
                    </Link>
                  </td>
                  <td className="px-4 py-1 text-muted">
                    <Link
                      to={paths.category(category.slug)}
                      className="inline-flex min-h-11 items-center hover:underline"
                    >
                      {paths.category(category.slug)}
                    </Link>
                  </td>
                  <td className="nums px-4 py-1 text-right text-muted">{category.position}</td>
                  <td className="nums px-4 py-1 text-right">{category.ownProducts}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
