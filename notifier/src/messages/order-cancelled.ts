// order.cancelled: it will not come; what happens with the money. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { money } from '../layout/format.ts'
import {
  becauseOrdered,
  hello,
  isPaidInStore,
  orderLines,
  orderLink,
  orderTotals,
  remark,
} from '../layout/order-blocks.ts'

export function orderCancelled(
  { order, reason, refundMinor }: EventPayload<'order.cancelled'>,
  shop: Shop,
): MailDocument {
  const refund = money(refundMinor, order.currency)
  const back = isPaidInStore(order)
    ? `You get ${refund} back at the counter where you paid.`
    : `We are sending ${refund} back to the card you paid with. Banks take up to ten days to show it.`
  const aboutMoney = refundMinor > 0 ? back : 'You have not been charged.'
  return {
    subject: `Your order ${order.number} has been cancelled`,
    preheader: refundMinor > 0 ? `You get ${refund} back.` : 'You have not been charged.',
    eyebrow: `Order ${order.number}`,
    heading: 'Your order has been cancelled',
    blocks: [
      {
        kind: 'paragraph',
        text: `${hello(order)}, your order has been cancelled and nothing will be sent. ${aboutMoney}`,
      },
      ...remark('Reason', reason),
      { kind: 'button', label: 'See your order', url: orderLink(order) },
      orderLines(order, shop),
      orderTotals(order, 'Order total'),
    ],
    because: becauseOrdered(shop),
  }
}
