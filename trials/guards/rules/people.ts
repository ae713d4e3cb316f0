// What the tables of messages, accounts, sessions and staff's log never hold.
import type { TableRule } from '../guard.ts'
import { id, set, sf, twin } from './shape.ts'

export const messagesNever: TableRule[] = [
  sf('outbox', 'outbox_one_per_fact', 'one fact told twice', twin('outbox', { id })),
  sf('outbox', 'outbox_done_or_parked', 'a message both sent and set aside', set('outbox', 'parked_at = now()')),
  sf(
    'deliveries',
    'deliveries_one_per_event_channel_recipient',
    'one message twice to one person',
    twin('deliveries', { id }),
  ),
  sf(
    'deliveries',
    'deliveries_sent_have_a_time',
    'a message that was sent at no time',
    set('deliveries', 'sent_at = NULL'),
  ),
  sf('idempotency_keys', 'idempotency_keys_pkey', 'one key of a client twice', twin('idempotency_keys', {})),
  sf(
    'idempotency_keys',
    'idempotency_keys_keep_what_was_done',
    'a refusal kept as an answer',
    set('idempotency_keys', `answer_status = 422, answer_body = 'x'`),
  ),
]

export const peopleNever: TableRule[] = [
  sf('users', 'users_one_per_email', 'two accounts of one address', twin('users', { id })),
  sf('users', 'users_password_is_hashed', 'a password in clear', set('users', `password_hash = 'Alice@123'`)),
  sf('users', 'users_keep_one_owner', 'a shop without an owner', set('users', `role = 'customer'`, `role = 'owner'`)),
  sf(
    'sessions',
    'sessions_id_is_a_sha256',
    'a session that is its own secret',
    twin('sessions', { id_hash: '\\x616263' }),
  ),
  sf(
    'audit_log',
    'audit_log_is_append_only',
    'a rewritten line of the staff’s log',
    set('audit_log', `subject = 'order:HS-CCCC-CCCC'`),
  ),
]
