-- Written by npm run db:dump from the migrations 001_identity to 018_stock_proofs. Never edited by hand.

CREATE OR REPLACE FUNCTION public.audit_log_chain()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      DECLARE
        last record;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('audit_log'));
        SELECT seq, hash INTO last FROM audit_log ORDER BY seq DESC LIMIT 1;
        NEW.seq := coalesce(last.seq, 0) + 1;
        NEW.previous_hash := coalesce(last.hash, '\x');
        NEW.hash := 
  sha256(convert_to(jsonb_build_array(
    encode(NEW.previous_hash, 'hex'), NEW.seq, NEW.id, NEW.actor_id, NEW.actor_name, NEW.action,
    NEW.subject, NEW.before, NEW.after, NEW.ip_prefix, NEW.request_id,
    to_char(NEW.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
  )::text, 'UTF8'));
        RETURN NEW;
      END $function$;

CREATE OR REPLACE FUNCTION public.audit_log_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'restrict_violation'; END $function$;

CREATE OR REPLACE FUNCTION public.invoices_are_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        RAISE EXCEPTION 'an issued document is never changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_are_append_only';
      END $function$;

CREATE OR REPLACE FUNCTION public.order_items_are_frozen()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        IF EXISTS (SELECT 1 FROM orders WHERE id = OLD.order_id AND status <> 'placing') THEN
          RAISE EXCEPTION 'the lines of a placed order cannot change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_items_are_frozen';
        END IF;
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      END $function$;

CREATE OR REPLACE FUNCTION public.orders_move_only_along_edges()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        IF NEW.status <> OLD.status AND NOT EXISTS (
          SELECT 1 FROM order_edges WHERE from_status = OLD.status AND to_status = NEW.status
        ) THEN
          RAISE EXCEPTION 'an order cannot move from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_move_only_along_edges';
        END IF;
        RETURN NEW;
      END $function$;

CREATE OR REPLACE FUNCTION public.outbox_nudge()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN PERFORM pg_notify('outbox', ''); RETURN NULL; END $function$;

CREATE OR REPLACE FUNCTION public.returns_move_only_along_edges()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        IF NEW.status <> OLD.status AND NOT EXISTS (
          SELECT 1 FROM return_edges WHERE from_status = OLD.status AND to_status = NEW.status
        ) THEN
          RAISE EXCEPTION 'a return cannot move from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'returns_move_only_along_edges';
        END IF;
        RETURN NEW;
      END $function$;

CREATE OR REPLACE FUNCTION public.store_reservations_end_once()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        IF NEW.status <> OLD.status AND NOT (
          (OLD.status = 'placing' AND NEW.status IN ('held', 'refused'))
          OR (OLD.status = 'held' AND NEW.status IN ('collected', 'lapsed', 'cancelled'))
        ) THEN
          RAISE EXCEPTION 'a reservation that is % cannot become %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'store_reservations_end_once';
        END IF;
        RETURN NEW;
      END $function$;

CREATE OR REPLACE FUNCTION public.users_keep_one_owner()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
      END $function$;

CREATE TABLE account_tokens (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  purpose text NOT NULL,
  token_hash bytea NOT NULL,
  new_email text,
  asked_from bytea,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT account_tokens_pkey PRIMARY KEY (id),
  CONSTRAINT account_tokens_one_per_secret UNIQUE (token_hash),
  CONSTRAINT account_tokens_asked_from_a_sha256 CHECK ((octet_length(asked_from) = 32)),
  CONSTRAINT account_tokens_hold_a_sha256 CHECK ((octet_length(token_hash) = 32)),
  CONSTRAINT account_tokens_live_shortly CHECK (((expires_at > created_at) AND (expires_at <= (created_at +
CASE purpose
    WHEN 'verify_email'::text THEN '24:00:00'::interval
    ELSE '00:30:00'::interval
END)))),
  CONSTRAINT account_tokens_new_email_is_canonical CHECK (((new_email = lower(new_email)) AND (new_email = btrim(new_email)) AND ((length(new_email) >= 3) AND (length(new_email) <= 254)))),
  CONSTRAINT account_tokens_new_email_when_changing CHECK (((purpose = 'change_email'::text) = (new_email IS NOT NULL))),
  CONSTRAINT account_tokens_purpose_known CHECK ((purpose = ANY (ARRAY['verify_email'::text, 'reset_password'::text, 'change_email'::text])))
);

CREATE TABLE addresses (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  full_name text NOT NULL,
  company text,
  line1 text NOT NULL,
  line2 text,
  city text NOT NULL,
  region text,
  postcode text,
  country character(2) NOT NULL,
  phone text,
  is_default_shipping boolean NOT NULL DEFAULT false,
  is_default_billing boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT addresses_pkey PRIMARY KEY (id),
  CONSTRAINT addresses_country_is_iso_alpha2 CHECK ((country ~ '^[A-Z]{2}$'::text)),
  CONSTRAINT addresses_lengths CHECK ((((length(full_name) >= 1) AND (length(full_name) <= 120)) AND ((length(line1) >= 1) AND (length(line1) <= 200)) AND ((length(city) >= 1) AND (length(city) <= 120))))
);

CREATE TABLE audit_log (
  id uuid NOT NULL,
  seq bigint NOT NULL,
  actor_id uuid,
  actor_name text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  before jsonb,
  after jsonb,
  ip_prefix text,
  request_id text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT audit_log_pkey PRIMARY KEY (id)
);

CREATE TABLE bought_together (
  product_id uuid NOT NULL,
  other_product_id uuid NOT NULL,
  orders integer NOT NULL,
  computed_at timestamp with time zone NOT NULL,
  CONSTRAINT bought_together_pkey PRIMARY KEY (product_id, other_product_id),
  CONSTRAINT bought_together_more_than_once CHECK ((orders >= 2)),
  CONSTRAINT bought_together_two_products CHECK ((product_id <> other_product_id))
);

CREATE TABLE cart_items (
  id uuid NOT NULL,
  cart_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  sku text NOT NULL,
  quantity integer NOT NULL,
  seen_price_minor bigint NOT NULL,
  added_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT cart_items_pkey PRIMARY KEY (id),
  CONSTRAINT cart_items_one_line_per_variant UNIQUE (cart_id, variant_id),
  CONSTRAINT cart_items_price_not_negative CHECK ((seen_price_minor >= 0)),
  CONSTRAINT cart_items_quantity_in_range CHECK (((quantity >= 1) AND (quantity <= 99)))
);

CREATE TABLE carts (
  id uuid NOT NULL,
  user_id uuid,
  status text NOT NULL DEFAULT 'open'::text,
  version integer NOT NULL DEFAULT 1,
  currency character(3) NOT NULL,
  email text,
  phone text,
  shipping_address jsonb,
  billing_address jsonb,
  shipping_method_code text,
  note text,
  merged_into uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  fulfilment text NOT NULL DEFAULT 'delivery'::text,
  pickup_store_id uuid,
  pickup_name text,
  payment_method text NOT NULL DEFAULT 'card'::text,
  coupon_code text,
  sms_opt_in boolean,
  CONSTRAINT carts_pkey PRIMARY KEY (id),
  CONSTRAINT carts_fulfilment_known CHECK ((fulfilment = ANY (ARRAY['delivery'::text, 'pickup'::text]))),
  CONSTRAINT carts_merged_names_its_heir CHECK (((status = 'merged'::text) = (merged_into IS NOT NULL))),
  CONSTRAINT carts_paid_in_store_only_at_pickup CHECK (((payment_method = 'card'::text) OR (fulfilment = 'pickup'::text))),
  CONSTRAINT carts_payment_method_known CHECK ((payment_method = ANY (ARRAY['card'::text, 'in_store'::text]))),
  CONSTRAINT carts_pickup_names_a_store CHECK (((fulfilment = 'delivery'::text) OR ((pickup_store_id IS NOT NULL) AND (pickup_name IS NOT NULL)))),
  CONSTRAINT carts_status_known CHECK ((status = ANY (ARRAY['open'::text, 'checking_out'::text, 'ordered'::text, 'merged'::text])))
);

CREATE TABLE coupon_uses (
  id uuid NOT NULL,
  coupon_id uuid NOT NULL,
  order_id uuid NOT NULL,
  user_id uuid,
  email_hash bytea NOT NULL,
  discount_minor bigint NOT NULL,
  status text NOT NULL DEFAULT 'claimed'::text,
  beyond_limit boolean NOT NULL DEFAULT false,
  claimed_at timestamp with time zone NOT NULL DEFAULT now(),
  given_back_at timestamp with time zone,
  CONSTRAINT coupon_uses_pkey PRIMARY KEY (id),
  CONSTRAINT coupon_uses_one_per_order UNIQUE (order_id),
  CONSTRAINT coupon_uses_discount_not_negative CHECK ((discount_minor >= 0)),
  CONSTRAINT coupon_uses_given_back_have_a_time CHECK (((status = 'given_back'::text) = (given_back_at IS NOT NULL))),
  CONSTRAINT coupon_uses_mailbox_is_a_sha256 CHECK ((octet_length(email_hash) = 32)),
  CONSTRAINT coupon_uses_status_known CHECK ((status = ANY (ARRAY['claimed'::text, 'given_back'::text])))
);

CREATE TABLE coupons (
  id uuid NOT NULL,
  code text NOT NULL,
  description text NOT NULL DEFAULT ''::text,
  kind text NOT NULL,
  value bigint NOT NULL DEFAULT 0,
  currency character(3) NOT NULL,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  minimum_minor bigint,
  limit_total integer,
  limit_per_customer integer,
  used integer NOT NULL DEFAULT 0,
  active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT coupons_pkey PRIMARY KEY (id),
  CONSTRAINT coupons_one_per_code UNIQUE (code),
  CONSTRAINT coupons_code_is_canonical CHECK ((code ~ '^[A-Z0-9][A-Z0-9_-]{2,39}$'::text)),
  CONSTRAINT coupons_end_after_they_begin CHECK (((starts_at IS NULL) OR (ends_at IS NULL) OR (ends_at > starts_at))),
  CONSTRAINT coupons_kind_known CHECK ((kind = ANY (ARRAY['percent'::text, 'fixed'::text, 'free_shipping'::text]))),
  CONSTRAINT coupons_limits_are_positive CHECK ((((limit_total IS NULL) OR (limit_total > 0)) AND ((limit_per_customer IS NULL) OR (limit_per_customer > 0)) AND ((minimum_minor IS NULL) OR (minimum_minor > 0)))),
  CONSTRAINT coupons_used_within_limit CHECK (((used >= 0) AND ((limit_total IS NULL) OR (used <= limit_total)))),
  CONSTRAINT coupons_value_fits_the_kind CHECK ((((kind = 'percent'::text) AND ((value >= 1) AND (value <= 10000))) OR ((kind = 'fixed'::text) AND (value > 0)) OR ((kind = 'free_shipping'::text) AND (value = 0))))
);

CREATE TABLE customer_notes (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  author_id uuid,
  author_name text NOT NULL,
  body text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT customer_notes_pkey PRIMARY KEY (id),
  CONSTRAINT customer_notes_length CHECK (((length(body) >= 1) AND (length(body) <= 2000)))
);

CREATE TABLE deliveries (
  id uuid NOT NULL,
  outbox_id uuid NOT NULL,
  channel text NOT NULL,
  recipient_hash bytea NOT NULL,
  provider_key text NOT NULL,
  provider_message_id text,
  provider_answer text,
  status text NOT NULL DEFAULT 'sending'::text,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  sent_at timestamp with time zone,
  CONSTRAINT deliveries_pkey PRIMARY KEY (id),
  CONSTRAINT deliveries_one_per_event_channel_recipient UNIQUE (outbox_id, channel, recipient_hash),
  CONSTRAINT deliveries_channel_known CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  CONSTRAINT deliveries_sent_have_a_time CHECK (((status = 'sent'::text) = (sent_at IS NOT NULL))),
  CONSTRAINT deliveries_status_known CHECK ((status = ANY (ARRAY['sending'::text, 'sent'::text, 'failed'::text, 'suppressed'::text])))
);

CREATE TABLE disputes (
  id text NOT NULL,
  payment_id uuid NOT NULL,
  order_id uuid NOT NULL,
  status text NOT NULL,
  reason text NOT NULL,
  amount_minor bigint NOT NULL,
  currency character(3) NOT NULL,
  evidence_due_at timestamp with time zone,
  opened_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT disputes_pkey PRIMARY KEY (id)
);

CREATE TABLE document_counters (
  series text NOT NULL,
  year integer NOT NULL,
  last_number integer NOT NULL DEFAULT 0,
  CONSTRAINT document_counters_pkey PRIMARY KEY (series, year),
  CONSTRAINT document_counters_count_up CHECK ((last_number >= 0)),
  CONSTRAINT document_counters_series_known CHECK ((series = ANY (ARRAY['invoice'::text, 'credit_note'::text])))
);

CREATE TABLE idempotency_keys (
  id_hash bytea NOT NULL,
  body_hash bytea NOT NULL,
  lease_token uuid,
  lease_until timestamp with time zone,
  answer_status integer,
  answer_body text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (id_hash),
  CONSTRAINT idempotency_keys_answer_is_whole CHECK (((answer_status IS NULL) = (answer_body IS NULL))),
  CONSTRAINT idempotency_keys_are_hashes CHECK (((length(id_hash) = 32) AND (length(body_hash) = 32))),
  CONSTRAINT idempotency_keys_keep_what_was_done CHECK (((answer_status >= 200) AND (answer_status <= 299)))
);

CREATE TABLE invoices (
  id uuid NOT NULL,
  number text NOT NULL,
  series text NOT NULL,
  year integer NOT NULL,
  sequence integer NOT NULL,
  kind text NOT NULL,
  order_id uuid NOT NULL,
  refund_id uuid,
  currency character(3) NOT NULL,
  total_minor bigint NOT NULL,
  snapshot jsonb NOT NULL,
  issued_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT invoices_pkey PRIMARY KEY (id),
  CONSTRAINT invoices_one_of_a_kind_per_refund UNIQUE (refund_id, kind),
  CONSTRAINT invoices_one_per_number UNIQUE (number),
  CONSTRAINT invoices_one_per_sequence UNIQUE (series, year, sequence),
  CONSTRAINT invoices_count_from_one CHECK ((sequence > 0)),
  CONSTRAINT invoices_kind_known CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text, 'withdrawal'::text]))),
  CONSTRAINT invoices_only_credits_name_a_refund CHECK (((kind = 'invoice'::text) = (refund_id IS NULL))),
  CONSTRAINT invoices_series_fits_the_kind CHECK ((((kind = 'invoice'::text) = (series = 'invoice'::text)) AND (series = ANY (ARRAY['invoice'::text, 'credit_note'::text])))),
  CONSTRAINT invoices_total_not_negative CHECK ((total_minor >= 0))
);

CREATE TABLE message_preferences (
  id uuid NOT NULL,
  user_id uuid,
  email_hash bytea,
  kind text NOT NULL,
  channel text NOT NULL,
  allowed boolean NOT NULL,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT message_preferences_pkey PRIMARY KEY (id),
  CONSTRAINT message_preferences_one_per_mailbox UNIQUE (email_hash, kind, channel),
  CONSTRAINT message_preferences_one_per_user UNIQUE (user_id, kind, channel),
  CONSTRAINT message_preferences_belong_to_one CHECK (((user_id IS NULL) <> (email_hash IS NULL))),
  CONSTRAINT message_preferences_channel_known CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  CONSTRAINT message_preferences_kind_known CHECK ((kind = ANY (ARRAY['order_updates'::text, 'reviews'::text, 'news'::text]))),
  CONSTRAINT message_preferences_mailbox_is_a_sha256 CHECK ((octet_length(email_hash) = 32)),
  CONSTRAINT message_preferences_order_mails_stay CHECK (((kind <> 'order_updates'::text) OR (channel = 'sms'::text)))
);

CREATE TABLE money_differences (
  id uuid NOT NULL,
  list text NOT NULL,
  kind text NOT NULL,
  object_id text NOT NULL,
  order_id uuid,
  ours jsonb NOT NULL DEFAULT '{}'::jsonb,
  theirs jsonb NOT NULL DEFAULT '{}'::jsonb,
  occurred_at timestamp with time zone NOT NULL,
  found_at timestamp with time zone NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  put_aside_at timestamp with time zone,
  put_aside_note text,
  CONSTRAINT money_differences_pkey PRIMARY KEY (id),
  CONSTRAINT money_differences_one_of_a_kind UNIQUE (kind, object_id),
  CONSTRAINT money_differences_list_known CHECK ((list = ANY (ARRAY['pages'::text, 'intents'::text, 'refunds'::text]))),
  CONSTRAINT money_differences_put_aside_with_a_note CHECK (((put_aside_at IS NULL) = (put_aside_note IS NULL)))
);

CREATE TABLE order_edges (
  from_status text NOT NULL,
  to_status text NOT NULL,
  CONSTRAINT order_edges_pkey PRIMARY KEY (from_status, to_status)
);

CREATE TABLE order_history (
  id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  order_id uuid NOT NULL,
  kind text NOT NULL,
  from_status text,
  to_status text,
  actor text NOT NULL,
  message text NOT NULL DEFAULT ''::text,
  details jsonb NOT NULL DEFAULT '{}'::jsonb,
  is_public boolean NOT NULL DEFAULT true,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT order_history_pkey PRIMARY KEY (id),
  CONSTRAINT order_history_kind_known CHECK ((kind = ANY (ARRAY['status'::text, 'payment'::text, 'refund'::text, 'parcel'::text, 'message'::text, 'note'::text, 'webhook'::text]))),
  CONSTRAINT order_history_status_rows_name_a_move CHECK (((kind = 'status'::text) = (to_status IS NOT NULL)))
);

CREATE TABLE order_items (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  "position" integer NOT NULL,
  variant_id uuid NOT NULL,
  product_id uuid NOT NULL,
  product_slug text NOT NULL,
  sku text NOT NULL,
  title text NOT NULL,
  variant_title text NOT NULL,
  image_src text,
  quantity integer NOT NULL,
  unit_price_minor bigint NOT NULL,
  discount_minor bigint NOT NULL DEFAULT 0,
  line_total_minor bigint NOT NULL,
  tax_basis_points integer NOT NULL,
  tax_minor bigint NOT NULL,
  tax_included boolean NOT NULL,
  tax_name text NOT NULL DEFAULT ''::text,
  CONSTRAINT order_items_pkey PRIMARY KEY (id),
  CONSTRAINT order_items_one_line_per_variant UNIQUE (order_id, variant_id),
  CONSTRAINT order_items_amounts_not_negative CHECK (((unit_price_minor >= 0) AND (discount_minor >= 0) AND (line_total_minor >= 0) AND (tax_minor >= 0))),
  CONSTRAINT order_items_quantity_in_range CHECK (((quantity >= 1) AND (quantity <= 99))),
  CONSTRAINT order_items_total_is_its_parts CHECK ((line_total_minor = ((quantity * unit_price_minor) - discount_minor)))
);

CREATE TABLE orders (
  id uuid NOT NULL,
  number text NOT NULL,
  checkout_key text NOT NULL,
  cart_id uuid NOT NULL,
  user_id uuid,
  email text NOT NULL,
  phone text,
  status text NOT NULL DEFAULT 'placing'::text,
  currency character(3) NOT NULL,
  subtotal_minor bigint NOT NULL,
  discount_minor bigint NOT NULL DEFAULT 0,
  shipping_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  included_tax_minor bigint NOT NULL,
  total_minor bigint NOT NULL,
  quote_hash text NOT NULL,
  shipping_address jsonb NOT NULL,
  billing_address jsonb NOT NULL,
  shipping_method jsonb NOT NULL,
  note text,
  access_token_hash bytea NOT NULL,
  cancel_reason text,
  cancel_requested_at timestamp with time zone,
  hold_until timestamp with time zone,
  release_pending boolean NOT NULL DEFAULT false,
  next_attempt_at timestamp with time zone,
  attempts integer NOT NULL DEFAULT 0,
  lease_token uuid,
  lease_until timestamp with time zone,
  last_error text,
  placed_at timestamp with time zone NOT NULL DEFAULT now(),
  paid_at timestamp with time zone,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  fulfilment text NOT NULL DEFAULT 'delivery'::text,
  pickup_store jsonb,
  payment_method text NOT NULL DEFAULT 'card'::text,
  ready_at timestamp with time zone,
  collect_by timestamp with time zone,
  collected_at timestamp with time zone,
  coupon jsonb,
  shipping_tax jsonb,
  sms_opt_in boolean NOT NULL DEFAULT false,
  review_request_at timestamp with time zone,
  CONSTRAINT orders_pkey PRIMARY KEY (id),
  CONSTRAINT orders_one_per_checkout_key UNIQUE (checkout_key),
  CONSTRAINT orders_one_per_number UNIQUE (number),
  CONSTRAINT orders_access_token_is_a_sha256 CHECK ((octet_length(access_token_hash) = 32)),
  CONSTRAINT orders_amounts_not_negative CHECK (((subtotal_minor >= 0) AND (discount_minor >= 0) AND (shipping_minor >= 0) AND (tax_minor >= 0) AND (included_tax_minor >= 0) AND (total_minor >= 0))),
  CONSTRAINT orders_collected_were_ready CHECK (((collected_at IS NULL) OR (ready_at IS NOT NULL))),
  CONSTRAINT orders_fulfilment_known CHECK ((fulfilment = ANY (ARRAY['delivery'::text, 'pickup'::text]))),
  CONSTRAINT orders_only_pickups_are_made_ready CHECK (((fulfilment = 'pickup'::text) OR ((ready_at IS NULL) AND (collect_by IS NULL) AND (collected_at IS NULL)))),
  CONSTRAINT orders_paid_in_store_only_at_pickup CHECK (((payment_method = 'card'::text) OR (fulfilment = 'pickup'::text))),
  CONSTRAINT orders_payment_method_known CHECK ((payment_method = ANY (ARRAY['card'::text, 'in_store'::text]))),
  CONSTRAINT orders_pickup_names_a_store CHECK (((fulfilment = 'pickup'::text) = (pickup_store IS NOT NULL))),
  CONSTRAINT orders_ready_are_kept_until_a_time CHECK (((ready_at IS NULL) OR (collect_by IS NOT NULL))),
  CONSTRAINT orders_status_known CHECK ((status = ANY (ARRAY['placing'::text, 'reserved'::text, 'awaiting_payment'::text, 'payment_received'::text, 'paid'::text, 'fulfilling'::text, 'fulfilled'::text, 'cancelled'::text, 'expired'::text, 'refund_due'::text, 'refunded'::text]))),
  CONSTRAINT orders_total_is_its_parts CHECK ((total_minor = (((subtotal_minor - discount_minor) + shipping_minor) + tax_minor)))
);

CREATE TABLE outbox (
  id uuid NOT NULL,
  dedupe_key text NOT NULL,
  topic text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  next_attempt_at timestamp with time zone NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0,
  lease_token uuid,
  lease_until timestamp with time zone,
  done_at timestamp with time zone,
  parked_at timestamp with time zone,
  last_error text,
  order_id uuid,
  CONSTRAINT outbox_pkey PRIMARY KEY (id),
  CONSTRAINT outbox_one_per_fact UNIQUE (dedupe_key),
  CONSTRAINT outbox_done_or_parked CHECK (((done_at IS NULL) OR (parked_at IS NULL)))
);

CREATE TABLE parcels (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  parcel_no integer NOT NULL,
  status text NOT NULL DEFAULT 'packing'::text,
  carrier text,
  tracking_number text,
  tracking_url text,
  lines jsonb NOT NULL,
  fulfillment_id uuid,
  requested_by text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  shipped_at timestamp with time zone,
  delivered_at timestamp with time zone,
  CONSTRAINT parcels_pkey PRIMARY KEY (id),
  CONSTRAINT parcels_one_per_number UNIQUE (order_id, parcel_no),
  CONSTRAINT parcels_hold_something CHECK ((jsonb_array_length(lines) > 0)),
  CONSTRAINT parcels_number_positive CHECK ((parcel_no > 0)),
  CONSTRAINT parcels_status_has_its_time CHECK ((((status = 'packing'::text) OR (shipped_at IS NOT NULL)) AND ((status <> 'delivered'::text) OR (delivered_at IS NOT NULL)))),
  CONSTRAINT parcels_status_known CHECK ((status = ANY (ARRAY['packing'::text, 'shipped'::text, 'delivered'::text])))
);

CREATE TABLE payments (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  attempt integer NOT NULL,
  provider text NOT NULL DEFAULT 'stripe'::text,
  provider_session_id text,
  provider_intent_id text,
  session_url text,
  session_expires_at timestamp with time zone,
  status text NOT NULL DEFAULT 'new'::text,
  amount_minor bigint NOT NULL,
  currency character(3) NOT NULL,
  captured_minor bigint NOT NULL DEFAULT 0,
  refunded_minor bigint NOT NULL DEFAULT 0,
  card_brand text,
  card_last4 text,
  failure_code text,
  failure_message text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  succeeded_at timestamp with time zone,
  tender text,
  kind text NOT NULL DEFAULT 'page'::text,
  CONSTRAINT payments_pkey PRIMARY KEY (id),
  CONSTRAINT payments_one_per_attempt UNIQUE (order_id, attempt),
  CONSTRAINT payments_one_per_intent UNIQUE (provider, provider_intent_id),
  CONSTRAINT payments_one_per_session UNIQUE (provider, provider_session_id),
  CONSTRAINT payments_amount_is_positive CHECK ((amount_minor > 0)),
  CONSTRAINT payments_captured_in_range CHECK (((captured_minor >= 0) AND ((captured_minor <= amount_minor) OR ((status = 'failed'::text) AND (NOT (failure_code IS DISTINCT FROM 'mismatch'::text)))))),
  CONSTRAINT payments_in_store_are_facts CHECK (((provider <> 'in_store'::text) OR ((status = 'succeeded'::text) AND (captured_minor = amount_minor) AND (provider_session_id IS NULL) AND (provider_intent_id IS NULL)))),
  CONSTRAINT payments_in_store_name_the_tender CHECK (((provider = 'in_store'::text) = (tender IS NOT NULL))),
  CONSTRAINT payments_kind_known CHECK ((kind = ANY (ARRAY['page'::text, 'intent'::text]))),
  CONSTRAINT payments_provider_known CHECK ((provider = ANY (ARRAY['stripe'::text, 'in_store'::text]))),
  CONSTRAINT payments_refunded_in_range CHECK (((refunded_minor >= 0) AND (refunded_minor <= captured_minor))),
  CONSTRAINT payments_status_known CHECK ((status = ANY (ARRAY['new'::text, 'open'::text, 'processing'::text, 'succeeded'::text, 'succeeded_duplicate'::text, 'failed'::text, 'expired'::text, 'cancelled'::text]))),
  CONSTRAINT payments_tender_known CHECK ((tender = ANY (ARRAY['cash'::text, 'card'::text])))
);

CREATE TABLE provider_seen (
  object_id text NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  CONSTRAINT provider_seen_pkey PRIMARY KEY (object_id)
);

CREATE TABLE rate_limits (
  key character varying(255) NOT NULL,
  points integer NOT NULL DEFAULT 0,
  expire bigint,
  CONSTRAINT rate_limits_pkey PRIMARY KEY (key)
);

CREATE TABLE reconcile_rounds (
  span text NOT NULL,
  list text NOT NULL,
  next_at timestamp with time zone NOT NULL DEFAULT now(),
  lease_token uuid,
  lease_until timestamp with time zone,
  started_at timestamp with time zone,
  cursor_at timestamp with time zone,
  oldest_at timestamp with time zone,
  finished_at timestamp with time zone,
  looked integer NOT NULL DEFAULT 0,
  repaired integer NOT NULL DEFAULT 0,
  last_error text,
  CONSTRAINT reconcile_rounds_pkey PRIMARY KEY (span, list),
  CONSTRAINT reconcile_rounds_list_known CHECK ((list = ANY (ARRAY['pages'::text, 'intents'::text, 'refunds'::text]))),
  CONSTRAINT reconcile_rounds_span_known CHECK ((span = ANY (ARRAY['day'::text, 'month'::text])))
);

CREATE TABLE recovery_codes (
  user_id uuid NOT NULL,
  code_hash bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  used_at timestamp with time zone,
  CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash),
  CONSTRAINT recovery_codes_are_sha256 CHECK ((octet_length(code_hash) = 32))
);

CREATE TABLE refunds (
  id uuid NOT NULL,
  payment_id uuid NOT NULL,
  order_id uuid NOT NULL,
  amount_minor bigint NOT NULL,
  currency character(3) NOT NULL,
  status text NOT NULL DEFAULT 'pending'::text,
  reason text NOT NULL DEFAULT ''::text,
  requested_by text NOT NULL,
  idempotency_key text NOT NULL,
  provider_refund_id text,
  failure_reason text,
  next_attempt_at timestamp with time zone,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  lines jsonb,
  shipping_minor bigint NOT NULL DEFAULT 0,
  return_id uuid,
  restock_pending boolean NOT NULL DEFAULT false,
  CONSTRAINT refunds_pkey PRIMARY KEY (id),
  CONSTRAINT refunds_one_per_key UNIQUE (idempotency_key),
  CONSTRAINT refunds_one_per_provider_refund UNIQUE (provider_refund_id),
  CONSTRAINT refunds_amount_is_positive CHECK ((amount_minor > 0)),
  CONSTRAINT refunds_shipping_within_amount CHECK (((shipping_minor >= 0) AND (shipping_minor <= amount_minor))),
  CONSTRAINT refunds_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'requires_action'::text, 'succeeded'::text, 'failed'::text, 'canceled'::text])))
);

CREATE TABLE return_edges (
  from_status text NOT NULL,
  to_status text NOT NULL,
  CONSTRAINT return_edges_pkey PRIMARY KEY (from_status, to_status)
);

CREATE TABLE return_lines (
  return_id uuid NOT NULL,
  sku text NOT NULL,
  title text NOT NULL,
  variant_title text NOT NULL,
  quantity integer NOT NULL,
  reason text NOT NULL,
  received_quantity integer,
  restock boolean,
  CONSTRAINT return_lines_pkey PRIMARY KEY (return_id, sku),
  CONSTRAINT return_lines_quantity_in_range CHECK (((quantity >= 1) AND (quantity <= 99))),
  CONSTRAINT return_lines_reason_known CHECK ((reason = ANY (ARRAY['changed_mind'::text, 'does_not_fit'::text, 'damaged'::text, 'wrong_item'::text, 'not_as_described'::text, 'other'::text]))),
  CONSTRAINT return_lines_received_have_a_choice CHECK (((received_quantity IS NULL) = (restock IS NULL))),
  CONSTRAINT return_lines_received_within_announced CHECK (((received_quantity >= 0) AND (received_quantity <= quantity)))
);

CREATE TABLE return_visits (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  object_id text,
  verdict text NOT NULL,
  note text,
  visited_at timestamp with time zone NOT NULL,
  CONSTRAINT return_visits_pkey PRIMARY KEY (id),
  CONSTRAINT return_visits_verdict_known CHECK ((verdict = ANY (ARRAY['applied'::text, 'duplicate'::text, 'stale'::text, 'waiting'::text, 'failed'::text])))
);

CREATE TABLE returns (
  id uuid NOT NULL,
  number text NOT NULL,
  form_key text NOT NULL,
  order_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'requested'::text,
  note text,
  staff_note text,
  restock_pending boolean NOT NULL DEFAULT false,
  requested_by text NOT NULL,
  requested_at timestamp with time zone NOT NULL DEFAULT now(),
  decided_at timestamp with time zone,
  received_at timestamp with time zone,
  closed_at timestamp with time zone,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT returns_pkey PRIMARY KEY (id),
  CONSTRAINT returns_one_per_form UNIQUE (order_id, form_key),
  CONSTRAINT returns_one_per_number UNIQUE (number),
  CONSTRAINT returns_received_have_a_time CHECK (((status <> ALL (ARRAY['received'::text, 'refunded'::text])) OR (received_at IS NOT NULL))),
  CONSTRAINT returns_status_known CHECK ((status = ANY (ARRAY['requested'::text, 'approved'::text, 'rejected'::text, 'received'::text, 'refunded'::text, 'cancelled'::text])))
);

CREATE TABLE review_requests (
  order_id uuid NOT NULL,
  mailbox_hash bytea NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  CONSTRAINT review_requests_once_per_order PRIMARY KEY (order_id),
  CONSTRAINT review_requests_mailbox_is_a_sha256 CHECK ((octet_length(mailbox_hash) = 32))
);

CREATE TABLE review_settings (
  one boolean NOT NULL DEFAULT true,
  publish_buyers boolean NOT NULL DEFAULT false,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT review_settings_one_row PRIMARY KEY (one),
  CONSTRAINT review_settings_one_check CHECK (one)
);

CREATE TABLE second_factors (
  user_id uuid NOT NULL,
  secret_sealed text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  confirmed_at timestamp with time zone,
  last_used_step bigint NOT NULL DEFAULT 0,
  CONSTRAINT second_factors_pkey PRIMARY KEY (user_id)
);

CREATE TABLE sessions (
  id_hash bytea NOT NULL,
  user_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  last_seen_at timestamp with time zone NOT NULL DEFAULT now(),
  idle_expires_at timestamp with time zone NOT NULL,
  absolute_expires_at timestamp with time zone NOT NULL,
  user_agent text,
  ip_prefix text,
  second_factor_at timestamp with time zone,
  CONSTRAINT sessions_pkey PRIMARY KEY (id_hash),
  CONSTRAINT sessions_end_after_they_begin CHECK ((absolute_expires_at > created_at)),
  CONSTRAINT sessions_id_is_a_sha256 CHECK ((octet_length(id_hash) = 32))
);

CREATE TABLE shipping_methods (
  id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  description text NOT NULL DEFAULT ''::text,
  countries text[] NOT NULL,
  currency character(3) NOT NULL,
  price_minor bigint NOT NULL,
  free_from_minor bigint,
  min_days integer NOT NULL,
  max_days integer NOT NULL,
  "position" integer NOT NULL DEFAULT 0,
  active boolean NOT NULL DEFAULT true,
  included_grams integer NOT NULL DEFAULT 0,
  price_per_kg_minor bigint NOT NULL DEFAULT 0,
  max_grams integer,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT shipping_methods_pkey PRIMARY KEY (id),
  CONSTRAINT shipping_methods_one_per_code UNIQUE (code),
  CONSTRAINT shipping_methods_days_in_order CHECK (((min_days >= 0) AND (max_days >= min_days))),
  CONSTRAINT shipping_methods_price_not_negative CHECK (((price_minor >= 0) AND ((free_from_minor IS NULL) OR (free_from_minor >= 0)))),
  CONSTRAINT shipping_methods_serve_somewhere CHECK ((cardinality(countries) > 0)),
  CONSTRAINT shipping_methods_weights_make_sense CHECK (((included_grams >= 0) AND (price_per_kg_minor >= 0) AND ((max_grams IS NULL) OR (max_grams > 0))))
);

CREATE TABLE staff_invitations (
  id uuid NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  token_hash bytea NOT NULL,
  invited_by uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  accepted_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  CONSTRAINT staff_invitations_pkey PRIMARY KEY (id),
  CONSTRAINT staff_invitations_role_known CHECK ((role = ANY (ARRAY['owner'::text, 'manager'::text, 'warehouse'::text, 'support'::text, 'content'::text]))),
  CONSTRAINT staff_invitations_token_is_a_sha256 CHECK ((octet_length(token_hash) = 32))
);

CREATE TABLE stock_proofs (
  id uuid NOT NULL,
  buyers integer NOT NULL,
  units integer NOT NULL,
  asked_by text NOT NULL,
  started_at timestamp with time zone NOT NULL DEFAULT now(),
  finished_at timestamp with time zone,
  report jsonb,
  failure text,
  CONSTRAINT stock_proofs_pkey PRIMARY KEY (id),
  CONSTRAINT stock_proofs_end_with_a_result CHECK ((((finished_at IS NULL) AND (report IS NULL) AND (failure IS NULL)) OR ((finished_at IS NOT NULL) AND ((report IS NULL) <> (failure IS NULL)))))
);

CREATE TABLE store_reservations (
  id uuid NOT NULL,
  number text NOT NULL,
  form_key text,
  status text NOT NULL DEFAULT 'placing'::text,
  user_id uuid,
  mailbox_hash bytea NOT NULL,
  slot smallint NOT NULL,
  email text,
  name text,
  store_id uuid NOT NULL,
  store jsonb NOT NULL,
  sku text NOT NULL,
  item jsonb NOT NULL,
  quantity smallint NOT NULL,
  unit_price_minor bigint NOT NULL,
  currency character(3) NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  ended_at timestamp with time zone,
  ended_by text,
  reason text,
  stock_settled_at timestamp with time zone,
  next_attempt_at timestamp with time zone,
  attempts integer NOT NULL DEFAULT 0,
  CONSTRAINT store_reservations_pkey PRIMARY KEY (id),
  CONSTRAINT store_reservations_one_per_form UNIQUE (form_key),
  CONSTRAINT store_reservations_one_per_number UNIQUE (number),
  CONSTRAINT store_reservations_end_is_told CHECK (((status = ANY (ARRAY['placing'::text, 'held'::text])) = (ended_at IS NULL))),
  CONSTRAINT store_reservations_live_ones_have_somebody CHECK (((ended_at IS NOT NULL) OR ((email IS NOT NULL) AND (name IS NOT NULL)))),
  CONSTRAINT store_reservations_one_or_two_pieces CHECK (((quantity >= 1) AND (quantity <= 2))),
  CONSTRAINT store_reservations_price_not_negative CHECK ((unit_price_minor >= 0)),
  CONSTRAINT store_reservations_settled_after_the_end CHECK (((stock_settled_at IS NULL) OR (ended_at IS NOT NULL))),
  CONSTRAINT store_reservations_slot_known CHECK (((slot >= 1) AND (slot <= 3))),
  CONSTRAINT store_reservations_status_known CHECK ((status = ANY (ARRAY['placing'::text, 'held'::text, 'refused'::text, 'collected'::text, 'lapsed'::text, 'cancelled'::text])))
);

CREATE TABLE stripe_events (
  event_id text NOT NULL,
  type text NOT NULL,
  object_id text NOT NULL,
  order_id uuid,
  livemode boolean NOT NULL,
  payload jsonb NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  processed_at timestamp with time zone,
  verdict text,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT now(),
  lease_token uuid,
  lease_until timestamp with time zone,
  last_error text,
  CONSTRAINT stripe_events_pkey PRIMARY KEY (event_id),
  CONSTRAINT stripe_events_processed_have_a_verdict CHECK (((processed_at IS NULL) = (verdict IS NULL))),
  CONSTRAINT stripe_events_verdict_known CHECK (((verdict IS NULL) OR (verdict = ANY (ARRAY['applied'::text, 'duplicate'::text, 'stale'::text, 'ignored'::text, 'failed'::text]))))
);

CREATE TABLE tax_rates (
  id uuid NOT NULL,
  country character(2) NOT NULL,
  region text,
  category text NOT NULL DEFAULT 'standard'::text,
  name text NOT NULL,
  rate_basis_points integer NOT NULL,
  included_in_price boolean NOT NULL,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT tax_rates_pkey PRIMARY KEY (id),
  CONSTRAINT tax_rates_rate_in_range CHECK (((rate_basis_points >= 0) AND (rate_basis_points <= 10000)))
);

CREATE TABLE users (
  id uuid NOT NULL,
  email text NOT NULL,
  email_verified_at timestamp with time zone,
  name text NOT NULL,
  phone text,
  password_hash text,
  role text NOT NULL DEFAULT 'customer'::text,
  status text NOT NULL DEFAULT 'active'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT users_pkey PRIMARY KEY (id),
  CONSTRAINT users_deleted_keep_no_person CHECK (((status <> 'deleted'::text) OR ((password_hash IS NULL) AND (phone IS NULL) AND (email_verified_at IS NULL) AND (email = (('deleted-'::text || id) || '@deleted.invalid'::text))))),
  CONSTRAINT users_email_is_canonical CHECK (((email = lower(email)) AND (email = btrim(email)) AND ((length(email) >= 3) AND (length(email) <= 254)))),
  CONSTRAINT users_name_length CHECK (((length(name) >= 1) AND (length(name) <= 120))),
  CONSTRAINT users_password_is_hashed CHECK (((password_hash IS NULL) OR (password_hash ~~ '$argon2id$%'::text) OR (password_hash ~~ '$2_$%'::text))),
  CONSTRAINT users_role_known CHECK ((role = ANY (ARRAY['customer'::text, 'owner'::text, 'manager'::text, 'warehouse'::text, 'support'::text, 'content'::text]))),
  CONSTRAINT users_status_known CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text, 'deleted'::text])))
);

ALTER TABLE account_tokens ADD CONSTRAINT account_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
ALTER TABLE addresses ADD CONSTRAINT addresses_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
ALTER TABLE audit_log ADD CONSTRAINT audit_log_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES users(id);
ALTER TABLE cart_items ADD CONSTRAINT cart_items_cart_id_fkey FOREIGN KEY (cart_id) REFERENCES carts(id) ON DELETE CASCADE;
ALTER TABLE carts ADD CONSTRAINT carts_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES carts(id);
ALTER TABLE carts ADD CONSTRAINT carts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
ALTER TABLE coupon_uses ADD CONSTRAINT coupon_uses_coupon_id_fkey FOREIGN KEY (coupon_id) REFERENCES coupons(id);
ALTER TABLE coupon_uses ADD CONSTRAINT coupon_uses_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE coupon_uses ADD CONSTRAINT coupon_uses_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE SET NULL;
ALTER TABLE customer_notes ADD CONSTRAINT customer_notes_author_id_fkey FOREIGN KEY (author_id) REFERENCES users(id);
ALTER TABLE customer_notes ADD CONSTRAINT customer_notes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES outbox(id);
ALTER TABLE disputes ADD CONSTRAINT disputes_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE disputes ADD CONSTRAINT disputes_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(id);
ALTER TABLE invoices ADD CONSTRAINT invoices_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE invoices ADD CONSTRAINT invoices_refund_id_fkey FOREIGN KEY (refund_id) REFERENCES refunds(id);
ALTER TABLE message_preferences ADD CONSTRAINT message_preferences_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
ALTER TABLE money_differences ADD CONSTRAINT money_differences_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE order_history ADD CONSTRAINT order_history_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE order_items ADD CONSTRAINT order_items_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE orders ADD CONSTRAINT orders_cart_id_fkey FOREIGN KEY (cart_id) REFERENCES carts(id);
ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id);
ALTER TABLE outbox ADD CONSTRAINT outbox_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE parcels ADD CONSTRAINT parcels_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE payments ADD CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE recovery_codes ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES second_factors(user_id) ON DELETE CASCADE;
ALTER TABLE refunds ADD CONSTRAINT refunds_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE refunds ADD CONSTRAINT refunds_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(id);
ALTER TABLE refunds ADD CONSTRAINT refunds_return_id_fkey FOREIGN KEY (return_id) REFERENCES returns(id);
ALTER TABLE return_lines ADD CONSTRAINT return_lines_return_id_fkey FOREIGN KEY (return_id) REFERENCES returns(id);
ALTER TABLE return_visits ADD CONSTRAINT return_visits_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE returns ADD CONSTRAINT returns_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE review_requests ADD CONSTRAINT review_requests_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE second_factors ADD CONSTRAINT second_factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
ALTER TABLE sessions ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
ALTER TABLE staff_invitations ADD CONSTRAINT staff_invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES users(id);
ALTER TABLE store_reservations ADD CONSTRAINT store_reservations_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE SET NULL;

CREATE INDEX account_tokens_by_end ON public.account_tokens USING btree (expires_at);
CREATE INDEX account_tokens_by_user ON public.account_tokens USING btree (user_id);
CREATE INDEX addresses_by_user ON public.addresses USING btree (user_id);
CREATE UNIQUE INDEX addresses_one_default_billing_per_user ON public.addresses USING btree (user_id) WHERE is_default_billing;
CREATE UNIQUE INDEX addresses_one_default_shipping_per_user ON public.addresses USING btree (user_id) WHERE is_default_shipping;
CREATE INDEX audit_log_by_actor ON public.audit_log USING btree (actor_id, seq);
CREATE INDEX audit_log_by_subject ON public.audit_log USING btree (subject, seq);
CREATE UNIQUE INDEX audit_log_in_sequence ON public.audit_log USING btree (seq);
CREATE INDEX carts_by_age ON public.carts USING btree (updated_at) WHERE (status = 'open'::text);
CREATE UNIQUE INDEX carts_one_open_per_user ON public.carts USING btree (user_id) WHERE (status = ANY (ARRAY['open'::text, 'checking_out'::text]));
CREATE INDEX coupon_uses_by_coupon ON public.coupon_uses USING btree (coupon_id, claimed_at DESC);
CREATE INDEX coupon_uses_by_mailbox ON public.coupon_uses USING btree (coupon_id, email_hash) WHERE (status = 'claimed'::text);
CREATE INDEX customer_notes_by_user ON public.customer_notes USING btree (user_id, created_at);
CREATE INDEX deliveries_by_recipient ON public.deliveries USING btree (recipient_hash);
CREATE INDEX disputes_by_order ON public.disputes USING btree (order_id);
CREATE INDEX idempotency_keys_by_end ON public.idempotency_keys USING btree (expires_at);
CREATE INDEX invoices_by_order ON public.invoices USING btree (order_id, issued_at);
CREATE UNIQUE INDEX invoices_one_invoice_per_order ON public.invoices USING btree (order_id) WHERE (kind = 'invoice'::text);
CREATE INDEX money_differences_open ON public.money_differences USING btree (occurred_at) WHERE (put_aside_at IS NULL);
CREATE INDEX order_history_by_order ON public.order_history USING btree (order_id, seq);
CREATE INDEX orders_by_email ON public.orders USING btree (email);
CREATE INDEX orders_by_placing ON public.orders USING btree (placed_at DESC, id DESC);
CREATE INDEX orders_by_status ON public.orders USING btree (status, placed_at DESC);
CREATE INDEX orders_by_user ON public.orders USING btree (user_id, placed_at DESC);
CREATE INDEX orders_due ON public.orders USING btree (next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
CREATE UNIQUE INDEX orders_one_live_per_cart ON public.orders USING btree (cart_id) WHERE (status = ANY (ARRAY['placing'::text, 'reserved'::text, 'awaiting_payment'::text]));
CREATE INDEX orders_pickups ON public.orders USING btree (placed_at DESC, id DESC) WHERE (fulfilment = 'pickup'::text);
CREATE INDEX orders_to_ask_about ON public.orders USING btree (review_request_at) WHERE (review_request_at IS NOT NULL);
CREATE INDEX orders_unpaid_in_store ON public.orders USING btree (email) WHERE ((payment_method = 'in_store'::text) AND (status = ANY (ARRAY['placing'::text, 'reserved'::text, 'awaiting_payment'::text])));
CREATE INDEX outbox_by_order ON public.outbox USING btree (order_id, created_at) WHERE (order_id IS NOT NULL);
CREATE INDEX outbox_due ON public.outbox USING btree (next_attempt_at) WHERE ((done_at IS NULL) AND (parked_at IS NULL));
CREATE INDEX outbox_parked ON public.outbox USING btree (parked_at) WHERE (parked_at IS NOT NULL);
CREATE INDEX parcels_to_tell ON public.parcels USING btree (created_at) WHERE (status = 'packing'::text);
CREATE UNIQUE INDEX payments_one_effective_per_order ON public.payments USING btree (order_id) WHERE (status = 'succeeded'::text);
CREATE UNIQUE INDEX payments_one_live_per_order ON public.payments USING btree (order_id) WHERE (status = ANY (ARRAY['new'::text, 'open'::text, 'processing'::text]));
CREATE INDEX provider_seen_by_time ON public.provider_seen USING btree (seen_at);
CREATE INDEX refunds_by_order ON public.refunds USING btree (order_id);
CREATE INDEX refunds_by_return ON public.refunds USING btree (return_id) WHERE (return_id IS NOT NULL);
CREATE INDEX refunds_due ON public.refunds USING btree (next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
CREATE INDEX refunds_to_restock ON public.refunds USING btree (order_id) WHERE restock_pending;
CREATE INDEX return_visits_by_order ON public.return_visits USING btree (order_id, visited_at);
CREATE INDEX returns_by_order ON public.returns USING btree (order_id, requested_at);
CREATE INDEX returns_by_status ON public.returns USING btree (status, requested_at);
CREATE INDEX returns_to_restock ON public.returns USING btree (order_id) WHERE restock_pending;
CREATE INDEX review_requests_by_mailbox ON public.review_requests USING btree (mailbox_hash);
CREATE INDEX sessions_by_end ON public.sessions USING btree (absolute_expires_at);
CREATE INDEX sessions_by_user ON public.sessions USING btree (user_id);
CREATE UNIQUE INDEX staff_invitations_by_token ON public.staff_invitations USING btree (token_hash);
CREATE UNIQUE INDEX staff_invitations_one_open_per_email ON public.staff_invitations USING btree (email) WHERE ((accepted_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX stock_proofs_latest ON public.stock_proofs USING btree (started_at);
CREATE UNIQUE INDEX stock_proofs_one_at_a_time ON public.stock_proofs USING btree ((true)) WHERE (finished_at IS NULL);
CREATE UNIQUE INDEX store_reservations_a_thing_once_per_person ON public.store_reservations USING btree (mailbox_hash, sku) WHERE (ended_at IS NULL);
CREATE INDEX store_reservations_by_store ON public.store_reservations USING btree (store_id, created_at DESC);
CREATE INDEX store_reservations_by_user ON public.store_reservations USING btree (user_id, created_at DESC) WHERE (user_id IS NOT NULL);
CREATE UNIQUE INDEX store_reservations_few_per_person ON public.store_reservations USING btree (mailbox_hash, slot) WHERE (ended_at IS NULL);
CREATE INDEX store_reservations_to_forget ON public.store_reservations USING btree (ended_at) WHERE ((ended_at IS NOT NULL) AND (email IS NOT NULL));
CREATE INDEX store_reservations_to_lapse ON public.store_reservations USING btree (expires_at) WHERE (status = ANY (ARRAY['placing'::text, 'held'::text]));
CREATE INDEX store_reservations_to_settle ON public.store_reservations USING btree (next_attempt_at) WHERE ((ended_at IS NOT NULL) AND (stock_settled_at IS NULL));
CREATE INDEX stripe_events_by_order ON public.stripe_events USING btree (order_id, received_at);
CREATE INDEX stripe_events_waiting ON public.stripe_events USING btree (next_attempt_at) WHERE (processed_at IS NULL);
CREATE UNIQUE INDEX tax_rates_one_per_zone_and_category ON public.tax_rates USING btree (country, COALESCE(region, ''::text), category);
CREATE UNIQUE INDEX users_one_per_email ON public.users USING btree (email);
CREATE INDEX users_staff ON public.users USING btree (role) WHERE (role <> 'customer'::text);

CREATE TRIGGER audit_log_chain BEFORE INSERT ON public.audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_chain();
CREATE TRIGGER audit_log_is_append_only BEFORE DELETE OR UPDATE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_is_append_only();
CREATE TRIGGER invoices_are_append_only BEFORE DELETE OR UPDATE ON public.invoices FOR EACH STATEMENT EXECUTE FUNCTION invoices_are_append_only();
CREATE TRIGGER order_items_are_frozen BEFORE DELETE OR UPDATE ON public.order_items FOR EACH ROW EXECUTE FUNCTION order_items_are_frozen();
CREATE TRIGGER orders_move_only_along_edges BEFORE UPDATE OF status ON public.orders FOR EACH ROW EXECUTE FUNCTION orders_move_only_along_edges();
CREATE TRIGGER outbox_nudge AFTER INSERT ON public.outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_nudge();
CREATE TRIGGER returns_move_only_along_edges BEFORE UPDATE OF status ON public.returns FOR EACH ROW EXECUTE FUNCTION returns_move_only_along_edges();
CREATE TRIGGER store_reservations_end_once BEFORE UPDATE OF status ON public.store_reservations FOR EACH ROW EXECUTE FUNCTION store_reservations_end_once();
CREATE TRIGGER users_keep_one_owner AFTER DELETE OR UPDATE ON public.users FOR EACH ROW WHEN (((old.role = 'owner'::text) AND (old.status = 'active'::text))) EXECUTE FUNCTION users_keep_one_owner();
