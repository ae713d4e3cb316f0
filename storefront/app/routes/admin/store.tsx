// One store for staff, or a new one (`/admin/stores/new`): where it is, when it is open, what it does; closing and reopening.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { actOutside } from '#app/domain/audit/audit.server.ts'
import { onSlugForm } from '#app/domain/catalog/staff/slug-form.ts'
import { type StoreInput, storeInputOf } from '#app/domain/catalog/staff/store-input.ts'
import { adminCreateStore, adminGetStore, adminUpdateStore } from '#app/domain/catalog/staff/stores.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Breadcrumb, PageTitle, StatusBadge } from '#app/ui/parts.tsx'
import { StoreForm } from '#app/ui/store-form.tsx'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'settings:write')
  const id = args.params.id ?? ''
  return { store: id === 'new' ? null : await answerLoader(() => adminGetStore(id)) }
}

const versioned = z.object({
  version: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
})

const subjectOf = (saved: { id: string }) => `store:${saved.id}`

/** What the log keeps of a store: where it is, whether and how it serves. */
const facts = ({ name, line1, city, status, kind, shipsOrders, services, specialDays }: StoreInput) => ({
  ...{ name, line1, city, status, kind, shipsOrders, services, specialDays: specialDays.map(({ date }) => date) },
})

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'settings:write')
  const id = args.params.id ?? ''
  return answerPage(args, {
    save: async ({ values, visitor }) => {
      const input = storeInputOf(values)
      const act = { action: 'stores:write', subject: `store:${id}`, subjectOf, after: facts }
      const by = byVisitor(visitor)
      const work = async () => {
        if (id === 'new') return actOutside(by, act, () => adminCreateStore(input))
        const { version } = parse(versioned, values)
        const before = facts(await adminGetStore(id))
        return actOutside(by, { ...act, before }, () => adminUpdateStore(id, { ...input, version }))
      }
      const saved = await work().catch((error) => {
        throw onSlugForm(error)
      })
      return { to: paths.adminStore(saved.id), flash: { kind: 'good', text: `${saved.name} is saved.` } }
    },
  })
}

export default function AdminStorePage() {
  const { store } = useLoaderData<typeof loader>()
  const title = store?.name ?? 'New store'
  return (
    <>
      <Breadcrumb items={[{ name: 'Stores', to: paths.adminStores() }, { name: title }]} />
      <PageTitle title={title}>
        {store && (
          <span className="flex items-center gap-4">
            <StatusBadge tone={store.status === 'open' ? 'good' : 'info'}>
              {store.status === 'open' ? 'Open' : 'Closed'}
            </StatusBadge>
            {store.kind === 'shop' && store.status === 'open' && (
              <Link to={paths.store(store.slug)} className="link inline-flex min-h-11 items-center">
                See it in the shop
              </Link>
            )}
          </span>
        )}
      </PageTitle>
      {/* A saved store comes with a new version: the form starts afresh. */}
      <StoreForm key={store?.version ?? 0} store={store} problem={problemOf(useActionData(), 'save')} />
    </>
  )
}
