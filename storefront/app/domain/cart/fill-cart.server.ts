// Filling a cart with several things at once, as they were bought before: at today's prices, as many as there are. What is
// gone or fewer is said, never a reason to refuse the rest.
import type { Knex } from 'knex'
import { type Cart, type CartOwner, findCartOf, openCart } from '#app/domain/cart/cart.server.ts'
import { CartItemModel } from '#app/domain/cart/cart-models.server.ts'
import { changeCart } from '#app/domain/cart/change-cart.server.ts'
import { maxQuantity, sellable } from '#app/domain/cart/notices.ts'
import type { ListedVariant } from '#app/domain/catalog/answers.ts'
import { listVariants } from '#app/domain/catalog/catalog.server.ts'
import type { By } from '#app/lib/clock.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { formatMoney, shopCurrency } from '#app/lib/money.ts'

type Wanted = { sku: string; title: string; quantity: number; unitPriceMinor: number }

/**
 * Puts the lines into the visitor's cart, opening one when there is none; a line that the cart holds already is raised to
 * as many, not doubled, so that a double click is one. Answers what changed since in words. Throws out_of_stock when
 * nothing of it is sold any more, cart_busy, catalog_unavailable.
 */
export async function fillCart(
  { lines, ...given }: CartOwner & { lines: readonly Wanted[] },
  by: By,
): Promise<{ cartId: string; notices: string[] }> {
  const variants = await listVariants(lines.map(({ sku }) => sku))
  const wishes = lines.map((line) => {
    const variant = variants.find(({ sku }) => sku === line.sku)
    return { line, variant, quantity: sellable(line.quantity, variant) }
  })
  if (wishes.every(({ quantity }) => quantity === 0))
    throw new DomainError('out_of_stock', 'None of these things can be bought at the moment.')
  const opened = await openCart({ ...given, currency: shopCurrency }, by.at)
  const owner = given.userId ? given : { userId: null, cartId: opened.id }
  return changeCart(
    () => findCartOf(owner),
    by,
    async (trx, cart) => {
      for (const { variant, quantity } of wishes)
        if (variant && quantity > 0) await raise(trx, cart, variant, quantity, by)
      return { cartId: cart.id, notices: wishes.flatMap(noticeOf) }
    },
  )
}

async function raise(
  trx: Knex.Transaction,
  cart: Cart,
  variant: ListedVariant,
  quantity: number,
  by: By,
): Promise<void> {
  const present = await CartItemModel.query(trx).findOne({ cartId: cart.id, variantId: variant.id })
  if (present)
    await present.$query(trx).patch({
      quantity: Math.min(Math.max(present.quantity, quantity), maxQuantity),
      seenPriceMinor: variant.priceMinor,
    })
  else
    await CartItemModel.query(trx).insert({
      id: newId(by.at.getTime()),
      cartId: cart.id,
      variantId: variant.id,
      sku: variant.sku,
      quantity,
      seenPriceMinor: variant.priceMinor,
      addedAt: by.at,
    })
}

type Wish = { line: Wanted; variant: ListedVariant | undefined; quantity: number }

function noticeOf({ line, variant, quantity }: Wish): string[] {
  if (!variant || quantity === 0) return [`${line.title} is ${variant ? 'sold out' : 'no longer sold'}.`]
  const fewer = quantity < line.quantity ? [`Only ${quantity} of ${line.title} left.`] : []
  const then = formatMoney(line.unitPriceMinor, variant.currency)
  const now = formatMoney(variant.priceMinor, variant.currency)
  return then === now ? fewer : [...fewer, `${line.title} costs ${now} now (${then} then).`]
}
