// Secrets that are mailed: each opens one door once, for a short time, and only its hash is kept. Also the state of an
// account whose owner has deleted it: the row stays for what refers to it, the person is gone from it.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE account_tokens (
      id uuid PRIMARY KEY,
      user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      purpose text NOT NULL,
      token_hash bytea NOT NULL,
      new_email text,
      -- of the guest's session that asked: in that browser the link needs no password
      asked_from bytea,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL,
      used_at timestamptz,
      CONSTRAINT account_tokens_purpose_known CHECK (purpose IN ('verify_email', 'reset_password', 'change_email')),
      CONSTRAINT account_tokens_hold_a_sha256 CHECK (octet_length(token_hash) = 32),
      CONSTRAINT account_tokens_one_per_secret UNIQUE (token_hash),
      CONSTRAINT account_tokens_asked_from_a_sha256 CHECK (octet_length(asked_from) = 32),
      CONSTRAINT account_tokens_new_email_when_changing CHECK ((purpose = 'change_email') = (new_email IS NOT NULL)),
      CONSTRAINT account_tokens_new_email_is_canonical
        CHECK (new_email = lower(new_email) AND new_email = btrim(new_email) AND length(new_email) BETWEEN 3 AND 254),
      CONSTRAINT account_tokens_live_shortly CHECK (expires_at > created_at AND expires_at <= created_at
        + CASE purpose WHEN 'verify_email' THEN interval '24 hours' ELSE interval '30 minutes' END)
    );
    CREATE INDEX account_tokens_by_user ON account_tokens (user_id);
    CREATE INDEX account_tokens_by_end ON account_tokens (expires_at);

    ALTER TABLE users DROP CONSTRAINT users_status_known,
      ADD CONSTRAINT users_status_known CHECK (status IN ('active', 'disabled', 'deleted')),
      ADD CONSTRAINT users_deleted_keep_no_person CHECK (status <> 'deleted' OR (password_hash IS NULL AND phone IS NULL
        AND email_verified_at IS NULL AND email = 'deleted-' || id || '@deleted.invalid'));
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    UPDATE users SET status = 'disabled' WHERE status = 'deleted';
    ALTER TABLE users DROP CONSTRAINT users_deleted_keep_no_person, DROP CONSTRAINT users_status_known,
      ADD CONSTRAINT users_status_known CHECK (status IN ('active', 'disabled'));
    DROP TABLE account_tokens;
  `)
}
