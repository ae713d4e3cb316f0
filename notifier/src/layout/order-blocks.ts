// The parts that mails about an order share. Pure.
import type { OrderSnapshot } from '../../../storefront/app/domain/outbox/events.ts'
import { DeliveryFailure } from '../lib/failure.ts'
import type { Block, Shop } from './document.ts'
import { addressLines, money, picture, webLink } from './format.ts'

const journey = ['Ordered', 'Paid', 'Sent', 'Delivered'] as const

/** How far the order has come: 1 ordered … 4 delivered. */
export const progress = (reached: 1 | 2 | 3 | 4): Block => ({ kind: 'progress', steps: journey, reached })

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
  if (order.discountMinor > 0) rows.push({ label: 'Discount', value: amount(-order.discountMinor) })
  rows.push({ label: 'Delivery', value: order.shippingMinor === 0 ? 'Free' : amount(order.shippingMinor) })
  if (order.taxMinor > 0) rows.push({ label: 'Tax', value: amount(order.taxMinor) })
  const note = order.includedTaxMinor > 0 ? `Includes ${amount(order.includedTaxMinor)} of tax` : null
  return { kind: 'totals', rows, total: { label: totalLabel, value: amount(order.totalMinor) }, note }
}

/** Where it goes, and how. */
export const deliveryFacts = (order: OrderSnapshot) => [
  { label: 'Delivery address', lines: addressLines(order.shippingAddress) },
  { label: 'Delivery method', lines: [order.shippingMethodName] },
]

export const becauseOrdered = (shop: Shop): string =>
  `You get this mail because you ordered at ${shop.name}. Questions? Just reply.`
