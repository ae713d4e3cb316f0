// Messages to somebody who leaves: what was told stays as a fact, to whom does not. Only what is sent or given up; what is
// on its way still needs its address. Runs in the caller's transaction.
import type { Knex } from 'knex'

const nobody = {
  fullName: 'Deleted',
  company: null,
  line1: 'Deleted',
  line2: null,
  city: 'Deleted',
  region: null,
  postcode: null,
  phone: null,
}

type Reader = { userId: string; orderIds: readonly string[]; email: string; placeholder: string }

/**
 * Takes the person out of the messages about `orderIds` and of those to `email`; `placeholder` stands for the address.
 * What they wished to be told goes too.
 */
export async function forgetReader(
  trx: Knex.Transaction,
  { userId, orderIds, email, placeholder }: Reader,
): Promise<void> {
  await trx('message_preferences').where({ userId }).delete()
  const over = '(done_at IS NOT NULL OR parked_at IS NOT NULL)'
  await trx.raw(
    `UPDATE outbox SET payload = jsonb_set(payload, '{order}', payload -> 'order' || jsonb_build_object(
       'email', ?::text, 'phone', NULL, 'shippingAddress', payload -> 'order' -> 'shippingAddress' || ?::jsonb))
     WHERE order_id = ANY(?::uuid[]) AND payload -> 'order' IS NOT NULL AND ${over}`,
    [placeholder, JSON.stringify(nobody), [...orderIds]],
  )
  await trx.raw(
    `UPDATE outbox SET payload = payload || jsonb_build_object('email', ?::text, 'name', 'Deleted account')
     WHERE payload ->> 'email' = ? AND ${over}`,
    [placeholder, email],
  )
  // Asked for reviews at the order's address, which may be another; the links it held open nothing any more.
  await trx.raw(
    `UPDATE outbox SET payload = payload || jsonb_build_object('email', ?::text, 'name', 'Deleted account', 'items', '[]'::jsonb)
     WHERE topic = 'review.requested' AND order_id = ANY(?::uuid[]) AND ${over}`,
    [placeholder, [...orderIds]],
  )
  // What was told at addresses they had before, one after the other: each change names both.
  await trx.raw(
    `UPDATE outbox SET payload = payload || jsonb_build_object('email', ?::text, 'newEmail', ?::text, 'name', 'Deleted account')
     WHERE topic = 'account.email_changed' AND starts_with(dedupe_key, ?) AND ${over}`,
    [placeholder, placeholder, `account.email_changed:${userId}:`],
  )
}
