// account.password_changed: told after the fact, so that an owner who did not do it knows. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { accountLetter, buttonTo } from './account-letter.ts'

export const accountPasswordChanged = (event: EventPayload<'account.password_changed'>, shop: Shop): MailDocument =>
  accountLetter(
    {
      name: event.name,
      subject: `Your password at ${shop.name} was changed`,
      preheader: 'If it was you, there is nothing to do. If not, choose a new one now.',
      heading: 'Your password was changed',
      paragraph:
        'your password was changed just now, and all other devices were logged out. Was it you? Then all is well.',
      after: [
        {
          kind: 'note',
          text: 'Was it not you? Then somebody may know your password: choose a new one now, and change it wherever else you use it.',
        },
        buttonTo('It was not me: choose a new password', new URL('/forgot-password', shop.origin).href),
      ],
    },
    shop,
  )
