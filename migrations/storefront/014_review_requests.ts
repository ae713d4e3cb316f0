// When an order's buyer is asked for reviews, whom we asked, and how reviews are published. Orders delivered before this are
// not asked about: nobody wants a question about last year.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    -- null: not delivered yet, or asked
    ALTER TABLE orders ADD COLUMN review_request_at timestamptz;
    CREATE INDEX orders_to_ask_about ON orders (review_request_at) WHERE review_request_at IS NOT NULL;

    CREATE TABLE review_requests (
      order_id uuid CONSTRAINT review_requests_once_per_order PRIMARY KEY REFERENCES orders (id),
      -- under which a guest's reviews are known; an account's are under its id
      mailbox_hash bytea NOT NULL,
      requested_at timestamptz NOT NULL,
      CONSTRAINT review_requests_mailbox_is_a_sha256 CHECK (octet_length(mailbox_hash) = 32)
    );
    CREATE INDEX review_requests_by_mailbox ON review_requests (mailbox_hash);

    -- One row.
    CREATE TABLE review_settings (
      one boolean CONSTRAINT review_settings_one_row PRIMARY KEY DEFAULT true CHECK (one),
      -- what buyers write appears before staff have read it
      publish_buyers boolean NOT NULL DEFAULT false,
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    INSERT INTO review_settings DEFAULT VALUES;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP TABLE review_settings, review_requests;
    ALTER TABLE orders DROP COLUMN review_request_at;
  `)
}
