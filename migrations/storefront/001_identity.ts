// Identity: who may sign in, their sessions and address book. Only hashes of secrets are ever stored.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE users (
      id uuid PRIMARY KEY,
      email text NOT NULL,
      email_verified_at timestamptz,
      name text NOT NULL,
      phone text,
      password_hash text,
      role text NOT NULL DEFAULT 'customer',
      status text NOT NULL DEFAULT 'active',
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT users_email_is_canonical CHECK (email = lower(email) AND email = btrim(email) AND length(email) BETWEEN 3 AND 254),
      CONSTRAINT users_name_length CHECK (length(name) BETWEEN 1 AND 120),
      CONSTRAINT users_role_known CHECK (role IN ('customer', 'owner', 'manager', 'warehouse', 'support', 'content')),
      CONSTRAINT users_status_known CHECK (status IN ('active', 'disabled')),
      CONSTRAINT users_password_is_hashed CHECK (password_hash IS NULL OR password_hash LIKE '$argon2id$%' OR password_hash LIKE '$2_$%')
    );
    CREATE UNIQUE INDEX users_one_per_email ON users (email);

    CREATE TABLE sessions (
      id_hash bytea PRIMARY KEY,
      user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_seen_at timestamptz NOT NULL DEFAULT now(),
      idle_expires_at timestamptz NOT NULL,
      absolute_expires_at timestamptz NOT NULL,
      user_agent text,
      ip_prefix text,
      CONSTRAINT sessions_id_is_a_sha256 CHECK (octet_length(id_hash) = 32),
      CONSTRAINT sessions_end_after_they_begin CHECK (absolute_expires_at > created_at)
    );
    CREATE INDEX sessions_by_user ON sessions (user_id);
    CREATE INDEX sessions_by_end ON sessions (absolute_expires_at);

    CREATE TABLE addresses (
      id uuid PRIMARY KEY,
      user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      full_name text NOT NULL,
      company text,
      line1 text NOT NULL,
      line2 text,
      city text NOT NULL,
      region text,
      postcode text,
      country char(2) NOT NULL,
      phone text,
      is_default_shipping boolean NOT NULL DEFAULT false,
      is_default_billing boolean NOT NULL DEFAULT false,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT addresses_country_is_iso_alpha2 CHECK (country ~ '^[A-Z]{2}$'),
      CONSTRAINT addresses_lengths CHECK (length(full_name) BETWEEN 1 AND 120 AND length(line1) BETWEEN 1 AND 200 AND length(city) BETWEEN 1 AND 120)
    );
    CREATE INDEX addresses_by_user ON addresses (user_id);
    CREATE UNIQUE INDEX addresses_one_default_shipping_per_user ON addresses (user_id) WHERE is_default_shipping;
    CREATE UNIQUE INDEX addresses_one_default_billing_per_user ON addresses (user_id) WHERE is_default_billing;

    -- The shape rate-limiter-flexible's Postgres store expects: one statement a consume, shared by all processes.
    CREATE TABLE rate_limits (
      key varchar(255) PRIMARY KEY,
      points integer NOT NULL DEFAULT 0,
      expire bigint
    );

    CREATE TABLE audit_log (
      id uuid PRIMARY KEY,
      seq bigint GENERATED ALWAYS AS IDENTITY,
      actor_id uuid REFERENCES users (id),
      actor_name text NOT NULL,
      action text NOT NULL,
      subject text NOT NULL,
      before jsonb,
      after jsonb,
      ip_prefix text,
      request_id text,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE UNIQUE INDEX audit_log_in_sequence ON audit_log (seq);
    CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'restrict_violation'; END $$;
    CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE ON audit_log
      FOR EACH ROW EXECUTE FUNCTION audit_log_is_append_only();
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP TABLE audit_log; DROP FUNCTION audit_log_is_append_only;
    DROP TABLE rate_limits, addresses, sessions, users;
  `)
}
