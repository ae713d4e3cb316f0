// The orders that were placed before you came: who bought what, when, and how far each got. Pure: the same plan on every
// machine for the same variants and the same day.
import { priceGoods, priceShipping } from '../../storefront/app/domain/cart/price-goods.ts'
import { addUp, type LineInput, type QuotedShipping, type QuoteLine } from '../../storefront/app/domain/cart/totals.ts'
import type { OrderMove, OrderStatus } from '../../storefront/app/domain/orders/order-status.ts'
import type { AppliedCoupon } from '../../storefront/app/domain/promotions/coupon-rules.ts'
import { type OfferedShipping, offer } from '../../storefront/app/domain/shipping/shipping-rules.ts'
import { idOf } from '../ids.ts'
import { type SeedCouponCode, seedCoupon } from '../people/coupons.ts'
import { alice, bob, customers, type Person, type SeedAddress } from '../people/people.ts'
import { type Random, randomOf } from '../random.ts'
import { type PickupJourney, type PlannedPickup, planPickup } from './pickups.ts'

export type SellableVariant = {
  id: string
  sku: string
  title: string
  priceMinor: number
  taxCategory: string
  productId: string
  productSlug: string
  productTitle: string
  imageKey: string | null
}

export type Step = { move: OrderMove | 'place'; at: Date }
export type PlannedOrder = {
  id: string
  number: string
  cartId: string
  buyer: Person
  address: SeedAddress
  status: OrderStatus
  lines: QuoteLine[]
  totals: ReturnType<typeof addUp>
  shipping: QuotedShipping
  coupon: AppliedCoupon | null
  /** Null for a delivery. */
  pickup: PlannedPickup | null
  /** How it got where it is, oldest first. */
  steps: Step[]
  /** Goods were sold, and whether they came back. */
  sold: boolean
  restocked: boolean
  /** Waits to be paid: its goods are held. */
  live: boolean
  reason: string | null
}

type Journey = {
  status: OrderStatus
  moves: [OrderMove | 'place', secondsAfterPlacing: number][]
  reason?: string
  pickup?: PickupJourney
}
const minute = 60
const day = 24 * 3600
const paid: Journey['moves'] = [
  ['place', 0],
  ['reserve', 2],
  ['open_payment', 4],
  ['receive_payment', 3 * minute],
  ['complete', 3 * minute + 2],
]
const shipped: Journey['moves'] = [...paid, ['ship', 0.8 * day]]
const unpaid: Journey['moves'] = [
  ['place', 0],
  ['reserve', 2],
  ['open_payment', 4],
]

/** Every state in which an order rests; those between take seconds. */
export const journeys = {
  paid: { status: 'paid', moves: paid },
  shipped: { status: 'fulfilling', moves: shipped },
  delivered: { status: 'fulfilled', moves: [...shipped, ['deliver', 3.2 * day]] },
  cancelled: {
    status: 'cancelled',
    moves: [...unpaid, ['cancel', 20 * minute]],
    reason: 'I found it in a store nearby',
  },
  /** The completer opens its payment page at the first start: then it waits for payment, and expires unpaid. */
  waiting: {
    status: 'reserved',
    moves: [
      ['place', 0],
      ['reserve', 2],
    ],
  },
  expired: { status: 'expired', moves: [...unpaid, ['expire', 32 * minute]] },
  refunded: {
    status: 'refunded',
    moves: [...paid, ['owe_refund', 0.3 * day], ['refund', 0.3 * day + 5]],
    reason: 'Ordered twice by mistake',
  },
  returned: {
    status: 'refunded',
    moves: [...shipped, ['deliver', 3 * day], ['refund', 9 * day]],
    reason: 'It does not fit',
  },
  /** Paid by card and laid ready at the counter. */
  pickupReady: {
    status: 'paid',
    moves: paid,
    pickup: { city: 'Dublin', paymentMethod: 'card', ready: 0.2 * day, collected: null },
  },
  /** To be got ready; paid when it is fetched. */
  pickupToPay: {
    status: 'awaiting_payment',
    moves: unpaid,
    pickup: { city: 'Cork', paymentMethod: 'in_store', ready: null, collected: null },
  },
  pickupCollected: {
    status: 'fulfilled',
    moves: [...paid, ['hand_over', 1.1 * day + 2], ['deliver', 1.1 * day + 3]],
    pickup: { city: 'Galway', paymentMethod: 'card', ready: 0.3 * day, collected: 1.1 * day },
  },
} as const satisfies Record<string, Journey>
export type JourneyName = keyof typeof journeys

type Service = [code: string, priceMinor: number, freeFromMinor: number, minDays: number, maxDays: number]
const services: Record<string, Service> = { IE: ['standard', 490, 5000, 2, 3], GB: ['standard-gb', 790, 9000, 3, 6] }

function shippingOf(country: string, goodsMinor: number): OfferedShipping {
  const [code, priceMinor, freeFromMinor, minDays, maxDays] = services[country] ?? ['standard-eu', 690, 7500, 3, 5]
  const weightless = { includedGrams: 0, pricePerKgMinor: 0, maxGrams: null }
  const words = { code, name: 'Standard delivery', description: '', countries: [country], currency: 'EUR' }
  return offer({ ...words, ...weightless, priceMinor, freeFromMinor, minDays, maxDays }, { goodsMinor, grams: 0 })
}

const rates: Record<string, [standard: number, reduced: number]> = {
  IE: [2300, 900],
  DE: [1900, 700],
  NL: [2100, 900],
  BE: [2100, 600],
  FR: [2000, 550],
  ES: [2100, 1000],
  IT: [2200, 1000],
  SE: [2500, 1200],
  DK: [2500, 2500],
  GB: [2000, 0],
}
const taxFor = (country: string, category: string) => {
  const [standard, reduced] = rates[country] ?? [2300, 900]
  const isReduced = category === 'reduced'
  return { name: isReduced ? 'VAT reduced' : 'VAT', basisPoints: isReduced ? reduced : standard, included: true }
}

const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const numberOf = (random: Random): string => {
  const word = () => Array.from({ length: 4 }, () => random.pick([...alphabet])).join('')
  return `HS-${word()}-${word()}`
}

function linesOf(random: Random, variants: readonly SellableVariant[], country: string): LineInput[] {
  const chosen = new Map<string, SellableVariant>()
  const wanted = random.int(1, 4)
  while (chosen.size < Math.min(wanted, variants.length)) {
    const variant = random.pick(variants)
    chosen.set(variant.id, variant)
  }
  return [...chosen.values()].map((variant) => ({
    variantId: variant.id,
    productId: variant.productId,
    productSlug: variant.productSlug,
    sku: variant.sku,
    title: variant.productTitle,
    variantTitle: variant.title,
    imageSrc: variant.imageKey ? `/media/${variant.imageKey}` : null,
    quantity: random.chance(0.75) ? 1 : random.int(2, 3),
    unitPriceMinor: variant.priceMinor,
    discountMinor: 0,
    tax: taxFor(country, variant.taxCategory),
  }))
}

type Occasion = { code: SeedCouponCode | undefined; at: Date; pickup: PlannedPickup | null }

/** What the order costs, by the shop's own arithmetic. */
function priceOf(inputs: LineInput[], country: string, { code, at, pickup }: Occasion) {
  const wish = code ? { coupon: seedCoupon(code), usedByCustomer: 0 } : null
  const goods = priceGoods(inputs, { code: code ?? null, wish, currency: 'EUR', at })
  if (pickup) return pickedUp(goods.lines, pickup)
  const offered = shippingOf(country, goods.goodsMinor)
  const { shipping, coupon } = priceShipping(offered, goods.coupon, taxFor(country, 'standard'))
  const { code: service, name, minDays, maxDays, arithmetic } = offered
  return {
    lines: goods.lines,
    totals: addUp(goods.lines, shipping),
    shipping: { code: service, name, priceMinor: shipping?.priceMinor ?? 0, minDays, maxDays, arithmetic },
    coupon,
  }
}

const free = { baseMinor: 0, perKgMinor: 0, chargedKg: 0, grams: 0, freeFromMinor: null, goodsMinor: 0 }
const pickedUp = (lines: QuoteLine[], { store }: PlannedPickup) => ({
  lines,
  totals: addUp(lines, null),
  shipping: {
    code: 'pickup',
    name: `Pickup at ${store.name}`,
    priceMinor: 0,
    minDays: 0,
    maxDays: 1,
    arithmetic: free,
  },
  coupon: null,
})

type Wish = { buyer: Person; journey: JourneyName; daysAgo: number; coupon?: SeedCouponCode }

function wishes(small: boolean): Wish[] {
  const demo: Wish[] = [
    { buyer: alice, journey: 'paid', daysAgo: 0.3 },
    { buyer: alice, journey: 'shipped', daysAgo: 2 },
    { buyer: alice, journey: 'delivered', daysAgo: 12, coupon: 'WELCOME10' },
    { buyer: alice, journey: 'delivered', daysAgo: 41, coupon: 'EARLYBIRD' },
    { buyer: alice, journey: 'cancelled', daysAgo: 16, coupon: 'WELCOME10' },
    { buyer: alice, journey: 'refunded', daysAgo: 27 },
    { buyer: alice, journey: 'expired', daysAgo: 22 },
    { buyer: alice, journey: 'returned', daysAgo: 48 },
    { buyer: bob, journey: 'paid', daysAgo: 0.6 },
    { buyer: bob, journey: 'shipped', daysAgo: 1.5, coupon: 'FREESHIP' },
    { buyer: bob, journey: 'delivered', daysAgo: 20, coupon: 'EARLYBIRD' },
    { buyer: bob, journey: 'expired', daysAgo: 8 },
    { buyer: bob, journey: 'returned', daysAgo: 33 },
    { buyer: bob, journey: 'cancelled', daysAgo: 14 },
  ]
  const random = randomOf('historical orders')
  const others = customers(small ? 4 : 40)
  const waiting = others.slice(0, 1).map((buyer): Wish => ({ buyer, journey: 'waiting', daysAgo: 0 }))
  const history = Array.from({ length: small ? 8 : 125 }, (): Wish => {
    // More lately than long ago: the shop is growing.
    const daysAgo = 1.2 + 58 * random.next() ** 1.4
    const luck = random.next()
    const old: JourneyName =
      luck < 0.86
        ? 'delivered'
        : luck < 0.9
          ? 'cancelled'
          : luck < 0.94
            ? 'expired'
            : luck < 0.97
              ? 'refunded'
              : 'returned'
    const recent: JourneyName = luck < 0.5 ? 'paid' : luck < 0.92 ? 'shipped' : 'cancelled'
    return {
      buyer: random.pick(others),
      journey: daysAgo > 10 ? old : daysAgo > 4.5 && luck < 0.8 ? 'delivered' : recent,
      daysAgo,
    }
  })
  // Last, so that the numbers of those before stay as they are.
  const pickups: Wish[] = [
    { buyer: bob, journey: 'pickupReady', daysAgo: 0.9 },
    { buyer: alice, journey: 'pickupToPay', daysAgo: 0.1 },
    { buyer: alice, journey: 'pickupCollected', daysAgo: 6 },
  ]
  return [...demo, ...waiting, ...history, ...pickups]
}

/** All planned orders as of `now`; amounts by the shop's own arithmetic. */
export function planOrders(variants: readonly SellableVariant[], now: Date, small: boolean): PlannedOrder[] {
  return wishes(small).map(({ buyer, journey, daysAgo, coupon }, index) => {
    const name = `order:${index}`
    const random = randomOf(name)
    const address = buyer.addresses[0]
    if (!address) throw new Error(`${buyer.email} has no address to deliver to`)
    const { status, moves, reason, pickup: wanted } = journeys[journey] as Journey
    const placedAt = new Date(now.getTime() - daysAgo * day * 1000 - (daysAgo > 0 ? random.int(0, 3600) : 5) * 1000)
    const lines = linesOf(random, variants, address.country)
    const pickup = wanted ? planPickup(wanted, placedAt) : null
    const steps = moves.map(([move, after]) => ({ move, at: new Date(placedAt.getTime() + after * 1000) }))
    return {
      id: idOf(name),
      number: numberOf(random),
      cartId: idOf(`cart:${name}`),
      buyer,
      address,
      status,
      ...priceOf(lines, address.country, { code: coupon, at: placedAt, pickup }),
      pickup,
      steps,
      sold: steps.some(({ move }) => move === 'complete'),
      restocked: journey === 'refunded',
      live: journey === 'waiting' || journey === 'pickupToPay',
      reason: reason ?? null,
    }
  })
}
