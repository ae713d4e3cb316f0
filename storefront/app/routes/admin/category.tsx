// One category for staff, or a new one (`/admin/categories/new`): its form, where it stands, and taking it away when empty.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { actOutside } from '#app/domain/audit/audit.server.ts'
import {
  adminCreateCategory,
  adminDeleteCategory,
  adminListCategories,
  adminUpdateCategory,
} from '#app/domain/catalog/staff/categories.server.ts'
import { categoryInput, possibleParents } from '#app/domain/catalog/staff/category-input.ts'
import { onSlugForm } from '#app/domain/catalog/staff/slug-form.ts'
import { can } from '#app/domain/identity/roles.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CategoryForm } from '#app/ui/category-form.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { Breadcrumb, PageTitle } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'products:read')
  const id = args.params.id ?? ''
  return answerLoader(async () => {
    const all = await adminListCategories()
    const category = all.find((one) => one.id === id) ?? null
    if (!category && id !== 'new') throw notFound('The category')
    const parents = possibleParents(all, category?.id ?? null)
    return {
      category,
      parents: parents.map(({ id: value, name, depth }) => ({ value, label: `${'– '.repeat(depth)}${name}` })),
      mayWrite: can(role, 'products:write'),
    }
  })
}

const versioned = z.object({
  version: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
})

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'products:write')
  const id = args.params.id ?? ''
  const act = { action: 'categories:write', subject: `category:${id}`, subjectOf }
  return answerPage(args, {
    save: async ({ values, visitor }) => {
      const input = parse(categoryInput, values)
      const by = byVisitor(visitor)
      const after = ({ name, slug, parentId, position }: Facts) => ({ name, slug, parentId, position })
      const work = async () => {
        if (id === 'new') return actOutside(by, { ...act, after }, () => adminCreateCategory(input))
        const { version } = parse(versioned, values)
        const before = (await adminListCategories()).find((one) => one.id === id)
        return actOutside(by, { ...act, before: before && after(before), after }, () =>
          adminUpdateCategory(id, { ...input, version }),
        )
      }
      const saved = await work().catch((error) => {
        throw onSlugForm(error)
      })
      return { to: paths.adminCategory(saved.id), flash: { kind: 'good', text: `${saved.name} is saved.` } }
    },
    remove: async ({ visitor }) => {
      await actOutside(byVisitor(visitor), { ...act, subjectOf: undefined, after: { deleted: true } }, () =>
        adminDeleteCategory(id),
      )
      return { to: paths.adminCategories(), flash: { kind: 'good', text: 'The category is gone.' } }
    },
  })
}

const subjectOf = (saved: { id: string }) => `category:${saved.id}`

type Facts = { name: string; slug: string; parentId: string | null; position: number }

export default function AdminCategory() {
  const { category, parents, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData()
  const title = category?.name ?? 'New category'
  const full = category && category.ownProducts + category.ownCategories > 0
  return (
    <>
      <Breadcrumb items={[{ name: 'Categories', to: paths.adminCategories() }, { name: title }]} />
      <PageTitle title={title}>
        {category && (
          <Link to={paths.category(category.slug)} className="link inline-flex min-h-11 items-center">
            See it in the shop
          </Link>
        )}
      </PageTitle>
      <CategoryForm
        // A saved category comes with a new version: the form starts afresh.
        key={category?.version ?? 0}
        category={category}
        parents={parents}
        readOnly={!mayWrite}
        problem={problemOf(answer, 'save')}
      />
      {category && mayWrite && (
        <section className="card mt-8 p-5">
          <h2 className="text-lg">Take it away</h2>
          <p className="mt-1 mb-4 text-muted">
            {full
              ? `It holds ${category.ownProducts} products and ${category.ownCategories} categories. Move them first.`
              : 'It is empty. Its address will lead to the category above it.'}
          </p>
          {!full && (
            <PostForm problem={problemOf(answer, 'remove')}>
              <Button variant="danger" name="intent" value="remove">
                Delete {category.name}
              </Button>
            </PostForm>
          )}
        </section>
      )}
    </>
  )
}
