// stock.low, to the shopkeeper: a sale took a place's stock to its threshold or below. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'

export function stockLow(event: EventPayload<'stock.low'>, shop: Shop): MailDocument {
  const thing = [event.title, event.variantTitle].filter(Boolean).join(', ')
  const free = event.onHand - event.reserved
  const left = free <= 0 ? 'none left' : `${free} left`
  return {
    subject: `Low stock: ${thing}, ${left} at ${event.storeName}`,
    preheader: `${event.sku}: ${event.onHand} on hand, ${event.reserved} of them reserved.`,
    eyebrow: 'Low stock',
    heading: thing,
    blocks: [
      {
        kind: 'paragraph',
        text: `${event.storeName} has ${left} to sell. Its threshold is ${event.threshold}; there is no second mail until the stock has been above it again.`,
      },
      {
        kind: 'facts',
        facts: [
          { label: 'SKU', lines: [event.sku] },
          { label: 'Place', lines: [event.storeName] },
          { label: 'On hand', lines: [String(event.onHand)] },
          { label: 'Reserved', lines: [String(event.reserved)] },
        ],
      },
      {
        kind: 'button',
        label: 'Open the product list',
        url: new URL(`/admin/products?q=${encodeURIComponent(event.sku)}`, shop.origin).href,
      },
    ],
    because: `You get this mail because this is the shopkeeper's address of ${shop.name}.`,
  }
}
