// The JSON API: answers kept by Idempotency-Key, and payments that are confirmed by the client's own payment form (an
// intent) instead of on the provider's page. Attempts of before are pages.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE idempotency_keys (
      -- SHA-256 over who asked, what they asked for and their key: nobody finds another's answer
      id_hash bytea PRIMARY KEY,
      body_hash bytea NOT NULL,
      lease_token uuid,
      lease_until timestamptz,
      -- null while the first request is at work
      answer_status integer,
      answer_body text,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL,
      CONSTRAINT idempotency_keys_are_hashes CHECK (length(id_hash) = 32 AND length(body_hash) = 32),
      CONSTRAINT idempotency_keys_answer_is_whole CHECK ((answer_status IS NULL) = (answer_body IS NULL)),
      CONSTRAINT idempotency_keys_keep_what_was_done CHECK (answer_status BETWEEN 200 AND 299)
    );
    CREATE INDEX idempotency_keys_by_end ON idempotency_keys (expires_at);

    ALTER TABLE payments
      ADD kind text NOT NULL DEFAULT 'page',
      ADD CONSTRAINT payments_kind_known CHECK (kind IN ('page', 'intent'));
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    ALTER TABLE payments DROP COLUMN kind;
    DROP TABLE idempotency_keys;
  `)
}
