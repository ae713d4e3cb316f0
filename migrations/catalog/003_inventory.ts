// Stock by variant and place, holds on it (reservations) and the ledger of every change (stock_movements).
// No oversell is a check constraint; a hold is a conditional update; a movement of a kind happens once per reference.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE inventory (
      variant_id uuid NOT NULL REFERENCES variants (id),
      store_id uuid NOT NULL REFERENCES stores (id),
      on_hand integer NOT NULL DEFAULT 0,
      reserved integer NOT NULL DEFAULT 0,
      low_stock_threshold integer NOT NULL DEFAULT 3,
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (variant_id, store_id),
      CONSTRAINT inventory_on_hand_not_negative CHECK (on_hand >= 0),
      CONSTRAINT inventory_reserved_not_negative CHECK (reserved >= 0),
      CONSTRAINT inventory_never_oversold CHECK (reserved <= on_hand),
      CONSTRAINT inventory_threshold_not_negative CHECK (low_stock_threshold >= 0)
    );
    CREATE INDEX inventory_by_store ON inventory (store_id);

    CREATE TABLE reservations (
      ref text PRIMARY KEY,
      body_hash text NOT NULL,
      status text NOT NULL,
      reason text,
      expires_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      committed_at timestamptz,
      released_at timestamptz,
      CONSTRAINT reservations_status_known CHECK (status IN ('held', 'committed', 'released')),
      CONSTRAINT reservations_ref_length CHECK (length(ref) BETWEEN 1 AND 100),
      -- a hold has not ended, a commit or release happened once; only a late commit follows a release
      CONSTRAINT reservations_end_once CHECK (
        (status = 'held' AND committed_at IS NULL AND released_at IS NULL)
        OR (status = 'committed' AND committed_at IS NOT NULL AND (released_at IS NULL OR reason = 'late_commit'))
        OR (status = 'released' AND released_at IS NOT NULL AND committed_at IS NULL)
      )
    );
    CREATE INDEX reservations_to_expire ON reservations (expires_at) WHERE status = 'held';

    CREATE TABLE reservation_lines (
      ref text NOT NULL REFERENCES reservations (ref),
      variant_id uuid NOT NULL REFERENCES variants (id),
      store_id uuid NOT NULL REFERENCES stores (id),
      quantity integer NOT NULL,
      PRIMARY KEY (ref, variant_id, store_id),
      CONSTRAINT reservation_lines_quantity_is_positive CHECK (quantity > 0)
    );
    CREATE INDEX reservation_lines_by_variant ON reservation_lines (variant_id, store_id);

    CREATE TABLE stock_movements (
      id uuid PRIMARY KEY,
      seq bigint GENERATED ALWAYS AS IDENTITY,
      variant_id uuid NOT NULL REFERENCES variants (id),
      store_id uuid NOT NULL REFERENCES stores (id),
      kind text NOT NULL,
      delta_on_hand integer NOT NULL,
      delta_reserved integer NOT NULL,
      ref text NOT NULL,
      reason text NOT NULL DEFAULT '',
      actor text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT stock_movements_kind_known CHECK (kind IN ('receive', 'adjust', 'hold', 'release', 'commit', 'commit_late', 'restock')),
      CONSTRAINT stock_movements_once_per_ref_and_kind UNIQUE (ref, variant_id, store_id, kind),
      CONSTRAINT stock_movements_change_something CHECK (delta_on_hand <> 0 OR delta_reserved <> 0)
    );
    CREATE UNIQUE INDEX stock_movements_committed_once ON stock_movements (ref, variant_id, store_id) WHERE kind IN ('commit', 'commit_late');
    CREATE INDEX stock_movements_by_variant ON stock_movements (variant_id, store_id, seq);
    CREATE FUNCTION stock_movements_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'stock_movements is append-only' USING ERRCODE = 'restrict_violation'; END $$;
    CREATE TRIGGER stock_movements_are_append_only BEFORE UPDATE OR DELETE ON stock_movements
      FOR EACH ROW EXECUTE FUNCTION stock_movements_are_append_only();
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP TABLE stock_movements, reservation_lines, reservations, inventory;
    DROP FUNCTION stock_movements_are_append_only;
  `)
}
