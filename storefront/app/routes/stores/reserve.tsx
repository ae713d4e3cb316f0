// Reserve a thing in a store: kept for two opening hours, paid at its counter. A guest gives name and e-mail address.
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listVariants } from '#app/domain/catalog/catalog.server.ts'
import { storesForBasket } from '#app/domain/catalog/inventory.server.ts'
import { getStore } from '#app/domain/catalog/stores.server.ts'
import { emailAddress } from '#app/domain/identity/email.ts'
import { limitByNetwork } from '#app/domain/identity/rate-limit.server.ts'
import { personName } from '#app/domain/identity/text.ts'
import { storeTime } from '#app/domain/pickup/pickup-store.ts'
import { holdUntil, keptOpenHours } from '#app/domain/reservations/hold-until.ts'
import { mostPieces } from '#app/domain/reservations/reservation-view.ts'
import { reserveInStore } from '#app/domain/reservations/reserve.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { answerPublic } from '#app/http/list-query.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { paths } from '#app/paths.ts'
import { Breadcrumb } from '#app/ui/parts.tsx'
import { ReserveForm, ReserveRefused, ReserveThing } from '#app/ui/reserve-form.tsx'
import { OpenNow } from '#app/ui/store-card.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded ? `Reserve at ${loaded.store.name}` : 'Reserve'} · Highstreet` },
  { name: 'robots', content: 'noindex' },
]

const skuShape = z
  .string()
  .max(64)
  .regex(/^[A-Z0-9]+([._-][A-Z0-9]+)*$/)

export async function loader({ request, context, params: { slug = '' } }: LoaderFunctionArgs) {
  return answerPublic(request, async () => {
    const sku = skuShape.safeParse(new URL(request.url).searchParams.get('sku'))
    if (!sku.success) throw notFound('The product')
    const [store, [variant]] = await Promise.all([getStore(slug), listVariants([sku.data])])
    if (!variant) throw notFound('The product')
    const [found] = await storesForBasket({ storeId: store.id, basket: [{ sku: variant.sku, quantity: 1 }] })
    const until = holdUntil(store.coming, new Date())
    const { user } = await context.visitor()
    const { slug: storeSlug, name, line1, city, open, today, timezone } = store
    return data(
      {
        store: { slug: storeSlug, name, line1, city, open, today },
        thing: {
          sku: variant.sku,
          title: variant.productTitle,
          slug: variant.productSlug,
          variantTitle: variant.title,
          image: variant.image,
          priceMinor: variant.priceMinor,
          currency: variant.currency,
        },
        available: found?.lines[0]?.available ?? null,
        until: until && storeTime({ timezone }, until),
        user: user && { name: user.name, email: user.email },
        formKey: newId(),
      },
      { headers: { 'Cache-Control': 'private, no-store' } },
    )
  })
}

const form = z.object({
  sku: skuShape,
  quantity: z.enum(['1', '2'], 'One or two pieces.').transform(Number),
  name: personName,
  email: emailAddress,
  formKey: z.uuid('Load the page again, please.'),
})

export async function action(args: ActionFunctionArgs) {
  const storeSlug = args.params.slug ?? ''
  return answerPage(args, {
    reserve: async ({ values, visitor }) => {
      const { user } = visitor
      // Whoever is logged in reserves with the account's own address: its limits are not somebody else's.
      const wanted = parse(form, user ? { ...values, email: user.email } : values)
      await limitByNetwork('store_reservation', visitor.ip)
      const input = { ...wanted, storeSlug, userId: user?.id ?? null }
      const { number, token } = await reserveInStore(input, byVisitor(visitor))
      const text = 'It is kept for you. We have sent you the code by mail as well.'
      return { to: paths.reservation(number, { token }), flash: { kind: 'good', text } }
    },
  })
}

export default function ReservePage() {
  const { store, thing, available, until, user, formKey } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData(), 'reserve')
  const trail = [
    { name: 'Stores', to: paths.stores({ sku: thing.sku }) },
    { name: store.name, to: paths.store(store.slug) },
    { name: 'Reserve' },
  ]
  return (
    <div className="page max-w-3xl">
      <Breadcrumb items={trail} />
      <h1 className="pt-2 text-3xl">Reserve at {store.name}</h1>
      <p className="mt-3 text-muted">
        {store.line1}, {store.city}.
      </p>
      <p className="mt-1">
        <OpenNow open={store.open} today={store.today} />
      </p>
      <div className="card mt-8 grid gap-6 p-6">
        <ReserveThing thing={thing} available={available} />
        {available === null || available < 1 || !until ? (
          <ReserveRefused available={available} sku={thing.sku} />
        ) : (
          <>
            <p>
              We keep it until <strong>{until}</strong>, the store’s time: {keptOpenHours} hours in which the store is
              open. You pay there, in cash or by card. What is not collected goes back on the shelf by itself.
            </p>
            <ReserveForm
              sku={thing.sku}
              most={Math.min(mostPieces, available)}
              user={user}
              formKey={problem?.values.formKey ?? formKey}
              problem={problem}
            />
          </>
        )}
      </div>
      <p className="mt-6 text-sm text-muted">
        Rather have it sent?{' '}
        <Link to={paths.product(thing.slug, { sku: thing.sku })} className="link">
          Back to {thing.title}
        </Link>
      </p>
    </div>
  )
}
