// order.refunded: money went back, all or part of it. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { money } from '../layout/format.ts'
import {
  becauseOrdered,
  documentFacts,
  hello,
  orderLines,
  orderLink,
  orderTotals,
  remark,
} from '../layout/order-blocks.ts'

export function orderRefunded(
  { order, refundMinor, reason, paidBack, creditNoteUrl }: EventPayload<'order.refunded'>,
  shop: Shop,
): MailDocument {
  const refund = money(refundMinor, order.currency)
  const isAll = refundMinor >= order.totalMinor
  const atCounter = paidBack === 'in_store'
  const documents = [
    ...documentFacts('Credit note', 'Your credit note', creditNoteUrl),
    ...documentFacts('Invoice', 'Your invoice', order.invoiceUrl),
  ]
  return {
    subject: `${refund} refunded for your order ${order.number}`,
    preheader: atCounter
      ? 'You got it back at the counter.'
      : 'It goes back to the card you paid with; banks take up to ten days to show it.',
    eyebrow: `Order ${order.number}`,
    heading: atCounter ? `${refund} given back` : `${refund} is on its way back`,
    blocks: [
      {
        kind: 'paragraph',
        text: `${hello(order)}, we have refunded ${isAll ? 'the whole' : 'part'} of your order: ${refund} ${atCounter ? 'at the counter.' : 'to the card you paid with. Banks take up to ten days to show it.'}`,
      },
      ...remark('Reason', reason),
      { kind: 'button', label: 'See your order', url: orderLink(order) },
      orderLines(order, shop),
      orderTotals(order, 'Order total'),
      ...(documents.length > 0 ? [{ kind: 'facts' as const, facts: documents }] : []),
    ],
    because: becauseOrdered(shop),
  }
}
