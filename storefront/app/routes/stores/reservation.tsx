// A reservation behind its secret link, or for its signed-in owner: the code, until when, where, and letting it go. The
// token must not travel to other sites.
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { storeTime } from '#app/domain/pickup/pickup-store.ts'
import { cancelReservation } from '#app/domain/reservations/end.server.ts'
import { findReservation } from '#app/domain/reservations/queries.server.ts'
import type { OwnReservation } from '#app/domain/reservations/reservation-view.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { ReservationCard } from '#app/ui/reservation-card.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded ? `Reservation ${loaded.reservation.number}` : 'Reservation'} · Highstreet` },
  { name: 'robots', content: 'noindex' },
]

export const headers = ({ loaderHeaders }: { loaderHeaders: Headers }) => loaderHeaders

const tokenOf = (request: Request) => new URL(request.url).searchParams.get('token') ?? undefined

async function requireOwn({ request, context, params }: LoaderFunctionArgs): Promise<OwnReservation> {
  const { user } = await context.visitor()
  const whose = { token: tokenOf(request), userId: user?.id }
  const found = await findReservation((params.number ?? '').slice(0, 20), whose)
  if (!found) throw notFound('The reservation')
  return found
}

export async function loader(args: LoaderFunctionArgs) {
  const { id: _id, token: _token, ...reservation } = await answerLoader(() => requireOwn(args))
  const { store, expiresAt, endedAt } = reservation
  const times = { until: storeTime(store, expiresAt), ended: endedAt && storeTime(store, endedAt) }
  const headers = { 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'same-origin' }
  return data({ reservation, times }, { headers })
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    cancel: async ({ visitor }) => {
      const { id, number } = await requireOwn(args)
      await cancelReservation({ id, endedBy: 'shopper' }, byVisitor(visitor))
      const text = 'It is on the shelf again. Thank you for telling us.'
      return { to: paths.reservation(number, { token: tokenOf(args.request) }), flash: { kind: 'good', text } }
    },
  })
}

export default function ReservationPage() {
  const { reservation, times } = useLoaderData<typeof loader>()
  return (
    <div className="page max-w-3xl py-8 lg:py-12">
      <ReservationCard reservation={reservation} times={times} problem={problemOf(useActionData(), 'cancel')} />
      <p className="mt-8 text-sm text-muted">
        Keep the link to this page (it is also in our mail): it is the key to your reservation.{' '}
        <Link to={paths.store(reservation.store.slug)} className="link">
          {reservation.store.name}: address, hours, directions
        </Link>
      </p>
    </div>
  )
}
