// After the sale: invoices and credit notes numbered without gaps, returns, refunds by line, disputes. Rows of before are
// refunds of an amount, without lines.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    -- One row a series and year. A number is taken by UPDATE … RETURNING in the transaction of its document: who rolls
    -- back gives it back, who comes meanwhile waits. So there are no gaps.
    CREATE TABLE document_counters (
      series text NOT NULL,
      year integer NOT NULL,
      last_number integer NOT NULL DEFAULT 0,
      PRIMARY KEY (series, year),
      CONSTRAINT document_counters_series_known CHECK (series IN ('invoice', 'credit_note')),
      CONSTRAINT document_counters_count_up CHECK (last_number >= 0)
    );

    -- The books: an invoice for each order that was paid, a credit note for each refund that went through, and the
    -- withdrawal of a credit note whose refund came back. Never changed, never removed.
    CREATE TABLE invoices (
      id uuid PRIMARY KEY,
      number text NOT NULL,
      series text NOT NULL,
      year integer NOT NULL,
      sequence integer NOT NULL,
      kind text NOT NULL,
      order_id uuid NOT NULL REFERENCES orders (id),
      refund_id uuid REFERENCES refunds (id),
      currency char(3) NOT NULL,
      -- what the document says in sum: never negative, the kind says which way it counts
      total_minor bigint NOT NULL,
      snapshot jsonb NOT NULL,
      issued_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT invoices_one_per_number UNIQUE (number),
      CONSTRAINT invoices_one_per_sequence UNIQUE (series, year, sequence),
      CONSTRAINT invoices_one_of_a_kind_per_refund UNIQUE (refund_id, kind),
      CONSTRAINT invoices_kind_known CHECK (kind IN ('invoice', 'credit_note', 'withdrawal')),
      CONSTRAINT invoices_series_fits_the_kind CHECK ((kind = 'invoice') = (series = 'invoice') AND series IN ('invoice', 'credit_note')),
      CONSTRAINT invoices_only_credits_name_a_refund CHECK ((kind = 'invoice') = (refund_id IS NULL)),
      CONSTRAINT invoices_count_from_one CHECK (sequence > 0),
      CONSTRAINT invoices_total_not_negative CHECK (total_minor >= 0)
    );
    CREATE UNIQUE INDEX invoices_one_invoice_per_order ON invoices (order_id) WHERE kind = 'invoice';
    CREATE INDEX invoices_by_order ON invoices (order_id, issued_at);
    CREATE FUNCTION invoices_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'an issued document is never changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_are_append_only';
      END $$;
    CREATE TRIGGER invoices_are_append_only BEFORE UPDATE OR DELETE ON invoices
      FOR EACH STATEMENT EXECUTE FUNCTION invoices_are_append_only();

    CREATE TABLE return_edges (
      from_status text NOT NULL,
      to_status text NOT NULL,
      PRIMARY KEY (from_status, to_status)
    );
    -- Kept equal to storefront/app/domain/returns/return-status.ts by a test.
    INSERT INTO return_edges (from_status, to_status) VALUES
      ('requested', 'approved'), ('requested', 'rejected'), ('requested', 'cancelled'),
      ('approved', 'received'), ('approved', 'cancelled'),
      ('received', 'refunded'), ('received', 'rejected'), ('refunded', 'received');

    CREATE TABLE returns (
      id uuid PRIMARY KEY,
      number text NOT NULL,
      -- made with the form: sent twice it is one return
      form_key text NOT NULL,
      order_id uuid NOT NULL REFERENCES orders (id),
      status text NOT NULL DEFAULT 'requested',
      note text,
      staff_note text,
      -- the goods that staff chose to put back are not on the shelf yet
      restock_pending boolean NOT NULL DEFAULT false,
      requested_by text NOT NULL,
      requested_at timestamptz NOT NULL DEFAULT now(),
      decided_at timestamptz,
      received_at timestamptz,
      closed_at timestamptz,
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT returns_one_per_number UNIQUE (number),
      CONSTRAINT returns_one_per_form UNIQUE (order_id, form_key),
      CONSTRAINT returns_status_known CHECK (status IN ('requested', 'approved', 'rejected', 'received', 'refunded', 'cancelled')),
      CONSTRAINT returns_received_have_a_time CHECK (status NOT IN ('received', 'refunded') OR received_at IS NOT NULL)
    );
    CREATE INDEX returns_by_order ON returns (order_id, requested_at);
    CREATE INDEX returns_by_status ON returns (status, requested_at);
    CREATE INDEX returns_to_restock ON returns (order_id) WHERE restock_pending;
    CREATE FUNCTION returns_move_only_along_edges() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.status <> OLD.status AND NOT EXISTS (
          SELECT 1 FROM return_edges WHERE from_status = OLD.status AND to_status = NEW.status
        ) THEN
          RAISE EXCEPTION 'a return cannot move from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'returns_move_only_along_edges';
        END IF;
        RETURN NEW;
      END $$;
    CREATE TRIGGER returns_move_only_along_edges BEFORE UPDATE OF status ON returns
      FOR EACH ROW EXECUTE FUNCTION returns_move_only_along_edges();

    CREATE TABLE return_lines (
      return_id uuid NOT NULL REFERENCES returns (id),
      sku text NOT NULL,
      title text NOT NULL,
      variant_title text NOT NULL,
      quantity integer NOT NULL,
      reason text NOT NULL,
      -- what came, and whether it goes back on the shelf; null until it is received
      received_quantity integer,
      restock boolean,
      PRIMARY KEY (return_id, sku),
      CONSTRAINT return_lines_quantity_in_range CHECK (quantity BETWEEN 1 AND 99),
      CONSTRAINT return_lines_reason_known CHECK (reason IN ('changed_mind', 'does_not_fit', 'damaged', 'wrong_item', 'not_as_described', 'other')),
      CONSTRAINT return_lines_received_within_announced CHECK (received_quantity BETWEEN 0 AND quantity),
      CONSTRAINT return_lines_received_have_a_choice CHECK ((received_quantity IS NULL) = (restock IS NULL))
    );

    ALTER TABLE refunds
      -- [{sku, quantity, amountMinor, restock, unsent}]; null: an amount that belongs to no goods
      ADD lines jsonb,
      ADD shipping_minor bigint NOT NULL DEFAULT 0,
      ADD return_id uuid REFERENCES returns (id),
      ADD restock_pending boolean NOT NULL DEFAULT false,
      ADD CONSTRAINT refunds_shipping_within_amount CHECK (shipping_minor BETWEEN 0 AND amount_minor);
    CREATE INDEX refunds_by_return ON refunds (return_id) WHERE return_id IS NOT NULL;
    CREATE INDEX refunds_to_restock ON refunds (order_id) WHERE restock_pending;

    -- Money that is not what the order asked for may be more than it asked for: it is recorded to be given back.
    ALTER TABLE payments DROP CONSTRAINT payments_captured_in_range;
    ALTER TABLE payments ADD CONSTRAINT payments_captured_in_range
      CHECK (captured_minor >= 0 AND (captured_minor <= amount_minor OR (status = 'failed' AND failure_code = 'mismatch')));

    -- Cardholders' disputes, as the provider has them.
    CREATE TABLE disputes (
      id text PRIMARY KEY,
      payment_id uuid NOT NULL REFERENCES payments (id),
      order_id uuid NOT NULL REFERENCES orders (id),
      status text NOT NULL,
      reason text NOT NULL,
      amount_minor bigint NOT NULL,
      currency char(3) NOT NULL,
      evidence_due_at timestamptz,
      opened_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX disputes_by_order ON disputes (order_id);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP TABLE disputes;
    ALTER TABLE payments DROP CONSTRAINT payments_captured_in_range;
    ALTER TABLE payments ADD CONSTRAINT payments_captured_in_range CHECK (captured_minor BETWEEN 0 AND amount_minor);
    ALTER TABLE refunds DROP lines, DROP shipping_minor, DROP return_id, DROP restock_pending;
    DROP TABLE return_lines, returns, return_edges;
    DROP FUNCTION returns_move_only_along_edges;
    DROP TABLE invoices, document_counters;
    DROP FUNCTION invoices_are_append_only;
  `)
}
