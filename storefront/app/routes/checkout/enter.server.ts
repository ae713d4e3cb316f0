// The door of checkout's pages: only an open cart whose things are there goes in; everything else is told on the cart's
// page. Nothing is written here.
import { redirect } from '@remix-run/node'
import { type Cart, type CartOwner, findCartOf } from '#app/domain/cart/cart.server.ts'
import { quoteCart } from '#app/domain/cart/quote.server.ts'
import type { Quote } from '#app/domain/cart/totals.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { cartOwner } from '#app/http/cart-owner.ts'
import { setFlash } from '#app/http/flash.server.ts'
import type { Args, SessionUser } from '#app/http/session.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'

export type Checkout = { owner: CartOwner; user: SessionUser | null; cart: Cart; quote: Quote }

/** The visitor's checkout with today's quote; redirects to the cart when there is nothing to check out. */
export async function enterCheckout(args: Args): Promise<Checkout> {
  const visitor = await args.context.visitor()
  const owner = cartOwner(visitor)
  return answerLoader(async () => {
    const cart = await findCartOf(owner)
    if (cart?.status !== 'open') throw redirect(paths.cart())
    try {
      return { owner, user: visitor.user, cart, quote: await quoteCart(cart.id) }
    } catch (error) {
      if (!isDomainError(error, 'out_of_stock') && !isDomainError(error, 'cart_empty')) throw error
      setFlash(args.context, { kind: 'warn', text: error.message })
      throw redirect(paths.cart())
    }
  })
}
