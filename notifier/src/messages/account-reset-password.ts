// account.reset_password: the link with which a forgotten password is replaced. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { accountLetter, buttonTo, goodFor } from './account-letter.ts'

export const accountResetPassword = (event: EventPayload<'account.reset_password'>, shop: Shop): MailDocument =>
  accountLetter(
    {
      name: event.name,
      subject: `Choose a new password for ${shop.name}`,
      preheader: 'You asked for it. If you did not, your password stays as it is.',
      heading: 'Choose a new password',
      paragraph: 'somebody asked to replace the password of your account. Was it you? Then choose a new one here.',
      after: [
        buttonTo('Choose a new password', event.url),
        {
          kind: 'note',
          text: `${goodFor(event.expiresMinutes)} Was it not you? Then do nothing: your password stays as it is, and nobody else has this link.`,
        },
      ],
    },
    shop,
  )
