// review.requested: some days after an order arrived, one question a product, each answered with one click. Can be turned off. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { Block, MailDocument, Shop } from '../layout/document.ts'
import { count, day, oneLine, picture, webLink } from '../layout/format.ts'
import { DeliveryFailure } from '../lib/failure.ts'

const words = ['Not for me', 'Disappointing', 'It will do', 'Good', 'I love it']

/** `★★★★☆ Good`: drawn in letters, since pictures may be switched off. */
const choice = (stars: number, url: string) => ({
  label: `${'★'.repeat(stars)}${'☆'.repeat(5 - stars)}\u2002${words[stars - 1]}`,
  url: `${url}&rating=${stars}`,
})

/** Throws `rejected` when an item's link is no web address. */
export function reviewRequested(event: EventPayload<'review.requested'>, shop: Shop): MailDocument {
  const { items, order, name, expiresDays } = event
  const [first] = items
  const titled = items.length === 1 && first ? oneLine(first.productTitle) : 'what you bought'
  return {
    subject: items.length === 1 ? 'How do you like it?' : 'How do you like what you bought?',
    preheader: `One click says it: ${titled}, ordered on ${day(order.placedAt)}.`,
    eyebrow: `Order ${order.number}`,
    heading: 'How do you like it?',
    blocks: [
      {
        kind: 'paragraph',
        text: `Hello ${oneLine(name)}, by now you know ${titled} better than we do. Choose your stars: that is enough, and words are welcome. It helps others to choose well.`,
      },
      ...items.map((item): Block => {
        const url = webLink(item.url)
        if (!url) throw new DeliveryFailure('rejected', 'an item’s url is no http(s) address')
        return {
          kind: 'choices',
          title: oneLine(item.productTitle),
          pictureUrl: picture(shop.origin, item.imageSrc),
          choices: [5, 4, 3, 2, 1].map((stars) => choice(stars, url)),
        }
      }),
      {
        kind: 'note',
        text: `The links work without logging in, for ${count(expiresDays, 'day')}. Something is not right with it? Just reply to this mail.`,
      },
    ],
    because: `You get this mail once for each order at ${shop.name}.`,
    unsubscribeUrl: webLink(event.unsubscribeUrl ?? null),
  }
}
