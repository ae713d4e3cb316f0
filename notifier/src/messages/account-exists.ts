// account.exists: somebody signed up with an address that has an account. Only its owner is told. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { webLink } from '../layout/format.ts'
import { accountLetter, buttonTo } from './account-letter.ts'

export function accountExists(event: EventPayload<'account.exists'>, shop: Shop): MailDocument {
  const reset = webLink(event.resetUrl)
  return accountLetter(
    {
      name: event.name,
      subject: `You already have an account at ${shop.name}`,
      preheader: 'No second one was made. Log in, or choose a new password.',
      heading: 'You are already with us',
      paragraph:
        'somebody wanted to make an account with this address, and you already have one. Was it you? Then just log in.',
      after: [
        buttonTo('Log in', event.loginUrl),
        ...(reset
          ? [
              {
                kind: 'facts' as const,
                facts: [{ label: 'Forgotten your password?', lines: ['Choose a new one'], url: reset }],
              },
            ]
          : []),
        { kind: 'note', text: 'Was it not you? Then do nothing: nothing was changed, and nobody got in.' },
      ],
    },
    shop,
  )
}
