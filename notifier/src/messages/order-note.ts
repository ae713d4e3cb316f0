// order.note: something staff write to the shopper about an order, in their own words. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { textLines } from '../layout/format.ts'
import { becauseOrdered, hello, orderLink } from '../layout/order-blocks.ts'

export const orderNote = ({ order, note }: EventPayload<'order.note'>, shop: Shop): MailDocument => ({
  subject: `A message about your order ${order.number}`,
  preheader: textLines(note)[0] ?? 'We have written to you.',
  eyebrow: `Order ${order.number}`,
  heading: 'A message about your order',
  blocks: [
    { kind: 'paragraph', text: `${hello(order)}, we would like to tell you something about your order:` },
    ...textLines(note).map((text) => ({ kind: 'paragraph' as const, text })),
    { kind: 'button', label: 'See your order', url: orderLink(order) },
  ],
  because: becauseOrdered(shop),
})
