// What people want to be told, and by which channel: an account's wishes, and those of an address without one. What an
// order or an account needs told by mail is not asked here. Text messages go out only to those who said yes.
import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import type { EventTopic } from '#app/domain/outbox/events.ts'
import { isOptionalKind, type OptionalKind, optionalKinds, topics } from '#app/domain/outbox/kinds.ts'
import type { By } from '#app/lib/clock.ts'
import { db, transaction } from '#app/lib/db.server.ts'
import { newId } from '#app/lib/ids.ts'

export type Channel = 'email' | 'sms'

/** Whose wish: an account, or a mailbox without one by the hash of its address. */
export type Wisher = { userId: string } | { emailHash: Buffer }

export type Preferences = { smsUpdates: boolean } & Record<OptionalKind, boolean>

/** The hash under which a mailbox is known here and in `deliveries`: 32 bytes, the same whatever the case. */
export const mailboxHash = (email: string): Buffer => createHash('sha256').update(email.trim().toLowerCase()).digest()

/** The account's wishes; what was never said is: no text messages, every kind of mail. */
export async function findPreferences(userId: string, knex: Knex = db()): Promise<Preferences> {
  const rows: { kind: string; allowed: boolean }[] = await knex('message_preferences')
    .where({ userId })
    .select('kind', 'allowed')
  const said = (kind: string) => rows.find((row) => row.kind === kind)?.allowed
  return {
    smsUpdates: said('order_updates') ?? false,
    reviews: said('reviews') ?? true,
    news: said('news') ?? true,
  }
}

/** Saves the account's wishes. A mailbox that said no before it had an account follows them once it is proved to be theirs. */
export async function savePreferences(input: Preferences & { userId: string }, by: By): Promise<void> {
  const { userId, smsUpdates, ...mails } = input
  await transaction(async (trx) => {
    await write(trx, { userId }, 'order_updates', 'sms', smsUpdates, by)
    for (const kind of Object.keys(optionalKinds) as OptionalKind[])
      await write(trx, { userId }, kind, 'email', mails[kind], by)
    const user = await trx('users').where({ id: userId }).whereNotNull('emailVerifiedAt').first('email')
    if (user)
      await trx('message_preferences')
        .where({ emailHash: mailboxHash(user.email) })
        .delete()
  })
}

/** Turns one kind of mail on or off for whoever holds the link in such a mail. */
export const setKindAllowed = (wisher: Wisher, kind: OptionalKind, allowed: boolean, by: By): Promise<void> =>
  transaction((trx) => write(trx, wisher, kind, 'email', allowed, by))

async function write(trx: Knex, wisher: Wisher, kind: string, channel: Channel, allowed: boolean, by: By) {
  const owner = 'userId' in wisher ? 'user_id' : 'email_hash'
  await trx('message_preferences')
    .insert({ id: newId(by.at.getTime()), ...wisher, kind, channel, allowed, changedAt: by.at })
    .onConflict([owner, 'kind', 'channel'])
    .merge({ allowed, changedAt: by.at })
}

/** Whether this kind of mail is wanted at `email`: a no by its account or by the mailbox itself counts. */
export async function isMailWanted(knex: Knex, email: string, kind: OptionalKind): Promise<boolean> {
  const no = await knex('message_preferences as p')
    .leftJoin('users as u', 'u.id', 'p.userId')
    .where({ 'p.kind': kind, 'p.channel': 'email', 'p.allowed': false })
    .where((either) => either.where('p.emailHash', mailboxHash(email)).orWhere('u.email', email.trim().toLowerCase()))
    .first('p.id')
  return no === undefined
}

/** Whose mailbox it is: its account when there is one, else the mailbox itself. */
export async function wisherOf(knex: Knex, email: string): Promise<Wisher> {
  const user = await knex('users').where({ email: email.trim().toLowerCase() }).first('id')
  return user ? { userId: user.id } : { emailHash: mailboxHash(email) }
}

type AboutOrder = { userId: string | null; email: string; phone: string | null; smsOptIn: boolean }

/** By which channels an event may be told: the one place where that is decided, before the event is written. */
export async function channelsFor(
  trx: Knex,
  topic: EventTopic,
  { order, email }: { order: AboutOrder | undefined; email: string | undefined },
): Promise<Channel[]> {
  const { kind, sms } = topics[topic]
  const channels: Channel[] = []
  // Who left has no mailbox any more: the event is written, and nothing is sent.
  if ((order?.email ?? email)?.endsWith('@deleted.invalid')) return channels
  if (!isOptionalKind(kind) || (email !== undefined && (await isMailWanted(trx, email, kind)))) channels.push('email')
  if (sms && order && (await maySendSms(trx, order))) channels.push('sms')
  return channels
}

/** Said yes with the order, and not turned off in the account since. */
async function maySendSms(trx: Knex, { userId, phone, smsOptIn }: AboutOrder): Promise<boolean> {
  if (!smsOptIn || !phone) return false
  if (!userId) return true
  const said = await trx('message_preferences')
    .where({ userId, kind: 'order_updates', channel: 'sms' })
    .first('allowed')
  return said?.allowed ?? true
}
