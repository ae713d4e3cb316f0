-- Written by npm run db:dump from the migrations 001_catalogue to 017_holds_end_once. Never edited by hand.

CREATE OR REPLACE FUNCTION public.lowest_price_before(variant uuid)
 RETURNS bigint
 LANGUAGE plpgsql
 STABLE
AS $function$
      DECLARE
        began timestamptz; own bigint; window_start timestamptz; lowest bigint;
      BEGIN
        SELECT c.since, c.price_minor, greatest(c.since - interval '30 days', p.published_at) INTO began, own, window_start
          FROM price_changes c JOIN variants v ON v.id = c.variant_id JOIN products p ON p.id = v.product_id
          WHERE c.variant_id = variant ORDER BY c.since DESC LIMIT 1;
        SELECT min(c.price_minor) INTO lowest FROM price_changes c
          WHERE c.variant_id = variant AND c.since < began AND window_start < began
            -- in force at the window's start, or begun since
            AND c.since >= coalesce((SELECT max(f.since) FROM price_changes f WHERE f.variant_id = variant AND f.since <= window_start), window_start);
        RETURN coalesce(lowest, own);
      END
    $function$;

CREATE OR REPLACE FUNCTION public.outbox_nudge()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN PERFORM pg_notify('outbox', ''); RETURN NULL; END $function$;

CREATE OR REPLACE FUNCTION public.price_changes_begin()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        INSERT INTO price_changes (variant_id, since, price_minor, compare_at_minor)
          SELECT id, created_at, price_minor, compare_at_minor FROM new_rows;
        RETURN NULL;
      END $function$;

CREATE OR REPLACE FUNCTION public.price_changes_follow()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        INSERT INTO price_changes (variant_id, since, price_minor, compare_at_minor)
          SELECT n.id, greatest(clock_timestamp(), (SELECT max(c.since) FROM price_changes c WHERE c.variant_id = n.id) + interval '1 microsecond'),
            n.price_minor, n.compare_at_minor
          FROM new_rows n JOIN old_rows o ON o.id = n.id
          WHERE (n.price_minor, n.compare_at_minor) IS DISTINCT FROM (o.price_minor, o.compare_at_minor);
        RETURN NULL;
      END $function$;

CREATE OR REPLACE FUNCTION public.price_changes_stay()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        -- it goes with its variant, whose row is gone when the foreign key cascades
        IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM variants WHERE id = OLD.variant_id) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'price_changes is append-only' USING ERRCODE = 'restrict_violation';
      END $function$;

CREATE OR REPLACE FUNCTION public.product_labels(product uuid)
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE
AS $function$
      BEGIN
        RETURN (
          SELECT coalesce(array_agg(label ORDER BY label), '{}') FROM (
            SELECT 'o:' || chosen.key || ':' || chosen.value AS label
            FROM variants v CROSS JOIN LATERAL jsonb_each_text(v.option_values) chosen
            WHERE v.product_id = product AND v.status = 'active'
            UNION SELECT 'a:' || a.name || ':' || a.value FROM product_attributes a WHERE a.product_id = product
          ) told
        );
      END $function$;

CREATE OR REPLACE FUNCTION public.products_follow_labels()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        -- in the order of ids, as everybody locks products
        PERFORM 1 FROM products WHERE id IN (SELECT product_id FROM changed_rows) ORDER BY id FOR NO KEY UPDATE;
        UPDATE products p SET labels = product_labels(p.id)
          WHERE p.id IN (SELECT product_id FROM changed_rows) AND p.labels <> product_labels(p.id);
        RETURN NULL;
      END $function$;

CREATE OR REPLACE FUNCTION public.products_scratch_from_birth()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN RAISE EXCEPTION 'scratch goods cannot be sold, nor goods for sale scratched' USING ERRCODE = 'restrict_violation'; END $function$;

CREATE OR REPLACE FUNCTION public.stock_movements_are_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM variants v JOIN products p ON p.id = v.product_id
          WHERE v.id = OLD.variant_id AND p.status = 'scratch') THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'stock_movements is append-only' USING ERRCODE = 'restrict_violation';
      END $function$;

CREATE TABLE categories (
  id uuid NOT NULL,
  parent_id uuid,
  slug text NOT NULL,
  name text NOT NULL,
  description text NOT NULL DEFAULT ''::text,
  image_key text,
  "position" integer NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT categories_pkey PRIMARY KEY (id),
  CONSTRAINT categories_one_per_slug UNIQUE (slug),
  CONSTRAINT categories_not_their_own_parent CHECK (((parent_id IS NULL) OR (parent_id <> id))),
  CONSTRAINT categories_slug_is_a_slug CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 120)))
);

CREATE TABLE category_slugs (
  slug text NOT NULL,
  category_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT category_slugs_pkey PRIMARY KEY (slug)
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

CREATE TABLE fulfillment_lines (
  fulfillment_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  sku text NOT NULL,
  quantity integer NOT NULL,
  CONSTRAINT fulfillment_lines_pkey PRIMARY KEY (fulfillment_id, variant_id),
  CONSTRAINT fulfillment_lines_quantity_is_positive CHECK ((quantity > 0))
);

CREATE TABLE fulfillments (
  id uuid NOT NULL,
  order_ref text NOT NULL,
  order_number text NOT NULL,
  parcel_no integer NOT NULL,
  store_id uuid,
  status text NOT NULL DEFAULT 'shipped'::text,
  carrier text,
  tracking_number text,
  tracking_url text,
  body_hash text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  shipped_at timestamp with time zone,
  delivered_at timestamp with time zone,
  CONSTRAINT fulfillments_pkey PRIMARY KEY (id),
  CONSTRAINT fulfillments_one_per_parcel UNIQUE (order_ref, parcel_no),
  CONSTRAINT fulfillments_parcel_number_positive CHECK ((parcel_no > 0)),
  CONSTRAINT fulfillments_status_has_its_time CHECK ((((status <> ALL (ARRAY['shipped'::text, 'delivered'::text])) OR (shipped_at IS NOT NULL)) AND ((status <> 'delivered'::text) OR (delivered_at IS NOT NULL)))),
  CONSTRAINT fulfillments_status_known CHECK ((status = ANY (ARRAY['packed'::text, 'shipped'::text, 'delivered'::text, 'cancelled'::text])))
);

CREATE TABLE inventory (
  variant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  on_hand integer NOT NULL DEFAULT 0,
  reserved integer NOT NULL DEFAULT 0,
  low_stock_threshold integer NOT NULL DEFAULT 3,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT inventory_pkey PRIMARY KEY (variant_id, store_id),
  CONSTRAINT inventory_never_oversold CHECK ((reserved <= on_hand)),
  CONSTRAINT inventory_on_hand_not_negative CHECK ((on_hand >= 0)),
  CONSTRAINT inventory_reserved_not_negative CHECK ((reserved >= 0)),
  CONSTRAINT inventory_threshold_not_negative CHECK ((low_stock_threshold >= 0))
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
  CONSTRAINT outbox_pkey PRIMARY KEY (id),
  CONSTRAINT outbox_one_per_fact UNIQUE (dedupe_key),
  CONSTRAINT outbox_done_or_parked CHECK (((done_at IS NULL) OR (parked_at IS NULL)))
);

CREATE TABLE places (
  id integer NOT NULL,
  name text NOT NULL,
  folded_name text NOT NULL,
  region text,
  country character(2) NOT NULL,
  latitude double precision NOT NULL,
  longitude double precision NOT NULL,
  population integer NOT NULL DEFAULT 0,
  CONSTRAINT places_pkey PRIMARY KEY (id),
  CONSTRAINT places_country_is_iso_alpha2 CHECK ((country ~ '^[A-Z]{2}$'::text)),
  CONSTRAINT places_have_a_name CHECK (((length(name) > 0) AND (length(folded_name) > 0))),
  CONSTRAINT places_on_earth CHECK ((((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)) AND ((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))),
  CONSTRAINT places_population_not_negative CHECK ((population >= 0))
);

CREATE TABLE price_changes (
  variant_id uuid NOT NULL,
  since timestamp with time zone NOT NULL,
  price_minor bigint NOT NULL,
  compare_at_minor bigint,
  CONSTRAINT price_changes_pkey PRIMARY KEY (variant_id, since),
  CONSTRAINT price_changes_price_not_negative CHECK (((price_minor >= 0) AND ((compare_at_minor IS NULL) OR (compare_at_minor > price_minor))))
);

CREATE TABLE product_attributes (
  product_id uuid NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  "position" integer NOT NULL DEFAULT 0,
  CONSTRAINT product_attributes_pkey PRIMARY KEY (product_id, name, value),
  CONSTRAINT product_attributes_name_is_plain CHECK ((((length(name) >= 1) AND (length(name) <= 40)) AND (name = btrim(name)) AND (strpos(name, ':'::text) = 0))),
  CONSTRAINT product_attributes_position_not_negative CHECK (("position" >= 0)),
  CONSTRAINT product_attributes_value_is_short CHECK ((((length(value) >= 1) AND (length(value) <= 60)) AND (value = btrim(value))))
);

CREATE TABLE product_images (
  id uuid NOT NULL,
  product_id uuid NOT NULL,
  key text NOT NULL,
  alt text NOT NULL,
  width integer NOT NULL,
  height integer NOT NULL,
  option_name text,
  option_value text,
  "position" integer NOT NULL DEFAULT 0,
  CONSTRAINT product_images_pkey PRIMARY KEY (id),
  CONSTRAINT product_images_have_a_size CHECK (((width > 0) AND (height > 0))),
  CONSTRAINT product_images_have_alt_text CHECK ((length(btrim(alt)) > 0)),
  CONSTRAINT product_images_key_is_safe CHECK ((key ~ '^[a-z0-9][a-z0-9/_-]*$'::text)),
  CONSTRAINT product_images_option_whole CHECK (((option_name IS NULL) = (option_value IS NULL)))
);

CREATE TABLE product_options (
  id uuid NOT NULL,
  product_id uuid NOT NULL,
  name text NOT NULL,
  "values" text[] NOT NULL,
  "position" integer NOT NULL DEFAULT 0,
  CONSTRAINT product_options_pkey PRIMARY KEY (id),
  CONSTRAINT product_options_one_per_name UNIQUE (product_id, name),
  CONSTRAINT product_options_have_values CHECK ((cardinality("values") > 0))
);

CREATE TABLE product_slugs (
  slug text NOT NULL,
  product_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT product_slugs_pkey PRIMARY KEY (slug)
);

CREATE TABLE products (
  id uuid NOT NULL,
  category_id uuid NOT NULL,
  slug text NOT NULL,
  title text NOT NULL,
  subtitle text NOT NULL DEFAULT ''::text,
  description text NOT NULL DEFAULT ''::text,
  brand text NOT NULL DEFAULT ''::text,
  tax_category text NOT NULL DEFAULT 'standard'::text,
  status text NOT NULL DEFAULT 'draft'::text,
  featured boolean NOT NULL DEFAULT false,
  currency character(3) NOT NULL,
  price_from_minor bigint NOT NULL DEFAULT 0,
  price_to_minor bigint NOT NULL DEFAULT 0,
  rating_count integer NOT NULL DEFAULT 0,
  rating_sum integer NOT NULL DEFAULT 0,
  search tsvector NOT NULL DEFAULT ''::tsvector,
  version integer NOT NULL DEFAULT 1,
  published_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  search_due boolean NOT NULL DEFAULT true,
  lot integer NOT NULL GENERATED ALWAYS AS ((((('x'::text || "right"((id)::text, 8)))::bit(32))::integer & 2147483647)) STORED,
  labels text[] NOT NULL DEFAULT '{}'::text[],
  CONSTRAINT products_pkey PRIMARY KEY (id),
  CONSTRAINT products_one_per_slug UNIQUE (slug),
  CONSTRAINT products_prices_in_order CHECK (((price_from_minor >= 0) AND (price_to_minor >= price_from_minor))),
  CONSTRAINT products_published_have_a_date CHECK (((status <> 'published'::text) OR (published_at IS NOT NULL))),
  CONSTRAINT products_rating_possible CHECK (((rating_count >= 0) AND ((rating_sum >= rating_count) AND (rating_sum <= (rating_count * 5))))),
  CONSTRAINT products_slug_is_a_slug CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 120))),
  CONSTRAINT products_status_known CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text, 'archived'::text, 'scratch'::text]))),
  CONSTRAINT products_title_length CHECK (((length(title) >= 1) AND (length(title) <= 200)))
);

CREATE TABLE related_products (
  product_id uuid NOT NULL,
  related_id uuid NOT NULL,
  "position" integer NOT NULL,
  CONSTRAINT related_products_pkey PRIMARY KEY (product_id, related_id),
  CONSTRAINT related_products_one_per_place UNIQUE (product_id, "position"),
  CONSTRAINT related_products_not_itself CHECK ((product_id <> related_id)),
  CONSTRAINT related_products_position_not_negative CHECK (("position" >= 0))
);

CREATE TABLE reservation_lines (
  ref text NOT NULL,
  variant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  quantity integer NOT NULL,
  CONSTRAINT reservation_lines_pkey PRIMARY KEY (ref, variant_id, store_id),
  CONSTRAINT reservation_lines_quantity_is_positive CHECK ((quantity > 0))
);

CREATE TABLE reservations (
  ref text NOT NULL,
  body_hash text NOT NULL,
  status text NOT NULL,
  reason text,
  expires_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  committed_at timestamp with time zone,
  released_at timestamp with time zone,
  store_id uuid,
  CONSTRAINT reservations_pkey PRIMARY KEY (ref),
  CONSTRAINT reservations_end_once CHECK ((((status = 'held'::text) AND (committed_at IS NULL) AND (released_at IS NULL)) OR ((status = 'committed'::text) AND (committed_at IS NOT NULL) AND ((released_at IS NULL) OR (NOT (reason IS DISTINCT FROM 'late_commit'::text)))) OR ((status = 'released'::text) AND (released_at IS NOT NULL) AND (committed_at IS NULL)))),
  CONSTRAINT reservations_ref_length CHECK (((length(ref) >= 1) AND (length(ref) <= 100))),
  CONSTRAINT reservations_status_known CHECK ((status = ANY (ARRAY['held'::text, 'committed'::text, 'released'::text])))
);

CREATE TABLE review_holds (
  author_ref text NOT NULL,
  since timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT review_holds_pkey PRIMARY KEY (author_ref)
);

CREATE TABLE review_reports (
  review_id uuid NOT NULL,
  reporter_ref text NOT NULL,
  reason text NOT NULL,
  words text NOT NULL DEFAULT ''::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  handled_at timestamp with time zone,
  CONSTRAINT review_reports_one_per_reporter PRIMARY KEY (review_id, reporter_ref),
  CONSTRAINT review_reports_length CHECK ((length(words) <= 500)),
  CONSTRAINT review_reports_reason_known CHECK ((reason = ANY (ARRAY['off_topic'::text, 'offensive'::text, 'private'::text, 'advertising'::text, 'untrue'::text, 'other'::text])))
);

CREATE TABLE review_votes (
  review_id uuid NOT NULL,
  author_ref text NOT NULL,
  voter_ref text NOT NULL,
  helpful boolean NOT NULL,
  voted_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT review_votes_one_per_voter PRIMARY KEY (review_id, voter_ref),
  CONSTRAINT review_votes_not_on_ones_own CHECK ((voter_ref <> author_ref))
);

CREATE TABLE reviews (
  id uuid NOT NULL,
  product_id uuid NOT NULL,
  author_ref text NOT NULL,
  author_name text NOT NULL,
  rating integer NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  verified_buyer boolean NOT NULL DEFAULT false,
  status text NOT NULL DEFAULT 'pending'::text,
  moderation_note text,
  moderated_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  helpful_count integer NOT NULL DEFAULT 0,
  unhelpful_count integer NOT NULL DEFAULT 0,
  helpfulness integer GENERATED ALWAYS AS ((helpful_count - unhelpful_count)) STORED,
  report_count integer NOT NULL DEFAULT 0,
  rejection_reason text,
  rejection_words text NOT NULL DEFAULT ''::text,
  reply text,
  replied_at timestamp with time zone,
  CONSTRAINT reviews_pkey PRIMARY KEY (id),
  CONSTRAINT reviews_one_author UNIQUE (id, author_ref),
  CONSTRAINT reviews_one_per_author_and_product UNIQUE (author_ref, product_id),
  CONSTRAINT reviews_counts_not_negative CHECK (((helpful_count >= 0) AND (unhelpful_count >= 0) AND (report_count >= 0))),
  CONSTRAINT reviews_lengths CHECK (((length(title) <= 120) AND (length(body) <= 4000) AND ((length(author_name) >= 1) AND (length(author_name) <= 80)) AND (length(rejection_words) <= 500))),
  CONSTRAINT reviews_only_rejected_have_a_reason CHECK (((status = 'rejected'::text) OR (rejection_reason IS NULL))),
  CONSTRAINT reviews_rating_in_range CHECK (((rating >= 1) AND (rating <= 5))),
  CONSTRAINT reviews_rejection_reason_known CHECK ((rejection_reason = ANY (ARRAY['off_topic'::text, 'offensive'::text, 'private'::text, 'advertising'::text, 'unreadable'::text, 'other'::text]))),
  CONSTRAINT reviews_reply_length CHECK (((length(reply) >= 1) AND (length(reply) <= 2000))),
  CONSTRAINT reviews_reply_whole CHECK (((reply IS NULL) = (replied_at IS NULL))),
  CONSTRAINT reviews_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text])))
);

CREATE TABLE search_counts (
  query text NOT NULL,
  day date NOT NULL,
  searches integer NOT NULL,
  missed integer NOT NULL,
  CONSTRAINT search_counts_pkey PRIMARY KEY (query, day),
  CONSTRAINT search_counts_missed_are_searches CHECK (((missed >= 0) AND (searches >= 1) AND (missed <= searches))),
  CONSTRAINT search_counts_query_length CHECK (((length(query) >= 1) AND (length(query) <= 80)))
);

CREATE TABLE search_expectations (
  id uuid NOT NULL,
  query text NOT NULL,
  product_id uuid NOT NULL,
  within integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT search_expectations_pkey PRIMARY KEY (id),
  CONSTRAINT search_expectations_one_per_query_and_product UNIQUE (query, product_id),
  CONSTRAINT search_expectations_query_length CHECK (((length(query) >= 1) AND (length(query) <= 80))),
  CONSTRAINT search_expectations_within_a_page CHECK (((within >= 1) AND (within <= 60)))
);

CREATE TABLE search_past_queries (
  query text NOT NULL,
  searches integer NOT NULL,
  CONSTRAINT search_past_queries_pkey PRIMARY KEY (query)
);

CREATE TABLE search_synonyms (
  id uuid NOT NULL,
  typed text NOT NULL,
  means text[] NOT NULL,
  two_way boolean NOT NULL,
  forms text[] NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT search_synonyms_pkey PRIMARY KEY (id),
  CONSTRAINT search_synonyms_have_a_form CHECK ((cardinality(forms) >= 1)),
  CONSTRAINT search_synonyms_mean_something CHECK (((cardinality(means) >= 1) AND (cardinality(means) <= 10))),
  CONSTRAINT search_synonyms_typed_length CHECK (((length(typed) >= 1) AND (length(typed) <= 60)))
);

CREATE TABLE search_words (
  word text NOT NULL,
  products integer NOT NULL DEFAULT 1,
  slips text[] NOT NULL,
  counted_at timestamp with time zone,
  CONSTRAINT search_words_pkey PRIMARY KEY (word),
  CONSTRAINT search_words_are_letters CHECK (((length(word) >= 3) AND (length(word) <= 40))),
  CONSTRAINT search_words_products_not_negative CHECK ((products >= 0))
);

CREATE TABLE service_jti (
  jti text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT service_jti_pkey PRIMARY KEY (jti)
);

CREATE TABLE stock_movements (
  id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  variant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  kind text NOT NULL,
  delta_on_hand integer NOT NULL,
  delta_reserved integer NOT NULL,
  ref text NOT NULL,
  reason text NOT NULL DEFAULT ''::text,
  actor text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT stock_movements_pkey PRIMARY KEY (id),
  CONSTRAINT stock_movements_once_per_ref_and_kind UNIQUE (ref, variant_id, store_id, kind),
  CONSTRAINT stock_movements_change_something CHECK (((delta_on_hand <> 0) OR (delta_reserved <> 0))),
  CONSTRAINT stock_movements_kind_known CHECK ((kind = ANY (ARRAY['receive'::text, 'adjust'::text, 'hold'::text, 'release'::text, 'commit'::text, 'commit_late'::text, 'restock'::text])))
);

CREATE TABLE store_hours (
  store_id uuid NOT NULL,
  weekday integer NOT NULL,
  opens time without time zone NOT NULL,
  closes time without time zone NOT NULL,
  CONSTRAINT store_hours_pkey PRIMARY KEY (store_id, weekday, opens),
  CONSTRAINT store_hours_close_after_opening CHECK ((closes > opens)),
  CONSTRAINT store_hours_weekday_is_iso CHECK (((weekday >= 1) AND (weekday <= 7)))
);

CREATE TABLE store_special_days (
  store_id uuid NOT NULL,
  day date NOT NULL,
  note text NOT NULL DEFAULT ''::text,
  open_minutes int4multirange NOT NULL DEFAULT '{}'::int4multirange,
  CONSTRAINT store_special_days_pkey PRIMARY KEY (store_id, day),
  CONSTRAINT store_special_days_note_length CHECK ((length(note) <= 80)),
  CONSTRAINT store_special_days_stay_within_the_day CHECK ((open_minutes <@ '{[0,1440)}'::int4multirange))
);

CREATE TABLE stores (
  id uuid NOT NULL,
  slug text NOT NULL,
  kind text NOT NULL DEFAULT 'shop'::text,
  name text NOT NULL,
  line1 text NOT NULL,
  line2 text,
  city text NOT NULL,
  region text,
  postcode text,
  country character(2) NOT NULL,
  latitude double precision NOT NULL,
  longitude double precision NOT NULL,
  timezone text NOT NULL,
  phone text,
  email text,
  services text[] NOT NULL DEFAULT '{}'::text[],
  ships_orders boolean NOT NULL DEFAULT false,
  allocation_priority integer NOT NULL DEFAULT 100,
  status text NOT NULL DEFAULT 'open'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  postcode_key text GENERATED ALWAYS AS (lower(regexp_replace(COALESCE(postcode, ''::text), '[^A-Za-z0-9]'::text, ''::text, 'g'::text))) STORED,
  CONSTRAINT stores_pkey PRIMARY KEY (id),
  CONSTRAINT stores_one_per_slug UNIQUE (slug),
  CONSTRAINT stores_country_is_iso_alpha2 CHECK ((country ~ '^[A-Z]{2}$'::text)),
  CONSTRAINT stores_kind_known CHECK ((kind = ANY (ARRAY['shop'::text, 'warehouse'::text]))),
  CONSTRAINT stores_on_earth CHECK ((((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)) AND ((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))),
  CONSTRAINT stores_position_to_a_centimetre CHECK ((((latitude = (0)::double precision) OR (abs(latitude) >= (0.00000009)::double precision)) AND ((longitude = (0)::double precision) OR (abs(longitude) >= (0.00000009)::double precision)))),
  CONSTRAINT stores_status_known CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text])))
);

CREATE TABLE variants (
  id uuid NOT NULL,
  product_id uuid NOT NULL,
  sku text NOT NULL,
  barcode text,
  title text NOT NULL,
  option_values jsonb NOT NULL DEFAULT '{}'::jsonb,
  price_minor bigint NOT NULL,
  compare_at_minor bigint,
  currency character(3) NOT NULL,
  weight_grams integer NOT NULL DEFAULT 0,
  "position" integer NOT NULL DEFAULT 0,
  status text NOT NULL DEFAULT 'active'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT variants_pkey PRIMARY KEY (id),
  CONSTRAINT variants_one_per_sku UNIQUE (sku),
  CONSTRAINT variants_price_not_negative CHECK (((price_minor >= 0) AND ((compare_at_minor IS NULL) OR (compare_at_minor > price_minor)))),
  CONSTRAINT variants_sku_is_canonical CHECK (((sku ~ '^[A-Z0-9]+([._-][A-Z0-9]+)*$'::text) AND (length(sku) <= 64))),
  CONSTRAINT variants_status_known CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text]))),
  CONSTRAINT variants_weight_not_negative CHECK ((weight_grams >= 0))
);

ALTER TABLE categories ADD CONSTRAINT categories_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES categories(id);
ALTER TABLE category_slugs ADD CONSTRAINT category_slugs_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES outbox(id);
ALTER TABLE fulfillment_lines ADD CONSTRAINT fulfillment_lines_fulfillment_id_fkey FOREIGN KEY (fulfillment_id) REFERENCES fulfillments(id);
ALTER TABLE fulfillment_lines ADD CONSTRAINT fulfillment_lines_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES variants(id);
ALTER TABLE fulfillments ADD CONSTRAINT fulfillments_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id);
ALTER TABLE inventory ADD CONSTRAINT inventory_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id);
ALTER TABLE inventory ADD CONSTRAINT inventory_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES variants(id);
ALTER TABLE price_changes ADD CONSTRAINT price_changes_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES variants(id) ON DELETE CASCADE;
ALTER TABLE product_attributes ADD CONSTRAINT product_attributes_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;
ALTER TABLE product_images ADD CONSTRAINT product_images_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;
ALTER TABLE product_options ADD CONSTRAINT product_options_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;
ALTER TABLE product_slugs ADD CONSTRAINT product_slugs_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;
ALTER TABLE products ADD CONSTRAINT products_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id);
ALTER TABLE related_products ADD CONSTRAINT related_products_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;
ALTER TABLE related_products ADD CONSTRAINT related_products_related_id_fkey FOREIGN KEY (related_id) REFERENCES products(id) ON DELETE CASCADE;
ALTER TABLE reservation_lines ADD CONSTRAINT reservation_lines_ref_fkey FOREIGN KEY (ref) REFERENCES reservations(ref);
ALTER TABLE reservation_lines ADD CONSTRAINT reservation_lines_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id);
ALTER TABLE reservation_lines ADD CONSTRAINT reservation_lines_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES variants(id);
ALTER TABLE reservations ADD CONSTRAINT reservations_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id);
ALTER TABLE review_reports ADD CONSTRAINT review_reports_review_id_fkey FOREIGN KEY (review_id) REFERENCES reviews(id) ON DELETE CASCADE;
ALTER TABLE review_votes ADD CONSTRAINT review_votes_of_a_review FOREIGN KEY (review_id, author_ref) REFERENCES reviews(id, author_ref) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE reviews ADD CONSTRAINT reviews_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;
ALTER TABLE search_expectations ADD CONSTRAINT search_expectations_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;
ALTER TABLE stock_movements ADD CONSTRAINT stock_movements_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id);
ALTER TABLE stock_movements ADD CONSTRAINT stock_movements_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES variants(id);
ALTER TABLE store_hours ADD CONSTRAINT store_hours_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id) ON DELETE CASCADE;
ALTER TABLE store_special_days ADD CONSTRAINT store_special_days_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id) ON DELETE CASCADE;
ALTER TABLE variants ADD CONSTRAINT variants_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;

CREATE INDEX categories_by_parent ON public.categories USING btree (parent_id, "position");
CREATE INDEX category_slugs_by_category ON public.category_slugs USING btree (category_id);
CREATE INDEX inventory_by_store ON public.inventory USING btree (store_id);
CREATE INDEX inventory_low ON public.inventory USING btree (variant_id, store_id) WHERE ((on_hand - reserved) <= low_stock_threshold);
CREATE INDEX outbox_due ON public.outbox USING btree (next_attempt_at) WHERE ((done_at IS NULL) AND (parked_at IS NULL));
CREATE INDEX places_by_folded_name ON public.places USING btree (folded_name text_pattern_ops, population DESC);
CREATE INDEX product_images_by_product ON public.product_images USING btree (product_id, "position");
CREATE INDEX product_slugs_by_product ON public.product_slugs USING btree (product_id);
CREATE INDEX products_best_of_category ON public.products USING btree (category_id, rating_sum DESC, id) WHERE (status = 'published'::text);
CREATE INDEX products_by_brand ON public.products USING btree (brand) WHERE (status = 'published'::text);
CREATE INDEX products_by_creation ON public.products USING btree (created_at, id);
CREATE INDEX products_by_label ON public.products USING gin (labels) WHERE (status = 'published'::text);
CREATE INDEX products_by_lot ON public.products USING btree (lot, category_id, id) WHERE (status = 'published'::text);
CREATE INDEX products_by_newest ON public.products USING btree (published_at, id) WHERE (status = 'published'::text);
CREATE INDEX products_by_price ON public.products USING btree (price_from_minor, id) WHERE (status = 'published'::text);
CREATE INDEX products_by_reviews ON public.products USING btree (rating_count DESC, id DESC) WHERE (status = 'published'::text);
CREATE INDEX products_by_stars ON public.products USING btree ((
CASE
    WHEN (rating_count = 0) THEN (0)::bigint
    ELSE (((round((((rating_sum)::numeric * 100.0) / (rating_count)::numeric)))::bigint * 1000000) + rating_count)
END), id) WHERE (status = 'published'::text);
CREATE INDEX products_by_title ON public.products USING btree (lower(title), id) WHERE (status = 'published'::text);
CREATE INDEX products_by_title_words ON public.products USING gin (ts_filter(search, '{a}'::"char"[])) WHERE (status = 'published'::text);
CREATE INDEX products_by_update ON public.products USING btree (updated_at, id);
CREATE INDEX products_by_words ON public.products USING gin (search);
CREATE INDEX products_of_category_by_newest ON public.products USING btree (category_id, published_at, id) WHERE (status = 'published'::text);
CREATE INDEX products_of_category_by_price ON public.products USING btree (category_id, price_from_minor, id) WHERE (status = 'published'::text);
CREATE INDEX products_of_category_by_stars ON public.products USING btree (category_id, (
CASE
    WHEN (rating_count = 0) THEN (0)::bigint
    ELSE (((round((((rating_sum)::numeric * 100.0) / (rating_count)::numeric)))::bigint * 1000000) + rating_count)
END), id) WHERE (status = 'published'::text);
CREATE INDEX products_of_category_by_title ON public.products USING btree (category_id, lower(title), id) WHERE (status = 'published'::text);
CREATE INDEX products_of_category_by_update ON public.products USING btree (category_id, updated_at, id);
CREATE INDEX products_published_by_id ON public.products USING btree (id) INCLUDE (updated_at) WHERE (status = 'published'::text);
CREATE INDEX products_scratch ON public.products USING btree (created_at) WHERE (status = 'scratch'::text);
CREATE INDEX products_search_due ON public.products USING btree (id) WHERE search_due;
CREATE INDEX related_products_by_related ON public.related_products USING btree (related_id);
CREATE INDEX reservation_lines_by_variant ON public.reservation_lines USING btree (variant_id, store_id);
CREATE INDEX reservations_held_by_start ON public.reservations USING btree (created_at, ref) WHERE (status = 'held'::text);
CREATE INDEX reservations_to_expire ON public.reservations USING btree (expires_at) WHERE (status = 'held'::text);
CREATE INDEX review_reports_by_reporter ON public.review_reports USING btree (reporter_ref);
CREATE INDEX review_votes_by_voter ON public.review_votes USING btree (voter_ref);
CREATE INDEX reviews_by_helpfulness ON public.reviews USING btree (product_id, helpfulness DESC, created_at DESC, id DESC) WHERE (status = 'approved'::text);
CREATE INDEX reviews_by_product ON public.reviews USING btree (product_id, created_at DESC, id DESC) WHERE (status = 'approved'::text);
CREATE INDEX reviews_by_stars ON public.reviews USING btree (product_id, rating DESC, created_at DESC, id DESC) WHERE (status = 'approved'::text);
CREATE INDEX reviews_by_status ON public.reviews USING btree (status, created_at);
CREATE INDEX reviews_by_status_and_rating ON public.reviews USING btree (status, rating, created_at, id);
CREATE INDEX reviews_reported ON public.reviews USING btree (created_at, id) WHERE (report_count > 0);
CREATE INDEX search_counts_by_day ON public.search_counts USING btree (day);
CREATE INDEX search_expectations_by_product ON public.search_expectations USING btree (product_id);
CREATE INDEX search_synonyms_by_form ON public.search_synonyms USING gin (forms);
CREATE UNIQUE INDEX search_synonyms_one_per_typed ON public.search_synonyms USING btree ((forms[1]));
CREATE INDEX search_words_by_slips ON public.search_words USING gin (slips);
CREATE INDEX search_words_to_count ON public.search_words USING btree (counted_at NULLS FIRST, word);
CREATE INDEX service_jti_by_end ON public.service_jti USING btree (expires_at);
CREATE INDEX stock_movements_by_variant ON public.stock_movements USING btree (variant_id, store_id, seq);
CREATE UNIQUE INDEX stock_movements_committed_once ON public.stock_movements USING btree (ref, variant_id, store_id) WHERE (kind = ANY (ARRAY['commit'::text, 'commit_late'::text]));
CREATE INDEX stock_movements_of_variant ON public.stock_movements USING btree (variant_id, seq);
CREATE INDEX stores_by_position ON public.stores USING gist (point(longitude, latitude)) WHERE ((kind = 'shop'::text) AND (status = 'open'::text));
CREATE INDEX stores_by_postcode ON public.stores USING btree (postcode_key text_pattern_ops) WHERE ((kind = 'shop'::text) AND (status = 'open'::text) AND (postcode_key <> ''::text));
CREATE INDEX stores_in_order ON public.stores USING btree (((((country)::text || ' '::text) || city)), id) WHERE ((kind = 'shop'::text) AND (status = 'open'::text));
CREATE INDEX variants_by_product ON public.variants USING btree (product_id, "position");
CREATE UNIQUE INDEX variants_one_per_barcode ON public.variants USING btree (barcode) WHERE (barcode IS NOT NULL);
CREATE UNIQUE INDEX variants_one_per_option_values ON public.variants USING btree (product_id, option_values) WHERE (status = 'active'::text);

CREATE TRIGGER outbox_nudge AFTER INSERT ON public.outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_nudge();
CREATE TRIGGER price_changes_stay BEFORE DELETE OR UPDATE ON public.price_changes FOR EACH ROW EXECUTE FUNCTION price_changes_stay();
CREATE TRIGGER product_attributes_label_products_on_delete AFTER DELETE ON public.product_attributes REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION products_follow_labels();
CREATE TRIGGER product_attributes_label_products_on_insert AFTER INSERT ON public.product_attributes REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION products_follow_labels();
CREATE TRIGGER product_attributes_label_products_on_update AFTER UPDATE ON public.product_attributes REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION products_follow_labels();
CREATE TRIGGER products_scratch_from_birth BEFORE UPDATE OF status ON public.products FOR EACH ROW WHEN (((old.status = 'scratch'::text) <> (new.status = 'scratch'::text))) EXECUTE FUNCTION products_scratch_from_birth();
CREATE TRIGGER stock_movements_are_append_only BEFORE DELETE OR UPDATE ON public.stock_movements FOR EACH ROW EXECUTE FUNCTION stock_movements_are_append_only();
CREATE TRIGGER price_changes_begin AFTER INSERT ON public.variants REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION price_changes_begin();
CREATE TRIGGER price_changes_follow AFTER UPDATE ON public.variants REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION price_changes_follow();
CREATE TRIGGER variants_label_products_on_delete AFTER DELETE ON public.variants REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION products_follow_labels();
CREATE TRIGGER variants_label_products_on_insert AFTER INSERT ON public.variants REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION products_follow_labels();
CREATE TRIGGER variants_label_products_on_update AFTER UPDATE ON public.variants REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION products_follow_labels();
