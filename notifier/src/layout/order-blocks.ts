// The parts that mails about an order share. Pure.
import type { EventPayload, OrderSnapshot, PickupStore } from '../../../storefront/app/domain/outbox/events.ts'
import { DeliveryFailure } from '../lib/failure.ts'
import type { Block, Fact, Shop } from './document.ts'
import { addressLines, money, oneLine, picture, sentence, textLines, webLink } from './format.ts'

type Piece = EventPayload<'order.shipped'>['parcel']['lines'][number]

export const isPickup = (order: OrderSnapshot): boolean => order.fulfilment === 'pickup'
export const isPaidInStore = (order: OrderSnapshot): boolean => order.paymentMethod === 'in_store'

type Stage = 'ordered' | 'paid' | 'on_its_way' | 'arrived'

/** The road of this order, and how far it has come. At the counter paying and collecting are one stop. */
export function progress(order: OrderSnapshot, stage: Stage): Block {
  if (!isPickup(order)) {
    const reached = { ordered: 1, paid: 2, on_its_way: 3, arrived: 4 }[stage]
    return { kind: 'progress', steps: ['Ordered', 'Paid', 'Sent', 'Delivered'], reached }
  }
  if (isPaidInStore(order)) {
    const reached = { ordered: 1, paid: 3, on_its_way: 2, arrived: 3 }[stage]
    return { kind: 'progress', steps: ['Ordered', 'Ready', 'Paid and collected'], reached }
  }
  const reached = { ordered: 1, paid: 2, on_its_way: 3, arrived: 4 }[stage]
  return { kind: 'progress', steps: ['Ordered', 'Paid', 'Ready', 'Collected'], reached }
}

/** How a mail begins. */
export const hello = (order: OrderSnapshot): string => `Hello ${order.shippingAddress.fullName}`

/** The order's secret link; throws `rejected` when the event carries something that is no web address. */
export function orderLink(order: OrderSnapshot): string {
  const url = webLink(order.url)
  if (!url) throw new DeliveryFailure('rejected', 'order.url is no http(s) address')
  return url
}

/** The things of the order, with pictures and prices. */
export const orderLines = (order: OrderSnapshot, shop: Shop): Block => ({
  kind: 'lines',
  title: 'Your order',
  lines: order.lines.map((line) => ({
    title: line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    quantity: line.quantity,
    amount: money(line.lineTotalMinor, order.currency),
    pictureUrl: picture(shop.origin, line.imageSrc),
  })),
})

/** What it costs, part by part; a part that is nothing is left out, except delivery. */
export function orderTotals(order: OrderSnapshot, totalLabel: string): Block {
  const amount = (minor: number) => money(minor, order.currency)
  const rows = [{ label: 'Subtotal', value: amount(order.subtotalMinor) }]
  if (order.discountMinor > 0)
    rows.push({
      label: order.couponCode ? `Discount (${oneLine(order.couponCode)})` : 'Discount',
      value: amount(-order.discountMinor),
    })
  rows.push({
    label: isPickup(order) ? 'Pickup' : 'Delivery',
    value: order.shippingMinor === 0 ? 'Free' : amount(order.shippingMinor),
  })
  if (order.taxMinor > 0) rows.push({ label: 'Tax', value: amount(order.taxMinor) })
  const note = order.includedTaxMinor > 0 ? `Includes ${amount(order.includedTaxMinor)} of tax` : null
  return { kind: 'totals', rows, total: { label: totalLabel, value: amount(order.totalMinor) }, note }
}

/** A list of things without prices, with the order's pictures. */
export const pieceLines = (order: OrderSnapshot, shop: Shop, title: string, pieces: Piece[]): Block => {
  const pictures = new Map(order.lines.map((line) => [line.sku, line.imageSrc]))
  const lines = pieces.map((piece) => ({
    ...piece,
    amount: null,
    pictureUrl: picture(shop.origin, pictures.get(piece.sku) ?? null),
  }))
  return { kind: 'lines', title, lines }
}

/** A store as people look for it: where it is, when it is open, how to call it. */
export const storeFacts = (store: PickupStore): Fact[] => [
  { label: 'Collect from', lines: [store.name, store.line1, store.city] },
  ...(store.hoursText ? [{ label: 'Opening hours', lines: textLines(store.hoursText) }] : []),
  ...(store.phone ? [{ label: 'Telephone', lines: [store.phone] }] : []),
]

/** Where it goes, and how: to an address, or to a store's counter. */
export function deliveryFacts(order: OrderSnapshot): Fact[] {
  if (isPickup(order) && order.pickupStore) return storeFacts(order.pickupStore)
  return [
    { label: 'Delivery address', lines: addressLines(order.shippingAddress) },
    { label: 'Delivery method', lines: [order.shippingMethodName] },
  ]
}

/** A link to a document of the order, when there is one. */
export function documentFacts(label: string, what: string, url: string | null | undefined): Fact[] {
  const link = webLink(url ?? null)
  return link ? [{ label, lines: [what], url: link }] : []
}

/** Reason or note in the reader's sight, as its own block; nothing for an empty one. */
export const remark = (label: string, text: string | null | undefined): Block[] =>
  text?.trim() ? [{ kind: 'note', text: `${label}: ${sentence(text)}` }] : []

export const becauseOrdered = (shop: Shop): string =>
  `You get this mail because you ordered at ${shop.name}. Questions? Just reply.`
