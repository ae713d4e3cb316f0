// review.approved: the reader's review is on the product's page. Can be turned off. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { oneLine, webLink } from '../layout/format.ts'
import { buttonTo } from './account-letter.ts'

export const reviewApproved = (event: EventPayload<'review.approved'>, shop: Shop): MailDocument => ({
  subject: `Your review is published, thank you`,
  preheader: `Others can now read what you think of ${oneLine(event.productTitle)}.`,
  eyebrow: 'Your review',
  heading: 'Thank you for your review',
  blocks: [
    {
      kind: 'paragraph',
      text: `Hello ${oneLine(event.name)}, your review of ${oneLine(event.productTitle)} is published. It helps others to choose well, and us to choose what we sell.`,
    },
    buttonTo('Read it on the page', event.url),
  ],
  because: `You get this mail because you wrote a review at ${shop.name}.`,
  unsubscribeUrl: webLink(event.unsubscribeUrl ?? null),
})
