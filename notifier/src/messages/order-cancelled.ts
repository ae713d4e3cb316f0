// order.cancelled: it will not come; what happens with the money. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { money, sentence } from '../layout/format.ts'
import { becauseOrdered, orderLines, orderLink, orderTotals } from '../layout/order-blocks.ts'

export function orderCancelled(
  { order, reason, refundMinor }: EventPayload<'order.cancelled'>,
  shop: Shop,
): MailDocument {
  const refund = money(refundMinor, order.currency)
  const aboutMoney =
    refundMinor > 0
      ? `We are sending ${refund} back to the card you paid with. Banks take up to ten days to show it.`
      : 'You have not been charged.'
  return {
    subject: `Your order ${order.number} has been cancelled`,
    preheader: refundMinor > 0 ? `${refund} is on its way back to you.` : 'You have not been charged.',
    eyebrow: `Order ${order.number}`,
    heading: 'Your order has been cancelled',
    blocks: [
      {
        kind: 'paragraph',
        text: `Hello ${order.shippingAddress.fullName}, your order has been cancelled and nothing will be sent. ${aboutMoney}`,
      },
      ...(reason.trim() ? [{ kind: 'note' as const, text: `Reason: ${sentence(reason)}` }] : []),
      { kind: 'button', label: 'See your order', url: orderLink(order) },
      orderLines(order, shop),
      orderTotals(order, 'Order total'),
    ],
    because: becauseOrdered(shop),
  }
}
