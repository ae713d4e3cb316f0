// What the mails about an account share: how they begin, the link that holds a secret, and why they come. Pure.
import type { Block, MailDocument, Shop } from '../layout/document.ts'
import { duration, oneLine, webLink } from '../layout/format.ts'
import { DeliveryFailure } from '../lib/failure.ts'

type Letter = Pick<MailDocument, 'subject' | 'preheader' | 'heading'> & {
  name: string
  paragraph: string
  after: Block[]
}

/** A mail about the reader's account. */
export const accountLetter = ({ name, paragraph, after, ...rest }: Letter, shop: Shop): MailDocument => ({
  ...rest,
  eyebrow: 'Your account',
  blocks: [{ kind: 'paragraph', text: `${greeting(name)}${paragraph}` }, ...after],
  because: `You get this mail because of an account at ${shop.name} with this address. It cannot be turned off.`,
})

const greeting = (name: string): string => (name.trim() ? `Hello ${oneLine(name)}, ` : 'Hello, ')

/** A button that must lead somewhere: throws `rejected` when the event carries no web address. */
export function buttonTo(label: string, url: string): Block {
  const link = webLink(url)
  if (!link) throw new DeliveryFailure('rejected', 'url is no http(s) address')
  return { kind: 'button', label, url: link }
}

/** How long a link is good, in a sentence. */
export const goodFor = (minutes: number | undefined): string =>
  minutes ? `The link works once, within ${duration(minutes)}.` : 'The link works once.'
