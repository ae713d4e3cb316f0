// Reviews people answer: helpful votes, reports, the shop's reply, and why one was not published. Who was rejected is read
// first until something of theirs is approved. Rows of before have no votes, no reply and no reason.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    ALTER TABLE reviews
      -- kept by the verbs that write votes and reports, in the same transaction; the audit recomputes them
      ADD helpful_count integer NOT NULL DEFAULT 0,
      ADD unhelpful_count integer NOT NULL DEFAULT 0,
      ADD helpfulness integer GENERATED ALWAYS AS (helpful_count - unhelpful_count) STORED,
      -- those nobody has decided about yet
      ADD report_count integer NOT NULL DEFAULT 0,
      -- told to the author; moderation_note is for staff
      ADD rejection_reason text,
      ADD rejection_words text NOT NULL DEFAULT '',
      ADD reply text,
      ADD replied_at timestamptz,
      ADD CONSTRAINT reviews_one_author UNIQUE (id, author_ref),
      ADD CONSTRAINT reviews_counts_not_negative CHECK (helpful_count >= 0 AND unhelpful_count >= 0 AND report_count >= 0),
      ADD CONSTRAINT reviews_rejection_reason_known CHECK (rejection_reason IN
        ('off_topic', 'offensive', 'private', 'advertising', 'unreadable', 'other')),
      ADD CONSTRAINT reviews_only_rejected_have_a_reason CHECK (status = 'rejected' OR rejection_reason IS NULL),
      ADD CONSTRAINT reviews_reply_whole CHECK ((reply IS NULL) = (replied_at IS NULL)),
      ADD CONSTRAINT reviews_reply_length CHECK (length(reply) BETWEEN 1 AND 2000),
      -- a rating alone is a review too
      DROP CONSTRAINT reviews_lengths,
      ADD CONSTRAINT reviews_lengths CHECK (length(title) <= 120 AND length(body) <= 4000
        AND length(author_name) BETWEEN 1 AND 80 AND length(rejection_words) <= 500);

    DROP INDEX reviews_by_product;
    CREATE INDEX reviews_by_product ON reviews (product_id, created_at DESC, id DESC) WHERE status = 'approved';
    CREATE INDEX reviews_by_helpfulness ON reviews (product_id, helpfulness DESC, created_at DESC, id DESC)
      WHERE status = 'approved';
    CREATE INDEX reviews_by_stars ON reviews (product_id, rating DESC, created_at DESC, id DESC) WHERE status = 'approved';
    CREATE INDEX reviews_reported ON reviews (created_at, id) WHERE report_count > 0;

    CREATE TABLE review_votes (
      review_id uuid NOT NULL,
      -- who wrote the review, kept equal to it, so that the check below can see both
      author_ref text NOT NULL,
      voter_ref text NOT NULL,
      helpful boolean NOT NULL,
      voted_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT review_votes_one_per_voter PRIMARY KEY (review_id, voter_ref),
      CONSTRAINT review_votes_not_on_ones_own CHECK (voter_ref <> author_ref),
      CONSTRAINT review_votes_of_a_review FOREIGN KEY (review_id, author_ref) REFERENCES reviews (id, author_ref)
        ON UPDATE CASCADE ON DELETE CASCADE
    );
    CREATE INDEX review_votes_by_voter ON review_votes (voter_ref);

    CREATE TABLE review_reports (
      review_id uuid NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
      reporter_ref text NOT NULL,
      reason text NOT NULL,
      words text NOT NULL DEFAULT '',
      created_at timestamptz NOT NULL DEFAULT now(),
      -- when staff decided about the review
      handled_at timestamptz,
      CONSTRAINT review_reports_one_per_reporter PRIMARY KEY (review_id, reporter_ref),
      CONSTRAINT review_reports_reason_known CHECK (reason IN ('off_topic', 'offensive', 'private', 'advertising', 'untrue', 'other')),
      CONSTRAINT review_reports_length CHECK (length(words) <= 500)
    );
    CREATE INDEX review_reports_by_reporter ON review_reports (reporter_ref);

    -- Whose reviews are never published before somebody has read them.
    CREATE TABLE review_holds (
      author_ref text PRIMARY KEY,
      since timestamptz NOT NULL DEFAULT now()
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DROP TABLE review_holds, review_reports, review_votes;
    DROP INDEX reviews_reported, reviews_by_stars, reviews_by_helpfulness, reviews_by_product;
    UPDATE reviews SET title = '-' WHERE title = '';
    UPDATE reviews SET body = '-' WHERE body = '';
    ALTER TABLE reviews
      DROP CONSTRAINT reviews_lengths,
      DROP CONSTRAINT reviews_one_author,
      DROP helpfulness, DROP helpful_count, DROP unhelpful_count, DROP report_count, DROP rejection_reason, DROP rejection_words,
      DROP reply, DROP replied_at,
      ADD CONSTRAINT reviews_lengths CHECK (length(title) BETWEEN 1 AND 120 AND length(body) BETWEEN 1 AND 4000 AND length(author_name) BETWEEN 1 AND 80);
    CREATE INDEX reviews_by_product ON reviews (product_id, created_at DESC, id) WHERE status = 'approved';
  `)
}
