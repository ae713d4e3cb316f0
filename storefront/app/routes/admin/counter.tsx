// The counter of a store: a code is checked off, what is kept here is seen, and what cannot be kept is given up.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { adminListStores } from '#app/domain/catalog/staff/stores.server.ts'
import { getStore } from '#app/domain/catalog/stores.server.ts'
import { limitByAccount } from '#app/domain/identity/rate-limit.server.ts'
import { can } from '#app/domain/identity/roles.ts'
import { line } from '#app/domain/identity/text.ts'
import { storeTime } from '#app/domain/pickup/pickup-store.ts'
import { collectByCode } from '#app/domain/reservations/counter.server.ts'
import { cancelReservation } from '#app/domain/reservations/end.server.ts'
import { countHeld, listForCounter } from '#app/domain/reservations/queries.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { readMyStore } from '#app/http/my-store.server.ts'
import { parse, parseQuery } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { formatMoney } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { ChooseCounter, CodeForm, CounterList } from '#app/ui/counter.tsx'
import { EmptyState, PageTitle } from '#app/ui/parts.tsx'

const query = z.object({
  store: z.string().max(120).catch('').default(''),
  q: z.string().trim().max(100).catch('').default(''),
})

/** The store of the address, else the one this browser calls its own; beside it those to choose from, found by `q`. */
async function counterOf(request: Request) {
  const { store, q } = parseQuery(query, request)
  const slug = store || readMyStore(request)
  const [found, held, here] = await Promise.all([
    adminListStores({ kind: 'shop', status: 'open', q: q || undefined, limit: shownStores }),
    countHeld(),
    slug ? findStore(slug) : null,
  ])
  const isListed = found.items.some(({ id }) => id === here?.id)
  const stores = [...(here && !isListed ? [here] : []), ...found.items]
  return {
    stores: stores.map(({ id, name, slug }) => ({ id, name, slug, held: held[id] ?? 0 })),
    here: here && { id: here.id, name: here.name, slug: here.slug },
    q,
    total: found.total,
  }
}

const shownStores = 100

const findStore = (slug: string) =>
  getStore(slug).catch((error: unknown) => {
    if (isDomainError(error, 'not_found') || isDomainError(error, 'validation_failed')) return null
    throw error
  })

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireStaff(args, 'orders:read')
  return answerLoader(async () => {
    const { here, ...choice } = await counterOf(args.request)
    const rows = here ? await listForCounter(here.id, new Date()) : []
    const kept = rows.map((row) => ({
      ...row,
      until: storeTime(row.store, row.expiresAt),
      ended: row.endedAt && storeTime(row.store, row.endedAt),
    }))
    return { ...choice, here, kept, mayHandOver: can(user.role, 'orders:ship') }
  })
}

const uuid = z.uuid('Choose a store first.')
const collect = z.object({
  storeId: uuid,
  code: z.string('Type the code.').trim().min(1, 'Type the code.').max(20, 'A code has six letters and digits.'),
})
const cancel = z.object({ id: uuid, reason: line(200, 'Tell the shopper why.') })

export async function action(args: ActionFunctionArgs) {
  const staff = await requireStaff(args, 'orders:ship')
  const url = new URL(args.request.url)
  const back = paths.adminCounter({ store: url.searchParams.get('store') })
  return answerPage(args, {
    collect: async ({ values, visitor }) => {
      const input = parse(collect, values)
      await limitByAccount('counter_code', staff.id)
      const { quantity, item, totalMinor, currency, name } = await collectByCode(input, byVisitor(visitor))
      const thing = `${quantity} × ${item.title}, ${item.variantTitle}`
      const text = `The code is right. ${thing} for ${name ?? 'the shopper'}: take ${formatMoney(totalMinor, currency)} and hand it over.`
      return { to: back, flash: { kind: 'good', text } }
    },
    cancel: async ({ values, visitor }) => {
      const { id, reason } = parse(cancel, values)
      await cancelReservation({ id, endedBy: 'store', reason }, byVisitor(visitor))
      return { to: back, flash: { kind: 'good', text: 'Given up; we have written to the shopper.' } }
    },
  })
}

export default function CounterPage() {
  const { stores, q, total, here, kept, mayHandOver } = useLoaderData<typeof loader>()
  const acted = useActionData()
  const held = kept.filter(({ status }) => status === 'held')
  const over = kept.filter(({ status }) => status !== 'held')
  return (
    <>
      <PageTitle title={here ? `Counter: ${here.name}` : 'Counter'} />
      <ChooseCounter stores={stores} q={q} total={total} here={here?.slug ?? ''} />
      {here && mayHandOver && <CodeForm storeId={here.id} problem={problemOf(acted, 'collect')} />}
      {here && (
        <section className="mt-8">
          <h2 className="mb-3 text-xl">Kept here now</h2>
          {held.length === 0 ? (
            <EmptyState title="Nothing is reserved here at the moment" />
          ) : (
            <CounterList rows={held} mayCancel={mayHandOver} problem={problemOf(acted, 'cancel')} />
          )}
        </section>
      )}
      {over.length > 0 && (
        <section className="mt-8">
          <h2 className="mb-3 text-xl">Over since yesterday</h2>
          <CounterList rows={over} mayCancel={false} />
        </section>
      )}
      <p className="mt-8 text-sm text-muted">
        Orders that are picked up here are handed over on{' '}
        <Link to={paths.adminOrders()} className="link">
          their own pages
        </Link>
        .
      </p>
    </>
  )
}
