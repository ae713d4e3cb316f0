// account.email_changed: to the old address, which no longer counts. It must reach the owner even when a thief made the change. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { maskedEmail } from '../layout/format.ts'
import { accountLetter } from './account-letter.ts'

export const accountEmailChanged = (event: EventPayload<'account.email_changed'>, shop: Shop): MailDocument =>
  accountLetter(
    {
      name: event.name,
      subject: `Your e-mail address at ${shop.name} was changed`,
      preheader: 'If it was you, there is nothing to do. If not, write to us at once.',
      heading: 'Your e-mail address was changed',
      paragraph: `your account now uses ${maskedEmail(event.newEmail)}. This address no longer logs you in, and this is the last mail it gets about the account.`,
      after: [
        {
          kind: 'note',
          text: 'Was it not you? Then reply to this mail at once: we will close the door and give your account back to you.',
        },
      ],
    },
    shop,
  )
