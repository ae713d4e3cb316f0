// order.refunded: money went back, all or part of it. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { money, sentence } from '../layout/format.ts'
import { becauseOrdered, orderLines, orderLink, orderTotals } from '../layout/order-blocks.ts'

export function orderRefunded(
  { order, refundMinor, reason }: EventPayload<'order.refunded'>,
  shop: Shop,
): MailDocument {
  const refund = money(refundMinor, order.currency)
  const isAll = refundMinor >= order.totalMinor
  return {
    subject: `${refund} refunded for your order ${order.number}`,
    preheader: 'It goes back to the card you paid with; banks take up to ten days to show it.',
    eyebrow: `Order ${order.number}`,
    heading: `${refund} is on its way back`,
    blocks: [
      {
        kind: 'paragraph',
        text: `Hello ${order.shippingAddress.fullName}, we have refunded ${isAll ? 'the whole' : 'part'} of your order: ${refund} to the card you paid with. Banks take up to ten days to show it.`,
      },
      ...(reason.trim() ? [{ kind: 'note' as const, text: `Reason: ${sentence(reason)}` }] : []),
      { kind: 'button', label: 'See your order', url: orderLink(order) },
      orderLines(order, shop),
      orderTotals(order, 'Order total'),
    ],
    because: becauseOrdered(shop),
  }
}
