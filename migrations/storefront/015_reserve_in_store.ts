// Things held in a store for somebody who comes and pays there. The goods are held by the catalogue under the row's id;
// the row says for whom, until when, and how it ended. Limits are constraints: nobody empties a shop by asking often.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE store_reservations (
      -- also the reference of the hold in the catalogue
      id uuid PRIMARY KEY,
      number text NOT NULL,
      -- made with the form: a double click is one reservation; given back when nothing could be held
      form_key text,
      status text NOT NULL DEFAULT 'placing',
      user_id uuid REFERENCES users (id) ON DELETE SET NULL,
      -- SHA-256 of the mailbox: whose limits count; a person's place among the few they may have at a time
      mailbox_hash bytea NOT NULL,
      slot smallint NOT NULL,
      -- forgotten a month after the end
      email text,
      name text,
      store_id uuid NOT NULL,
      store jsonb NOT NULL,
      sku text NOT NULL,
      item jsonb NOT NULL,
      quantity smallint NOT NULL,
      unit_price_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      expires_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      ended_at timestamptz,
      ended_by text,
      reason text,
      -- when the catalogue had been told of the end: sold, or back on the shelf
      stock_settled_at timestamptz,
      next_attempt_at timestamptz,
      attempts integer NOT NULL DEFAULT 0,
      CONSTRAINT store_reservations_one_per_number UNIQUE (number),
      CONSTRAINT store_reservations_one_per_form UNIQUE (form_key),
      CONSTRAINT store_reservations_status_known CHECK (status IN ('placing', 'held', 'refused', 'collected', 'lapsed', 'cancelled')),
      CONSTRAINT store_reservations_one_or_two_pieces CHECK (quantity BETWEEN 1 AND 2),
      CONSTRAINT store_reservations_slot_known CHECK (slot BETWEEN 1 AND 3),
      CONSTRAINT store_reservations_end_is_told CHECK ((status IN ('placing', 'held')) = (ended_at IS NULL)),
      CONSTRAINT store_reservations_settled_after_the_end CHECK (stock_settled_at IS NULL OR ended_at IS NOT NULL),
      CONSTRAINT store_reservations_live_ones_have_somebody CHECK (ended_at IS NOT NULL OR (email IS NOT NULL AND name IS NOT NULL)),
      CONSTRAINT store_reservations_price_not_negative CHECK (unit_price_minor >= 0)
    );
    CREATE UNIQUE INDEX store_reservations_few_per_person ON store_reservations (mailbox_hash, slot) WHERE ended_at IS NULL;
    CREATE UNIQUE INDEX store_reservations_a_thing_once_per_person ON store_reservations (mailbox_hash, sku) WHERE ended_at IS NULL;
    CREATE INDEX store_reservations_by_store ON store_reservations (store_id, created_at DESC);
    CREATE INDEX store_reservations_by_user ON store_reservations (user_id, created_at DESC) WHERE user_id IS NOT NULL;
    CREATE INDEX store_reservations_to_lapse ON store_reservations (expires_at) WHERE status IN ('placing', 'held');
    CREATE INDEX store_reservations_to_settle ON store_reservations (next_attempt_at) WHERE ended_at IS NOT NULL AND stock_settled_at IS NULL;
    CREATE INDEX store_reservations_to_forget ON store_reservations (ended_at) WHERE ended_at IS NOT NULL AND email IS NOT NULL;

    -- A code is good once: what has ended stays as it ended, and what is held was asked for.
    CREATE FUNCTION store_reservations_end_once() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.status <> OLD.status AND NOT (
          (OLD.status = 'placing' AND NEW.status IN ('held', 'refused'))
          OR (OLD.status = 'held' AND NEW.status IN ('collected', 'lapsed', 'cancelled'))
        ) THEN
          RAISE EXCEPTION 'a reservation that is % cannot become %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'store_reservations_end_once';
        END IF;
        RETURN NEW;
      END $$;
    CREATE TRIGGER store_reservations_end_once BEFORE UPDATE OF status ON store_reservations
      FOR EACH ROW EXECUTE FUNCTION store_reservations_end_once();
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('DROP TABLE store_reservations; DROP FUNCTION store_reservations_end_once')
}
