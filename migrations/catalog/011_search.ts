// What makes things findable: the words that products have (for slips of the pen), the shopkeeper's synonyms, how often
// something was searched for and missed, and what a search is expected to find. Nothing here says who searched.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    -- true: the search column is to be made anew; the sweeper does it, a slice at a time
    ALTER TABLE products ADD search_due boolean NOT NULL DEFAULT true;
    CREATE INDEX products_search_due ON products (id) WHERE search_due;
    -- suggestions: the best known first, whatever the words
    CREATE INDEX products_by_reviews ON products (rating_count DESC, id DESC) WHERE status = 'published';

    CREATE TABLE search_words (
      word text COLLATE "C" PRIMARY KEY,
      -- products that have it, a thousand at most; kept by the sweeper
      products integer NOT NULL DEFAULT 1,
      -- the word with letters left out: two words that share one are at most some slips apart (symmetric delete)
      slips text[] NOT NULL,
      counted_at timestamptz,
      CONSTRAINT search_words_are_letters CHECK (length(word) BETWEEN 3 AND 40),
      CONSTRAINT search_words_products_not_negative CHECK (products >= 0)
    );
    CREATE INDEX search_words_by_slips ON search_words USING gin (slips);
    CREATE INDEX search_words_to_count ON search_words (counted_at NULLS FIRST, word);

    CREATE TABLE search_synonyms (
      id uuid PRIMARY KEY,
      typed text NOT NULL,
      means text[] NOT NULL,
      two_way boolean NOT NULL,
      -- folded, in the singular: what is typed, and for two ways what it means too
      forms text[] NOT NULL,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT search_synonyms_typed_length CHECK (length(typed) BETWEEN 1 AND 60),
      CONSTRAINT search_synonyms_mean_something CHECK (cardinality(means) BETWEEN 1 AND 10),
      CONSTRAINT search_synonyms_have_a_form CHECK (cardinality(forms) >= 1)
    );
    CREATE UNIQUE INDEX search_synonyms_one_per_typed ON search_synonyms ((forms[1]));
    CREATE INDEX search_synonyms_by_form ON search_synonyms USING gin (forms);

    CREATE TABLE search_counts (
      query text COLLATE "C" NOT NULL,
      day date NOT NULL,
      searches integer NOT NULL,
      missed integer NOT NULL,
      PRIMARY KEY (query, day),
      CONSTRAINT search_counts_query_length CHECK (length(query) BETWEEN 1 AND 80),
      CONSTRAINT search_counts_missed_are_searches CHECK (missed >= 0 AND searches >= 1 AND missed <= searches)
    );
    CREATE INDEX search_counts_by_day ON search_counts (day);

    -- what is suggested while somebody types; made anew from the counts by the sweeper
    CREATE TABLE search_past_queries (
      query text COLLATE "C" PRIMARY KEY,
      searches integer NOT NULL
    );

    CREATE TABLE search_expectations (
      id uuid PRIMARY KEY,
      query text NOT NULL,
      product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
      within integer NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT search_expectations_one_per_query_and_product UNIQUE (query, product_id),
      CONSTRAINT search_expectations_query_length CHECK (length(query) BETWEEN 1 AND 80),
      CONSTRAINT search_expectations_within_a_page CHECK (within BETWEEN 1 AND 60)
    );
    CREATE INDEX search_expectations_by_product ON search_expectations (product_id);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP TABLE search_expectations, search_past_queries, search_counts, search_synonyms, search_words;
    DROP INDEX products_by_reviews, products_search_due;
    ALTER TABLE products DROP search_due;
  `)
}
