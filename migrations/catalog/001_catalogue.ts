// What is sold: the category tree, products with options, variants and pictures, and their reviews.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    CREATE TABLE categories (
      id uuid PRIMARY KEY,
      parent_id uuid REFERENCES categories (id),
      slug text NOT NULL,
      name text NOT NULL,
      description text NOT NULL DEFAULT '',
      image_key text,
      position integer NOT NULL DEFAULT 0,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT categories_one_per_slug UNIQUE (slug),
      CONSTRAINT categories_slug_is_a_slug CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 120),
      CONSTRAINT categories_not_their_own_parent CHECK (parent_id IS NULL OR parent_id <> id)
    );
    CREATE INDEX categories_by_parent ON categories (parent_id, position);

    CREATE TABLE products (
      id uuid PRIMARY KEY,
      category_id uuid NOT NULL REFERENCES categories (id),
      slug text NOT NULL,
      title text NOT NULL,
      subtitle text NOT NULL DEFAULT '',
      description text NOT NULL DEFAULT '',
      brand text NOT NULL DEFAULT '',
      tax_category text NOT NULL DEFAULT 'standard',
      status text NOT NULL DEFAULT 'draft',
      featured boolean NOT NULL DEFAULT false,
      currency char(3) NOT NULL,
      -- kept by the verbs that write variants and reviews, in the same transaction; the audit recomputes them
      price_from_minor bigint NOT NULL DEFAULT 0,
      price_to_minor bigint NOT NULL DEFAULT 0,
      rating_count integer NOT NULL DEFAULT 0,
      rating_sum integer NOT NULL DEFAULT 0,
      search tsvector NOT NULL DEFAULT ''::tsvector,
      version integer NOT NULL DEFAULT 1,
      published_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT products_one_per_slug UNIQUE (slug),
      CONSTRAINT products_slug_is_a_slug CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 120),
      CONSTRAINT products_title_length CHECK (length(title) BETWEEN 1 AND 200),
      CONSTRAINT products_status_known CHECK (status IN ('draft', 'published', 'archived')),
      CONSTRAINT products_published_have_a_date CHECK (status <> 'published' OR published_at IS NOT NULL),
      CONSTRAINT products_prices_in_order CHECK (price_from_minor >= 0 AND price_to_minor >= price_from_minor),
      CONSTRAINT products_rating_possible CHECK (rating_count >= 0 AND rating_sum BETWEEN rating_count AND rating_count * 5)
    );
    CREATE INDEX products_by_category ON products (category_id) WHERE status = 'published';
    CREATE INDEX products_by_newest ON products (published_at DESC, id) WHERE status = 'published';
    CREATE INDEX products_by_price ON products (price_from_minor, id) WHERE status = 'published';
    CREATE INDEX products_by_words ON products USING gin (search);

    CREATE TABLE product_options (
      id uuid PRIMARY KEY,
      product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
      name text NOT NULL,
      values text[] NOT NULL,
      position integer NOT NULL DEFAULT 0,
      CONSTRAINT product_options_one_per_name UNIQUE (product_id, name),
      CONSTRAINT product_options_have_values CHECK (cardinality(values) > 0)
    );

    CREATE TABLE product_images (
      id uuid PRIMARY KEY,
      product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
      -- the file's stem under the media folder; sizes are key-320.webp, key-640.webp …
      key text NOT NULL,
      alt text NOT NULL,
      width integer NOT NULL,
      height integer NOT NULL,
      -- shown for the variants that have this option value; null = for all
      option_name text,
      option_value text,
      position integer NOT NULL DEFAULT 0,
      CONSTRAINT product_images_have_alt_text CHECK (length(btrim(alt)) > 0),
      CONSTRAINT product_images_have_a_size CHECK (width > 0 AND height > 0),
      CONSTRAINT product_images_option_whole CHECK ((option_name IS NULL) = (option_value IS NULL)),
      CONSTRAINT product_images_key_is_safe CHECK (key ~ '^[a-z0-9][a-z0-9/_-]*$')
    );
    CREATE INDEX product_images_by_product ON product_images (product_id, position);

    CREATE TABLE variants (
      id uuid PRIMARY KEY,
      product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
      sku text NOT NULL,
      barcode text,
      title text NOT NULL,
      option_values jsonb NOT NULL DEFAULT '{}',
      price_minor bigint NOT NULL,
      compare_at_minor bigint,
      currency char(3) NOT NULL,
      weight_grams integer NOT NULL DEFAULT 0,
      position integer NOT NULL DEFAULT 0,
      status text NOT NULL DEFAULT 'active',
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT variants_sku_is_canonical CHECK (sku ~ '^[A-Z0-9]+([._-][A-Z0-9]+)*$' AND length(sku) <= 64),
      CONSTRAINT variants_one_per_sku UNIQUE (sku),
      CONSTRAINT variants_one_per_option_values UNIQUE (product_id, option_values),
      CONSTRAINT variants_price_not_negative CHECK (price_minor >= 0 AND (compare_at_minor IS NULL OR compare_at_minor > price_minor)),
      CONSTRAINT variants_weight_not_negative CHECK (weight_grams >= 0),
      CONSTRAINT variants_status_known CHECK (status IN ('active', 'archived'))
    );
    CREATE UNIQUE INDEX variants_one_per_barcode ON variants (barcode) WHERE barcode IS NOT NULL;
    CREATE INDEX variants_by_product ON variants (product_id, position);

    CREATE TABLE reviews (
      id uuid PRIMARY KEY,
      product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
      author_ref text NOT NULL,
      author_name text NOT NULL,
      rating integer NOT NULL,
      title text NOT NULL,
      body text NOT NULL,
      verified_buyer boolean NOT NULL DEFAULT false,
      status text NOT NULL DEFAULT 'pending',
      moderation_note text,
      moderated_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT reviews_one_per_author_and_product UNIQUE (author_ref, product_id),
      CONSTRAINT reviews_rating_in_range CHECK (rating BETWEEN 1 AND 5),
      CONSTRAINT reviews_status_known CHECK (status IN ('pending', 'approved', 'rejected')),
      CONSTRAINT reviews_lengths CHECK (length(title) BETWEEN 1 AND 120 AND length(body) BETWEEN 1 AND 4000 AND length(author_name) BETWEEN 1 AND 80)
    );
    CREATE INDEX reviews_by_product ON reviews (product_id, created_at DESC, id) WHERE status = 'approved';
    CREATE INDEX reviews_by_status ON reviews (status, created_at);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('DROP TABLE reviews, variants, product_images, product_options, products, categories')
}
