// When a guest logs in, what they had chosen joins what their account's cart held: summed, never lost, told where it had
// to be lowered. Repeating a merge changes nothing.
import type { Knex } from 'knex'
import { CartItemModel, CartModel } from '#app/domain/cart/cart-models.server.ts'
import { maxQuantity } from '#app/domain/cart/notices.ts'
import type { ListedVariant } from '#app/domain/catalog/answers.ts'
import { listVariants } from '#app/domain/catalog/catalog.server.ts'
import type { By } from '#app/lib/clock.ts'
import { brokenConstraint, db, transaction } from '#app/lib/db.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'

/** `cartId`: the user's cart from now on, null when there is none. `notices`: what the shopper should know. */
export type MergeOutcome = { cartId: string | null; notices: string[] }

/**
 * Joins the guest's cart into the user's; without one, the guest's becomes the user's. A cart that is being paid for is
 * left alone, with a notice. Never throws because the catalogue is away: stock is looked at again on the cart page.
 */
export async function mergeCarts(
  { guestCartId, userId }: { guestCartId: string | null; userId: string },
  { at }: By,
): Promise<MergeOutcome> {
  const stock = guestCartId ? await stockOf(guestCartId, userId) : new Map<string, ListedVariant>()
  try {
    return await transaction((trx) => mergeLocked(trx, { guestCartId, userId, stock, at }))
  } catch (error) {
    // Another tab of the same person opened or adopted a cart a moment earlier: now there is one to merge into.
    if (brokenConstraint(error) !== 'carts_one_open_per_user') throw error
    return transaction((trx) => mergeLocked(trx, { guestCartId, userId, stock, at }))
  }
}

type Merge = { guestCartId: string | null; userId: string; stock: Map<string, ListedVariant>; at: Date }

async function mergeLocked(trx: Knex.Transaction, merge: Merge): Promise<MergeOutcome> {
  // Both rows in one statement, in the order of their ids, so that two merges cannot wait for each other.
  const locked = await CartModel.query(trx)
    .where((either) => {
      either.where((own) => own.where({ userId: merge.userId }).whereIn('status', ['open', 'checking_out']))
      if (merge.guestCartId) either.orWhere({ id: merge.guestCartId })
    })
    .orderBy('id')
    .forUpdate()
  const own = locked.find((cart) => cart.userId === merge.userId)
  const guest = locked.find((cart) => cart.id === merge.guestCartId && cart.userId === null && cart.status === 'open')
  if (!guest) return { cartId: own?.id ?? null, notices: [] }
  if (!own) return adopt(trx, guest, merge)
  if (own.status === 'checking_out')
    return {
      cartId: own.id,
      notices: ['Your account has a cart that is being paid for. What you chose as a guest was not added to it.'],
    }
  return pour(trx, guest, own, merge)
}

async function adopt(trx: Knex.Transaction, guest: CartModel, { userId, at }: Merge): Promise<MergeOutcome> {
  await guest.$query(trx).patch({ userId, version: guest.version + 1, updatedAt: at })
  return { cartId: guest.id, notices: [] }
}

async function pour(trx: Knex.Transaction, guest: CartModel, own: CartModel, merge: Merge): Promise<MergeOutcome> {
  const items = await CartItemModel.query(trx).whereIn('cartId', [guest.id, own.id]).orderBy(['addedAt', 'id'])
  const notices: string[] = []
  for (const item of items.filter(({ cartId }) => cartId === guest.id)) {
    const present = items.find(({ cartId, variantId }) => cartId === own.id && variantId === item.variantId)
    const wanted = item.quantity + (present?.quantity ?? 0)
    const quantity = capped(wanted, merge.stock.get(item.variantId))
    if (quantity < wanted) notices.push(loweredNotice(wanted, quantity, merge.stock.get(item.variantId) ?? item))
    if (present) await present.$query(trx).patch({ quantity })
    else
      await CartItemModel.query(trx).insert({
        id: newId(merge.at.getTime()),
        cartId: own.id,
        variantId: item.variantId,
        sku: item.sku,
        quantity,
        seenPriceMinor: item.seenPriceMinor,
        addedAt: item.addedAt,
      })
  }
  // The guest's code was typed last.
  const couponCode = guest.couponCode ?? own.couponCode
  await own.$query(trx).patch({ version: own.version + 1, couponCode, updatedAt: merge.at })
  await guest.$query(trx).patch({ status: 'merged', mergedInto: own.id, updatedAt: merge.at })
  return { cartId: own.id, notices }
}

const capped = (wanted: number, variant: ListedVariant | undefined): number =>
  Math.min(wanted, maxQuantity, variant && variant.available > 0 ? variant.available : maxQuantity)

function loweredNotice(wanted: number, quantity: number, item: ListedVariant | CartItemModel): string {
  const name = 'productTitle' in item ? item.productTitle : item.sku
  return `${name}: your cart has ${quantity} instead of ${wanted}, that is all we can sell you now.`
}

async function stockOf(guestCartId: string, userId: string): Promise<Map<string, ListedVariant>> {
  const carts = CartModel.query(db()).select('id').where({ id: guestCartId }).orWhere({ userId, status: 'open' })
  const items = await CartItemModel.query(db()).whereIn('cartId', carts).distinct('sku')
  try {
    const variants = await listVariants(items.map((item) => item.sku))
    return new Map(variants.map((variant) => [variant.id, variant]))
  } catch (error) {
    if (isDomainError(error, 'catalog_unavailable')) return new Map()
    throw error
  }
}
