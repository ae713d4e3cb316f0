import '../../../test/database.ts'
import { beforeEach, expect, test } from 'vitest'
import { findOpenCartOf } from '#app/domain/cart/cart.server.ts'
import { holdCart } from '#app/domain/cart/checking-out.server.ts'
import { addItem } from '#app/domain/cart/items.server.ts'
import { mergeCarts } from '#app/domain/cart/merge.server.ts'
import { viewCart } from '#app/domain/cart/view-cart.server.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { aVariant, startCatalogue } from '../../../test/catalogue.ts'
import { startClock } from '../../../test/clock.ts'

const catalogue = startCatalogue()
const now = startClock()

beforeEach(() => {
  catalogue.variants = [
    aVariant({ sku: 'MUG', available: 5, id: '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a11' }),
    aVariant({ sku: 'BOWL', id: '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a12' }),
    aVariant({ sku: 'VASE', id: '0199a3c2-6f1e-7a40-9d0b-3f6f8f2b9a13' }),
  ]
})

const aUser = async (): Promise<string> => {
  const id = newId()
  await db()('users').insert({ id, email: `${id}@example.com`, name: 'Alice' })
  return id
}
type Wish = [sku: string, quantity: number]
const fill = async (userId: string | null, wishes: Wish[]): Promise<string> => {
  let cartId: string | null = null
  for (const [sku, quantity] of wishes) ({ cartId } = await addItem({ userId, cartId, sku, quantity }, now()))
  return cartId as unknown as string
}
const contents = async (cartId: string | null) =>
  (await viewCart(cartId as string)).lines.map(({ sku, wanted }) => [sku, wanted]).sort()

test('what a guest chose is added to what their account had, the same things summed', async () => {
  const userId = await aUser()
  await fill(userId, [
    ['MUG', 1],
    ['BOWL', 2],
  ])
  const guestCartId = await fill(null, [
    ['MUG', 3],
    ['VASE', 1],
  ])
  const { cartId, notices } = await mergeCarts({ guestCartId, userId }, now())
  expect(await contents(cartId)).toEqual([
    ['BOWL', 2],
    ['MUG', 4],
    ['VASE', 1],
  ])
  expect(notices).toEqual([])
  expect(await db()('carts').where({ id: guestCartId }).first('status', 'mergedInto')).toEqual({
    status: 'merged',
    mergedInto: cartId,
  })
})

test('a discount code is kept: the guest’s, typed last, before the account’s', async () => {
  const userId = await aUser()
  const own = await fill(userId, [['MUG', 1]])
  const couponOf = async () => (await db()('carts').where({ id: own }).first('couponCode')).couponCode
  await db()('carts').where({ id: own }).update({ couponCode: 'OWN' })
  await mergeCarts({ guestCartId: await fill(null, [['MUG', 1]]), userId }, now())
  expect(await couponOf()).toBe('OWN')
  const guestCartId = await fill(null, [['VASE', 1]])
  await db()('carts').where({ id: guestCartId }).update({ couponCode: 'GUEST' })
  await mergeCarts({ guestCartId, userId }, now())
  expect(await couponOf()).toBe('GUEST')
})

test('a sum above the stock is lowered to it, with a word about it', async () => {
  const userId = await aUser()
  await fill(userId, [['MUG', 3]])
  const guestCartId = await fill(null, [['MUG', 4]])
  const { cartId, notices } = await mergeCarts({ guestCartId, userId }, now())
  expect(await contents(cartId)).toEqual([['MUG', 5]])
  expect(notices).toEqual(['Mug MUG: your cart has 5 instead of 7, that is all we can sell you now.'])
})

test('logging in twice does not double anything', async () => {
  const userId = await aUser()
  await fill(userId, [['BOWL', 1]])
  const guestCartId = await fill(null, [['BOWL', 1]])
  const first = await mergeCarts({ guestCartId, userId }, now())
  const second = await mergeCarts({ guestCartId, userId }, now())
  expect(second.cartId).toBe(first.cartId)
  expect(await contents(first.cartId)).toEqual([['BOWL', 2]])
})

test('two log-ins at the same moment merge once', async () => {
  const userId = await aUser()
  const guestCartId = await fill(null, [['BOWL', 2]])
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => mergeCarts({ guestCartId, userId }, now())))
  expect(new Set(outcomes.map(({ cartId }) => cartId)).size).toBe(1)
  expect(await contents(guestCartId)).toEqual([['BOWL', 2]])
})

test("without a cart of their own, the guest's becomes theirs", async () => {
  const userId = await aUser()
  const guestCartId = await fill(null, [['VASE', 2]])
  const { cartId } = await mergeCarts({ guestCartId, userId }, now())
  expect(cartId).toBe(guestCartId)
  expect((await findOpenCartOf(userId))?.id).toBe(guestCartId)
})

test("another account's cart is never taken", async () => {
  const [victim, thief] = [await aUser(), await aUser()]
  const theirs = await fill(victim, [['VASE', 1]])
  expect(await mergeCarts({ guestCartId: theirs, userId: thief }, now())).toEqual({ cartId: null, notices: [] })
  expect((await findOpenCartOf(victim))?.id).toBe(theirs)
})

test('a cart that is being paid for is left alone, and so is what the guest chose', async () => {
  const userId = await aUser()
  const own = await fill(userId, [['BOWL', 1]])
  await transaction((trx) => holdCart(trx, own))
  const guestCartId = await fill(null, [['VASE', 1]])
  const { cartId, notices } = await mergeCarts({ guestCartId, userId }, now())
  expect(cartId).toBe(own)
  expect(notices).toHaveLength(1)
  expect(await contents(own)).toEqual([['BOWL', 1]])
  expect(await contents(guestCartId)).toEqual([['VASE', 1]])
})

test('logging in works while the catalogue is away', async () => {
  const userId = await aUser()
  await fill(userId, [['MUG', 3]])
  const guestCartId = await fill(null, [['MUG', 4]])
  catalogue.mode = 'down'
  const { cartId } = await mergeCarts({ guestCartId, userId }, now())
  expect(await contents(cartId)).toEqual([['MUG', 7]])
})
