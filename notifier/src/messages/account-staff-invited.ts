// account.staff_invited: a colleague may work in the shop's admin pages. Pure.
import type { EventPayload } from '../../../storefront/app/domain/outbox/events.ts'
import type { MailDocument, Shop } from '../layout/document.ts'
import { oneLine } from '../layout/format.ts'
import { buttonTo, goodFor } from './account-letter.ts'

export const accountStaffInvited = (event: EventPayload<'account.staff_invited'>, shop: Shop): MailDocument => ({
  subject: `${shortened(event.invitedBy)} invites you to work at ${shop.name}`,
  preheader: `You would join as ${oneLine(event.role)}. Accept to set up your log-in.`,
  eyebrow: 'An invitation',
  heading: `Welcome to the team at ${shop.name}`,
  blocks: [
    {
      kind: 'paragraph',
      text: `Hello${event.name.trim() ? ` ${oneLine(event.name)}` : ''}, ${oneLine(event.invitedBy)} would like you to help run ${shop.name}. Accept the invitation to choose your password; a second step with your telephone keeps the shop safe.`,
    },
    { kind: 'facts', facts: [{ label: 'Your role', lines: [oneLine(event.role)] }] },
    buttonTo('Accept the invitation', event.url),
    {
      kind: 'note',
      text: `${goodFor(event.expiresMinutes)} Do you not know who invites you? Then do nothing, and nothing happens.`,
    },
  ],
  because: `You get this mail because somebody at ${shop.name} invited this address.`,
})

/** Names in a subject must leave room for the rest of it. */
const shortened = (name: string): string => {
  const line = oneLine(name)
  return line.length > 30 ? `${line.slice(0, 29)}…` : line
}
