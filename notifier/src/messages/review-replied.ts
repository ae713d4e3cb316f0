// review.replied: the shop has answered under the reader's review. Can be turned off. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { oneLine, textLines, webLink } from '../layout/format.ts'
import { buttonTo } from './account-letter.ts'

export const reviewReplied = (event: EventPayload<'review.replied'>, shop: Shop): MailDocument => ({
  subject: 'We have replied to your review',
  preheader: textLines(event.reply)[0] ?? `About your review of ${oneLine(event.productTitle)}.`,
  eyebrow: 'Your review',
  heading: 'A reply to your review',
  blocks: [
    {
      kind: 'paragraph',
      text: `Hello ${oneLine(event.name)}, under your review of ${oneLine(event.productTitle)} we wrote:`,
    },
    ...textLines(event.reply).map((text) => ({ kind: 'note' as const, text })),
    buttonTo('Read it on the page', event.url),
  ],
  because: `You get this mail because you wrote a review at ${shop.name}.`,
  unsubscribeUrl: webLink(event.unsubscribeUrl ?? null),
})
