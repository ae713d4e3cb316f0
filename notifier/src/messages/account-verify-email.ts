// account.verify_email: please show that this address is yours. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { accountLetter, buttonTo, goodFor } from './account-letter.ts'

export const accountVerifyEmail = (event: EventPayload<'account.verify_email'>, shop: Shop): MailDocument =>
  accountLetter(
    {
      name: event.name,
      subject: `Confirm your e-mail address for ${shop.name}`,
      preheader: 'One tap, and orders you made with this address join your account.',
      heading: 'Is this your address?',
      paragraph:
        'please confirm that this e-mail address is yours. Orders you have made with it before will then join your account.',
      after: [
        buttonTo('Yes, confirm my address', event.url),
        {
          kind: 'note',
          text: `${goodFor(event.expiresMinutes)} Did you not make an account? Then do nothing: without the tap the address is never confirmed.`,
        },
      ],
    },
    shop,
  )
