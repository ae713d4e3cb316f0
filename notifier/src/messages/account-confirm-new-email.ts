// account.confirm_new_email: to the new address, before it takes the old one's place. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { accountLetter, buttonTo, goodFor } from './account-letter.ts'

export const accountConfirmNewEmail = (event: EventPayload<'account.confirm_new_email'>, shop: Shop): MailDocument =>
  accountLetter(
    {
      name: event.name,
      subject: `Confirm your new e-mail address for ${shop.name}`,
      preheader: 'Until you do, your account keeps the old one.',
      heading: 'Your new address',
      paragraph:
        'you asked to use this e-mail address for your account. Confirm it, and from then on you log in with it and our mails come here.',
      after: [
        buttonTo('Use this address', event.url),
        {
          kind: 'note',
          text: `${goodFor(event.expiresMinutes)} Did you not ask for it? Then do nothing: the account keeps its old address.`,
        },
      ],
    },
    shop,
  )
