// account.welcome: somebody made an account. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { webLink } from '../layout/format.ts'

export const accountWelcome = ({ name, url }: EventPayload<'account.welcome'>, shop: Shop): MailDocument => ({
  subject: `Welcome to ${shop.name}`,
  preheader: 'Your account is ready: orders, addresses and receipts in one place.',
  eyebrow: 'Your account',
  heading: `Welcome, ${name}`,
  blocks: [
    {
      kind: 'paragraph',
      text: 'Your account is ready. It keeps your addresses for the next checkout, and all your orders with their parcels and receipts.',
    },
    { kind: 'button', label: 'Go to your account', url: webLink(url) ?? shop.origin },
    {
      kind: 'note',
      text: 'Did you not make this account? Then somebody typed your address by mistake: just reply and we will remove it.',
    },
  ],
  because: `You get this mail because an account was made at ${shop.name} with this address.`,
})
