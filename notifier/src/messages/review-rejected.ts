// review.rejected: the reader's review was not published, and why. Can be turned off. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { oneLine, textLines, webLink } from '../layout/format.ts'
import { buttonTo } from './account-letter.ts'

export const reviewRejected = (event: EventPayload<'review.rejected'>, shop: Shop): MailDocument => ({
  subject: 'Your review was not published',
  preheader: `About your review of ${oneLine(event.productTitle)}.`,
  eyebrow: 'Your review',
  heading: 'Your review was not published',
  blocks: [
    {
      kind: 'paragraph',
      text: `Hello ${oneLine(event.name)}, we have read your review of ${oneLine(event.productTitle)} and did not publish it:`,
    },
    ...textLines(event.reason).map((text) => ({ kind: 'note' as const, text })),
    {
      kind: 'paragraph',
      text: 'Good or bad, your opinion is welcome. You can write it anew; you think we are wrong? Just reply to this mail.',
    },
    buttonTo('See your review', event.url),
  ],
  because: `You get this mail because you wrote a review at ${shop.name}.`,
  unsubscribeUrl: webLink(event.unsubscribeUrl ?? null),
})
