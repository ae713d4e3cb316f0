// Staff: one-time codes as a second factor, invitations, and an audit log in which each line carries the hash of the one
// before, so that a line altered or taken out later is found. Secrets are kept encrypted or as hashes only.
import type { Knex } from 'knex'

// What a line's hash is made of. domain/audit/verify.server.ts computes the same from its own words: a function that was
// exchanged in the database deceives nobody.
const lineHash = (line: string, previous: string) => `
  sha256(convert_to(jsonb_build_array(
    encode(${previous}, 'hex'), ${line}.seq, ${line}.id, ${line}.actor_id, ${line}.actor_name, ${line}.action,
    ${line}.subject, ${line}.before, ${line}.after, ${line}.ip_prefix, ${line}.request_id,
    to_char(${line}.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
  )::text, 'UTF8'))`

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE second_factors (
      user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
      secret_sealed text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      confirmed_at timestamptz,
      last_used_step bigint NOT NULL DEFAULT 0
    );
    CREATE TABLE recovery_codes (
      user_id uuid NOT NULL REFERENCES second_factors (user_id) ON DELETE CASCADE,
      code_hash bytea NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      used_at timestamptz,
      PRIMARY KEY (user_id, code_hash),
      CONSTRAINT recovery_codes_are_sha256 CHECK (octet_length(code_hash) = 32)
    );

    ALTER TABLE sessions ADD COLUMN second_factor_at timestamptz;

    CREATE TABLE staff_invitations (
      id uuid PRIMARY KEY,
      email text NOT NULL,
      name text NOT NULL,
      role text NOT NULL,
      token_hash bytea NOT NULL,
      -- null: by the command line
      invited_by uuid REFERENCES users (id),
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL,
      accepted_at timestamptz,
      withdrawn_at timestamptz,
      CONSTRAINT staff_invitations_role_known CHECK (role IN ('owner', 'manager', 'warehouse', 'support', 'content')),
      CONSTRAINT staff_invitations_token_is_a_sha256 CHECK (octet_length(token_hash) = 32)
    );
    CREATE UNIQUE INDEX staff_invitations_by_token ON staff_invitations (token_hash);
    CREATE UNIQUE INDEX staff_invitations_one_open_per_email ON staff_invitations (email)
      WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

    CREATE TABLE customer_notes (
      id uuid PRIMARY KEY,
      user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      author_id uuid REFERENCES users (id),
      author_name text NOT NULL,
      body text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT customer_notes_length CHECK (length(body) BETWEEN 1 AND 2000)
    );
    CREATE INDEX customer_notes_by_user ON customer_notes (user_id, created_at);

    CREATE INDEX users_staff ON users (role) WHERE role <> 'customer';
    -- Whoever takes an owner away waits for whoever else does: two owners cannot remove each other at once.
    CREATE FUNCTION users_keep_one_owner() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF NEW.role = 'owner' AND NEW.status = 'active' THEN RETURN NULL; END IF;
        END IF;
        PERFORM pg_advisory_xact_lock(hashtext('users_keep_one_owner'));
        PERFORM 1 FROM users WHERE role = 'owner' AND status = 'active' LIMIT 1;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'the last owner stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'users_keep_one_owner';
        END IF;
        RETURN NULL;
      END $$;
    CREATE TRIGGER users_keep_one_owner AFTER UPDATE OR DELETE ON users FOR EACH ROW
      WHEN (OLD.role = 'owner' AND OLD.status = 'active') EXECUTE FUNCTION users_keep_one_owner();

    ALTER TABLE audit_log ADD COLUMN previous_hash bytea, ADD COLUMN hash bytea;
    ALTER TABLE audit_log DISABLE TRIGGER audit_log_is_append_only;
    DO $$
    DECLARE
      line audit_log;
      previous bytea := '\\x';
    BEGIN
      FOR line IN SELECT * FROM audit_log ORDER BY seq LOOP
        UPDATE audit_log SET previous_hash = previous, hash = ${lineHash('line', 'previous')} WHERE id = line.id
          RETURNING hash INTO previous;
      END LOOP;
    END $$;
    ALTER TABLE audit_log ENABLE TRIGGER audit_log_is_append_only;
    ALTER TABLE audit_log ALTER COLUMN previous_hash SET NOT NULL, ALTER COLUMN hash SET NOT NULL,
      ALTER COLUMN seq DROP IDENTITY;
    -- One line after the other: the lock is held until the line's transaction ends, so that the chain never forks.
    CREATE FUNCTION audit_log_chain() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        last record;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('audit_log'));
        SELECT seq, hash INTO last FROM audit_log ORDER BY seq DESC LIMIT 1;
        NEW.seq := coalesce(last.seq, 0) + 1;
        NEW.previous_hash := coalesce(last.hash, '\\x');
        NEW.hash := ${lineHash('NEW', 'NEW.previous_hash')};
        RETURN NEW;
      END $$;
    CREATE TRIGGER audit_log_chain BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_chain();
    CREATE INDEX audit_log_by_actor ON audit_log (actor_id, seq);
    CREATE INDEX audit_log_by_subject ON audit_log (subject, seq);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP TRIGGER audit_log_chain ON audit_log; DROP FUNCTION audit_log_chain;
    DROP INDEX audit_log_by_actor, audit_log_by_subject;
    ALTER TABLE audit_log ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY;
    SELECT setval(pg_get_serial_sequence('audit_log', 'seq'), (SELECT coalesce(max(seq), 0) + 1 FROM audit_log), false);
    ALTER TABLE audit_log DROP COLUMN previous_hash, DROP COLUMN hash;
    DROP INDEX users_staff;
    DROP TRIGGER users_keep_one_owner ON users; DROP FUNCTION users_keep_one_owner;
    DROP TABLE customer_notes, staff_invitations, recovery_codes, second_factors;
    ALTER TABLE sessions DROP COLUMN second_factor_at;
  `)
}
