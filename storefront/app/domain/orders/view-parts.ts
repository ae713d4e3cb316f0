// Parts of an order as its owner sees it, made of rows: lines, refunds, timeline. Pure.
import type { OrderHistory, OrderItem } from '#app/domain/orders/models.ts'
import type { OrderView, TimelineEntry } from '#app/domain/orders/order-view.ts'
import type { MessageView } from '#app/domain/outbox/message-view.ts'
import type { RefundRow } from '#app/domain/payments/refunds.server.ts'

/** What happened to the order and what its owner was told, in the order of time. */
export function timelineOf(history: OrderHistory[], messages: MessageView[]): TimelineEntry[] {
  const told = messages.flatMap(({ label, deliveries }) =>
    deliveries.flatMap(({ channel, sentAt }) =>
      sentAt
        ? [{ at: sentAt, kind: 'message' as const, message: `${channelWords[channel]}: ${label}`, status: null }]
        : [],
    ),
  )
  const happened = history.map(({ createdAt, kind, message, toStatus }) => ({
    at: createdAt,
    kind,
    message,
    status: toStatus,
  }))
  return [...happened, ...told].sort((one, other) => one.at.getTime() - other.at.getTime())
}

const channelWords = { email: 'Mail sent', sms: 'Text message sent' }

export const refundOf = ({
  id,
  amountMinor,
  lines,
  shippingMinor,
  createdAt,
}: RefundRow): OrderView['refunds'][number] => ({
  id,
  at: createdAt,
  amountMinor,
  lines,
  shippingMinor,
})

export const lineOf = (item: OrderItem): OrderView['lines'][number] => ({
  sku: item.sku,
  productSlug: item.productSlug,
  title: item.title,
  variantTitle: item.variantTitle,
  imageSrc: item.imageSrc,
  quantity: item.quantity,
  unitPriceMinor: item.unitPriceMinor,
  discountMinor: item.discountMinor,
  lineTotalMinor: item.lineTotalMinor,
  taxName: item.taxName,
  taxBasisPoints: item.taxBasisPoints,
  taxMinor: item.taxMinor,
  taxIncluded: item.taxIncluded,
})
