// What people want to be told and by which channel, the leave for text messages given with a cart and its order, and
// which order a message of the outbox is about. Old rows: no text messages, every kind of mail.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE message_preferences (
      id uuid PRIMARY KEY,
      -- whose wish it is: an account's, or that of an address without one (only its hash is kept)
      user_id uuid REFERENCES users (id) ON DELETE CASCADE,
      email_hash bytea,
      kind text NOT NULL,
      channel text NOT NULL,
      allowed boolean NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT message_preferences_one_per_user UNIQUE (user_id, kind, channel),
      CONSTRAINT message_preferences_one_per_mailbox UNIQUE (email_hash, kind, channel),
      CONSTRAINT message_preferences_belong_to_one CHECK ((user_id IS NULL) <> (email_hash IS NULL)),
      CONSTRAINT message_preferences_mailbox_is_a_sha256 CHECK (octet_length(email_hash) = 32),
      -- what an order or an account needs told by mail cannot be turned off, so it has no row
      CONSTRAINT message_preferences_kind_known CHECK (kind IN ('order_updates', 'reviews', 'news')),
      CONSTRAINT message_preferences_channel_known CHECK (channel IN ('email', 'sms')),
      CONSTRAINT message_preferences_order_mails_stay CHECK (kind <> 'order_updates' OR channel = 'sms')
    );

    -- null: not asked yet, then the account's own preference counts
    ALTER TABLE carts ADD COLUMN sms_opt_in boolean;
    ALTER TABLE orders ADD COLUMN sms_opt_in boolean NOT NULL DEFAULT false;

    ALTER TABLE outbox ADD COLUMN order_id uuid REFERENCES orders (id);
    UPDATE outbox SET order_id = orders.id FROM orders WHERE orders.number = outbox.payload -> 'order' ->> 'number';
    CREATE INDEX outbox_by_order ON outbox (order_id, created_at) WHERE order_id IS NOT NULL;
    CREATE INDEX outbox_parked ON outbox (parked_at) WHERE parked_at IS NOT NULL;
    CREATE INDEX deliveries_by_recipient ON deliveries (recipient_hash);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP INDEX deliveries_by_recipient, outbox_parked;
    ALTER TABLE outbox DROP COLUMN order_id;
    ALTER TABLE orders DROP COLUMN sms_opt_in;
    ALTER TABLE carts DROP COLUMN sms_opt_in;
    DROP TABLE message_preferences;
  `)
}
