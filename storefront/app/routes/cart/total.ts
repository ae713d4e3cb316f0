// The arithmetic of the visitor's cart as a file. Reads only.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { findCartOf } from '#app/domain/cart/cart.server.ts'
import { estimateCart } from '#app/domain/cart/estimate.server.ts'
import { documentOf } from '#app/domain/cart/explain/document.ts'
import { viewOf } from '#app/domain/cart/view-cart.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { cartOwner } from '#app/http/cart-owner.ts'
import { answerDownload } from '#app/http/download.server.ts'
import { notFound } from '#app/lib/errors.ts'

export async function loader({ context }: LoaderFunctionArgs) {
  const told = await answerLoader(async () => {
    const cart = await findCartOf(cartOwner(await context.visitor()))
    const sums = cart && (await estimateCart(cart, await viewOf(cart), new Date())).sums
    if (!sums) throw notFound('The cart')
    return documentOf('cart', sums)
  })
  return answerDownload('highstreet-cart-total.json', told)
}
