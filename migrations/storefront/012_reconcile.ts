// What the reconciler remembers of its comparing with the payment provider, what it found that is not its to mend, and the
// shoppers that the provider sent back: verdicts only, no token.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    -- One row for each stretch of time and each list of the provider: whoever holds the lease reads it, page by page.
    CREATE TABLE reconcile_rounds (
      span text NOT NULL,
      list text NOT NULL,
      next_at timestamptz NOT NULL DEFAULT now(),
      lease_token uuid,
      lease_until timestamptz,
      -- null between two rounds
      started_at timestamptz,
      -- in this round everything made later than this was looked at
      cursor_at timestamptz,
      -- the oldest thing of the provider seen in this round: our rows from before it are of another account
      oldest_at timestamptz,
      finished_at timestamptz,
      looked integer NOT NULL DEFAULT 0,
      repaired integer NOT NULL DEFAULT 0,
      last_error text,
      PRIMARY KEY (span, list),
      CONSTRAINT reconcile_rounds_span_known CHECK (span IN ('day', 'month')),
      CONSTRAINT reconcile_rounds_list_known CHECK (list IN ('pages', 'intents', 'refunds'))
    );
    INSERT INTO reconcile_rounds (span, list)
      SELECT span, list FROM unnest(ARRAY['day', 'month']) AS span, unnest(ARRAY['pages', 'intents', 'refunds']) AS list;

    -- When the provider last showed a payment or a refund: what is ours and was not shown is missing there.
    CREATE TABLE provider_seen (
      object_id text PRIMARY KEY,
      seen_at timestamptz NOT NULL
    );
    CREATE INDEX provider_seen_by_time ON provider_seen (seen_at);

    CREATE TABLE money_differences (
      id uuid PRIMARY KEY,
      list text NOT NULL,
      kind text NOT NULL,
      -- the provider's id of it
      object_id text NOT NULL,
      order_id uuid REFERENCES orders (id),
      ours jsonb NOT NULL DEFAULT '{}',
      theirs jsonb NOT NULL DEFAULT '{}',
      occurred_at timestamptz NOT NULL,
      found_at timestamptz NOT NULL,
      seen_at timestamptz NOT NULL,
      -- a person looked at it in the provider's dashboard; forgotten when it changes
      put_aside_at timestamptz,
      put_aside_note text,
      CONSTRAINT money_differences_one_of_a_kind UNIQUE (kind, object_id),
      CONSTRAINT money_differences_list_known CHECK (list IN ('pages', 'intents', 'refunds')),
      CONSTRAINT money_differences_put_aside_with_a_note CHECK ((put_aside_at IS NULL) = (put_aside_note IS NULL))
    );
    CREATE INDEX money_differences_open ON money_differences (occurred_at) WHERE put_aside_at IS NULL;

    CREATE TABLE return_visits (
      id uuid PRIMARY KEY,
      order_id uuid NOT NULL REFERENCES orders (id),
      -- the page's id as the address named it; never the order's token
      object_id text,
      verdict text NOT NULL,
      note text,
      visited_at timestamptz NOT NULL,
      CONSTRAINT return_visits_verdict_known CHECK (verdict IN ('applied', 'duplicate', 'stale', 'waiting', 'failed'))
    );
    CREATE INDEX return_visits_by_order ON return_visits (order_id, visited_at);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('DROP TABLE return_visits, money_differences, provider_seen, reconcile_rounds')
}
