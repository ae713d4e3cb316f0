// Pickups for tests: stores of the real catalogue with things on their shelves, and carts that are picked up there.
import { setPaymentMethod, setPickup } from '#app/domain/cart/pickup.server.ts'
import { adminCreateProduct } from '#app/domain/catalog/admin.server.ts'
import { listVariants } from '#app/domain/catalog/catalog.server.ts'
import { adjustStock } from '#app/domain/catalog/inventory.server.ts'
import { settle } from '#app/domain/checkout/complete.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import type { PaymentMethod } from '#app/domain/pickup/pickup-rules.ts'
import { db } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'
import { aCategory, aWarehouse, inCatalogue } from './real-catalogue.ts'
import { aCheckout, aFullCart, guest } from './shopping.ts'
import { payOn } from './stage.ts'

type StoreGiven = { services?: string[]; status?: string; closedDays?: boolean }

/** A shop in Cork that hands out orders and is open every day, unless told otherwise. Answers its id. */
export async function aShop({ services = ['click_and_collect'], status = 'open', closedDays }: StoreGiven = {}) {
  const id = newId()
  await inCatalogue(
    `INSERT INTO stores (id, slug, name, line1, city, postcode, country, latitude, longitude, timezone, phone, services, status)
     VALUES ($1, $2, $3, '12 Oliver Plunkett Street', 'Cork', 'T12 V6KX', 'IE', 51.9, -8.47, 'Europe/Dublin', '+353215550112', $4, $5)`,
    [id, `cork-${id.slice(-8)}`, `Highstreet Cork ${id.slice(-4)}`, services, status],
  )
  if (!closedDays)
    await inCatalogue(
      "INSERT INTO store_hours (store_id, weekday, opens, closes) SELECT $1, day, '00:00', '23:59' FROM generate_series(1, 7) day",
      [id],
    )
  return id
}

let [warehouseId, categoryId] = ['', '']

/** The place that ships and lets nobody in. */
export async function theWarehouse(): Promise<string> {
  warehouseId ||= await aWarehouse()
  return warehouseId
}

/** A product for 18 € with so many pieces in the shop, and ten in the warehouse that ships. */
export async function onShelf(storeId: string, units: number) {
  categoryId ||= await aCategory()
  const sku = `MUG-${newId().slice(-8).toUpperCase()}`
  const variants = [{ sku, priceMinor: 1800, optionValues: {}, weightGrams: 300 }]
  const texts = { title: `Stoneware mug ${sku}`, subtitle: '', description: '', brand: 'Highstreet' }
  const kind = { categoryId, taxCategory: 'standard', status: 'published' as const, featured: false, options: [] }
  await adminCreateProduct({ ...texts, ...kind, variants })
  const received = { sku, kind: 'receive', reason: 'test', actor: 'test' } as const
  for (const [place, delta] of [
    [storeId, units],
    [await theWarehouse(), 10],
  ] as const)
    if (delta > 0) await adjustStock({ ...received, ref: newId(), storeId: place, delta })
  const [variant] = await listVariants([sku])
  if (!variant) throw new Error('the product is not for sale')
  return variant
}

/** What lies in the shop of a variant. */
export const shelfOf = async (storeId: string, variantId: string) =>
  (
    await inCatalogue<{ on_hand: number; reserved: number }>(
      'SELECT on_hand, reserved FROM inventory WHERE store_id = $1 AND variant_id = $2',
      [storeId, variantId],
    )
  )[0]

type PickupGiven = { units?: number; quantity?: number; paymentMethod?: PaymentMethod; email?: string }
type Shelf = { storeId: string; variant: Awaited<ReturnType<typeof onShelf>> }

/** A cart that is picked up, ready to be ordered. */
export async function aPickupCart(given: PickupGiven = {}, shelf?: Shelf) {
  const storeId = shelf?.storeId ?? (await aShop())
  const variant = shelf?.variant ?? (await onShelf(storeId, given.units ?? 5))
  const cart = await aFullCart({ variant, quantity: given.quantity ?? 2 })
  const owner = { userId: null, cartId: cart.id }
  // Everybody is somebody else, unless said: one person holds only a few unpaid orders.
  const email = given.email ?? `${cart.id}@example.com`
  await db()('carts').where({ id: cart.id }).update({ email })
  await setPickup({ ...owner, storeId, name: 'Alice Archer', billingAddress: null }, guest())
  if (given.paymentMethod) await setPaymentMethod({ ...owner, paymentMethod: given.paymentMethod }, guest())
  return { id: cart.id, storeId, variant }
}

/** An order that is picked up: placed, and by card also paid. */
export async function aPickup(given: PickupGiven = {}, at = new Date()) {
  const cart = await aPickupCart(given)
  const placed = await placeOrder(await aCheckout(cart.id), guest(at))
  if (placed.paymentUrl) {
    await payOn(placed.paymentUrl)
    await settle({ orderId: placed.orderId }, guest())
  }
  return { ...placed, ...cart, id: placed.orderId, cartId: cart.id }
}
