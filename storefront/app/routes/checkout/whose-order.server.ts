// Whose order a page below /orders/:number is: whoever has the secret link's token, or its signed-in owner. Anybody else
// does not learn that it exists.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import type { OrderView } from '#app/domain/orders/order-view.ts'
import { findOrderByToken, findOrderOf } from '#app/domain/orders/queries.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'

type Args = LoaderFunctionArgs | ActionFunctionArgs

/** The token in the page's address, if any. */
export const tokenOf = ({ request }: Args): string | undefined =>
  new URL(request.url).searchParams.get('token') ?? undefined

/** The order of the link's token; a signed-in owner needs no token. */
export async function findOrderOfPage(args: Args): Promise<OrderView | null> {
  const number = args.params.number ?? ''
  const token = tokenOf(args)
  const { user } = await args.context.visitor()
  return (token ? await findOrderByToken(number, token) : null) ?? (user ? await findOrderOf(user.id, number) : null)
}

/** As findOrderOfPage; throws not_found. */
export async function requireOrderOfPage(args: Args): Promise<OrderView> {
  const order = await findOrderOfPage(args)
  if (!order) throw notFound('The order')
  return order
}

/** The order's own page: behind its link for who came by it, in the account otherwise. */
export const homeOfOrder = (args: Args): string => {
  const token = tokenOf(args)
  const number = args.params.number ?? ''
  return token ? paths.order(number, { token }) : paths.accountOrder(number)
}

/** Nothing of these pages is kept by a cache or told to another site. */
export const privateHeaders = { 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'same-origin' }
