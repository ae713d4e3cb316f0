// The outbox both databases have: the table is the truth, NOTIFY is a nudge with an empty payload.
// `deliveries` remembers each message sent, one per event, channel and recipient.
export const createOutbox = `
  CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    dedupe_key text NOT NULL,
    topic text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    lease_token uuid,
    lease_until timestamptz,
    done_at timestamptz,
    parked_at timestamptz,
    last_error text,
    CONSTRAINT outbox_one_per_fact UNIQUE (dedupe_key),
    CONSTRAINT outbox_done_or_parked CHECK (done_at IS NULL OR parked_at IS NULL)
  );
  CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE done_at IS NULL AND parked_at IS NULL;

  CREATE FUNCTION outbox_nudge() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_notify('outbox', ''); RETURN NULL; END $$;
  CREATE TRIGGER outbox_nudge AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_nudge();

  CREATE TABLE deliveries (
    id uuid PRIMARY KEY,
    outbox_id uuid NOT NULL REFERENCES outbox (id),
    channel text NOT NULL,
    recipient_hash bytea NOT NULL,
    provider_key text NOT NULL,
    provider_message_id text,
    provider_answer text,
    status text NOT NULL DEFAULT 'sending',
    attempts integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    CONSTRAINT deliveries_one_per_event_channel_recipient UNIQUE (outbox_id, channel, recipient_hash),
    CONSTRAINT deliveries_channel_known CHECK (channel IN ('email', 'sms')),
    CONSTRAINT deliveries_status_known CHECK (status IN ('sending', 'sent', 'failed', 'suppressed')),
    CONSTRAINT deliveries_sent_have_a_time CHECK ((status = 'sent') = (sent_at IS NOT NULL))
  );
`

export const dropOutbox = 'DROP TABLE deliveries, outbox; DROP FUNCTION outbox_nudge;'
