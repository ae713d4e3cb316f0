import '../../../test/database.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { type CartOwner, findCartOf } from '#app/domain/cart/cart.server.ts'
import { closeCart, holdCart, reopenCart } from '#app/domain/cart/checking-out.server.ts'
import { countCartItems } from '#app/domain/cart/count-items.server.ts'
import { addItem, removeItem, setQuantity } from '#app/domain/cart/items.server.ts'
import { settleCart } from '#app/domain/cart/settle-cart.server.ts'
import { viewCart } from '#app/domain/cart/view-cart.server.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { aVariant, startCatalogue } from '../../../test/catalogue.ts'
import { startClock } from '../../../test/clock.ts'
import { statementsOf } from '../../../test/statements.ts'

const catalogue = startCatalogue()
const now = startClock()
const mug = aVariant({ sku: 'MUG-SAGE', available: 20 })
const bowl = aVariant({ sku: 'BOWL-SAND', priceMinor: 2500, available: 3 })
const nobody: CartOwner = { userId: null, cartId: null }

beforeEach(() => {
  catalogue.variants = [mug, bowl]
})

const aUser = async (): Promise<string> => {
  const id = newId()
  await db()('users').insert({ id, email: `${id}@example.com`, name: 'Alice' })
  return id
}
const guestWith = async (sku: string, quantity: number): Promise<CartOwner> => {
  const { cartId } = await addItem({ ...nobody, sku, quantity }, now())
  return { userId: null, cartId }
}
const linesOf = async (owner: CartOwner) => {
  const cart = await findCartOf(owner)
  return cart ? (await viewCart(cart.id)).lines.map(({ sku, wanted }) => [sku, wanted]) : null
}
const versionOf = async (owner: CartOwner) => (await findCartOf(owner))?.version

describe('putting things in', () => {
  test('the first thing put in makes the cart; looking does not', async () => {
    expect(await findCartOf({ userId: null, cartId: newId() })).toBeNull()
    const owner = await guestWith('MUG-SAGE', 2)
    expect(await linesOf(owner)).toEqual([['MUG-SAGE', 2]])
    expect(await countCartItems({ user: null, cartId: owner.cartId })).toBe(2)
  })

  test('the same thing twice is one line, and every change is a new version', async () => {
    const owner = await guestWith('MUG-SAGE', 2)
    const before = await versionOf(owner)
    await addItem({ ...owner, sku: 'MUG-SAGE', quantity: 3 }, now())
    expect(await linesOf(owner)).toEqual([['MUG-SAGE', 5]])
    expect(await versionOf(owner)).toBe((before ?? 0) + 1)
  })

  test('more than there is becomes what there is, and says so', async () => {
    const change = await addItem({ ...nobody, sku: 'BOWL-SAND', quantity: 5 }, now())
    expect(change).toMatchObject({ quantity: 3, notice: 'Only 3 of Mug BOWL-SAND left: your cart now has 3.' })
  })

  test('never more than 99 of one thing', async () => {
    catalogue.variants = [aVariant({ ...mug, available: 500 })]
    const owner = await guestWith('MUG-SAGE', 99)
    const change = await addItem({ ...owner, sku: 'MUG-SAGE', quantity: 1 }, now())
    expect(change).toMatchObject({ quantity: 99, notice: '99 of one item is the most an order takes.' })
  })

  test('what is sold out, not for sale or unknown cannot be put in', async () => {
    catalogue.variants = [
      aVariant({ sku: 'SOLD-OUT', available: 0 }),
      aVariant({ sku: 'DRAFT', productStatus: 'draft' }),
    ]
    await expect(addItem({ ...nobody, sku: 'SOLD-OUT', quantity: 1 }, now())).rejects.toMatchObject({
      code: 'out_of_stock',
    })
    await expect(addItem({ ...nobody, sku: 'DRAFT', quantity: 1 }, now())).rejects.toMatchObject({ code: 'not_found' })
    await expect(addItem({ ...nobody, sku: 'NONE', quantity: 1 }, now())).rejects.toMatchObject({ code: 'not_found' })
  })

  test.each([0, -1, 1.5, 100, 1e9, 2 ** 31, Number.NaN])('a quantity of %s is refused', async (quantity) => {
    await expect(addItem({ ...nobody, sku: 'MUG-SAGE', quantity }, now())).rejects.toMatchObject({
      code: 'validation_failed',
      extra: { fields: { quantity: ['Choose a number from 1 to 99.'] } },
    })
  })

  test('while the catalogue is away nothing can be put in, and the shopper is told', async () => {
    catalogue.mode = 'down'
    await expect(addItem({ ...nobody, sku: 'MUG-SAGE', quantity: 1 }, now())).rejects.toMatchObject({
      code: 'catalog_unavailable',
    })
  })

  test('twenty clicks at once are all counted', async () => {
    catalogue.variants = [aVariant({ ...mug, available: 99 })]
    const owner = await guestWith('MUG-SAGE', 1)
    const clicks = Array.from({ length: 20 }, async () => {
      for (;;) {
        try {
          return await addItem({ ...owner, sku: 'MUG-SAGE', quantity: 1 }, now())
        } catch (error) {
          if ((error as { code?: string }).code !== 'cart_changed') throw error
        }
      }
    })
    await Promise.all(clicks)
    expect(await linesOf(owner)).toEqual([['MUG-SAGE', 21]])
    expect(await versionOf(owner)).toBe(22)
  })

  test('two first clicks of a signed-in shopper end in one cart', async () => {
    const owner = { userId: await aUser(), cartId: null }
    await Promise.all([
      addItem({ ...owner, sku: 'MUG-SAGE', quantity: 1 }, now()),
      addItem({ ...owner, sku: 'BOWL-SAND', quantity: 1 }, now()),
    ])
    const carts = await db()('carts').where({ userId: owner.userId })
    expect(carts).toHaveLength(1)
    expect((await linesOf(owner))?.map(([sku]) => sku).sort()).toEqual(['BOWL-SAND', 'MUG-SAGE'])
  })
})

describe('changing', () => {
  test('a quantity can be set and a thing taken out', async () => {
    const owner = await guestWith('MUG-SAGE', 2)
    await addItem({ ...owner, sku: 'BOWL-SAND', quantity: 1 }, now())
    await setQuantity({ ...owner, sku: 'MUG-SAGE', quantity: 7 }, now())
    await removeItem({ ...owner, sku: 'BOWL-SAND' }, now())
    await removeItem({ ...owner, sku: 'BOWL-SAND' }, now())
    expect(await linesOf(owner)).toEqual([['MUG-SAGE', 7]])
  })

  test('a quantity can be set while the catalogue is away', async () => {
    const owner = await guestWith('MUG-SAGE', 2)
    catalogue.mode = 'down'
    await setQuantity({ ...owner, sku: 'MUG-SAGE', quantity: 1 }, now())
    expect((await linesOf(owner))?.[0]).toEqual(['MUG-SAGE', 1])
  })

  test("somebody else's cart is not found", async () => {
    const mine = { userId: await aUser(), cartId: null }
    const { cartId } = await addItem({ ...mine, sku: 'MUG-SAGE', quantity: 1 }, now())
    const thief = { userId: null, cartId }
    const other = { userId: await aUser(), cartId }
    expect(await findCartOf(thief)).toBeNull()
    expect(await findCartOf(other)).toBeNull()
    await expect(removeItem({ ...thief, sku: 'MUG-SAGE' }, now())).rejects.toMatchObject({ code: 'not_found' })
    await expect(setQuantity({ ...other, sku: 'MUG-SAGE', quantity: 9 }, now())).rejects.toMatchObject({
      code: 'not_found',
    })
    const added = await addItem({ ...thief, sku: 'BOWL-SAND', quantity: 1 }, now())
    expect(added.cartId).not.toBe(cartId)
    expect(await linesOf(mine)).toEqual([['MUG-SAGE', 1]])
  })

  test('a cart that is being paid for cannot be changed, and can again when the payment came to nothing', async () => {
    const owner = await guestWith('MUG-SAGE', 2)
    const cartId = owner.cartId as string
    await transaction((trx) => holdCart(trx, cartId))
    await expect(setQuantity({ ...owner, sku: 'MUG-SAGE', quantity: 1 }, now())).rejects.toMatchObject({
      code: 'cart_busy',
    })
    await transaction((trx) => reopenCart(trx, cartId))
    await setQuantity({ ...owner, sku: 'MUG-SAGE', quantity: 1 }, now())
    expect(await linesOf(owner)).toEqual([['MUG-SAGE', 1]])
  })

  test('after the order the next thing put in begins a new cart', async () => {
    const owner = await guestWith('MUG-SAGE', 2)
    await transaction((trx) => closeCart(trx, owner.cartId as string))
    expect(await findCartOf(owner)).toBeNull()
    const next = await addItem({ ...owner, sku: 'BOWL-SAND', quantity: 1 }, now())
    expect(next.cartId).not.toBe(owner.cartId)
  })
})

describe('looking', () => {
  test('the cart shows live prices and what changed, and orders only what there is', async () => {
    const owner = await guestWith('MUG-SAGE', 3)
    await addItem({ ...owner, sku: 'BOWL-SAND', quantity: 1 }, now())
    catalogue.variants = [aVariant({ ...mug, priceMinor: 1500, available: 2 })]
    const view = await viewCart(owner.cartId as string)
    expect(view.lines.map(({ notices }) => notices.map(({ kind }) => kind))).toEqual([
      ['lowered', 'price_up'],
      ['gone'],
    ])
    expect(view).toMatchObject({ count: 2, subtotalMinor: 3000, live: true, canCheckOut: true })
  })

  test('going on to checkout makes the cart what it showed', async () => {
    const owner = await guestWith('MUG-SAGE', 3)
    await addItem({ ...owner, sku: 'BOWL-SAND', quantity: 1 }, now())
    catalogue.variants = [aVariant({ ...mug, priceMinor: 1500, available: 2 })]
    expect(await settleCart(owner, now())).toBe(2)
    const view = await viewCart(owner.cartId as string)
    expect(view.lines).toHaveLength(1)
    expect(view.lines[0]).toMatchObject({ sku: 'MUG-SAGE', quantity: 2, notices: [] })
  })

  test('with nothing left to order the cart is empty', async () => {
    const owner = await guestWith('MUG-SAGE', 3)
    catalogue.variants = []
    expect(await settleCart(owner, now())).toBe(0)
    expect(await linesOf(owner)).toEqual([])
    expect(await settleCart(nobody, now())).toBe(0)
  })

  test('while the catalogue is away the cart is still readable, from the last good copy', async () => {
    const owner = await guestWith('MUG-SAGE', 2)
    await viewCart(owner.cartId as string)
    catalogue.mode = 'down'
    const view = await viewCart(owner.cartId as string)
    expect(view).toMatchObject({ subtotalMinor: 2400, live: true })
    expect(view.lines[0]).toMatchObject({ title: 'Mug MUG-SAGE' })
  })

  test('without a copy it shows what was put in, and checkout waits', async () => {
    const owner = await guestWith('MUG-SAGE', 2)
    catalogue.mode = 'down'
    const view = await viewCart(owner.cartId as string)
    expect(view).toMatchObject({ subtotalMinor: 2400, live: false, canCheckOut: false })
  })

  test('a cart of thirty lines costs as many statements and calls as one of a single line', async () => {
    catalogue.variants = Array.from({ length: 30 }, (_, index) => aVariant({ sku: `THING-${index}` }))
    const owner = await guestWith('THING-0', 1)
    const single = await statementsOf(() => viewCart(owner.cartId as string))
    for (const { sku } of catalogue.variants) await addItem({ ...owner, sku, quantity: 1 }, now())
    catalogue.calls = []
    const many = await statementsOf(() => viewCart(owner.cartId as string))
    expect(single).toHaveLength(2)
    expect(many).toHaveLength(2)
    expect(catalogue.calls).toHaveLength(1)
    expect(await statementsOf(() => countCartItems({ user: null, cartId: owner.cartId }))).toHaveLength(1)
    expect(await statementsOf(() => countCartItems({ user: null, cartId: null }))).toHaveLength(0)
  })
})
