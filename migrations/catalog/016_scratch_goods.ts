// Scratch goods: what prove-stock races for in a running shop. A status of their own that no list asks for; they are born
// with it and die with it, and with them goes what the ledger says of them, the only rows it ever gives up.
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    ALTER TABLE products DROP CONSTRAINT products_status_known;
    ALTER TABLE products ADD CONSTRAINT products_status_known CHECK (status IN ('draft', 'published', 'archived', 'scratch'));
    CREATE INDEX products_scratch ON products (created_at) WHERE status = 'scratch';

    CREATE FUNCTION products_scratch_from_birth() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'scratch goods cannot be sold, nor goods for sale scratched' USING ERRCODE = 'restrict_violation'; END $$;
    CREATE TRIGGER products_scratch_from_birth BEFORE UPDATE OF status ON products FOR EACH ROW
      WHEN ((OLD.status = 'scratch') <> (NEW.status = 'scratch')) EXECUTE FUNCTION products_scratch_from_birth();

    CREATE OR REPLACE FUNCTION stock_movements_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM variants v JOIN products p ON p.id = v.product_id
          WHERE v.id = OLD.variant_id AND p.status = 'scratch') THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'stock_movements is append-only' USING ERRCODE = 'restrict_violation';
      END $$;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw(`
    DELETE FROM reservation_lines WHERE variant_id IN (SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id WHERE p.status = 'scratch');
    DELETE FROM stock_movements WHERE variant_id IN (SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id WHERE p.status = 'scratch');
    DELETE FROM inventory WHERE variant_id IN (SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id WHERE p.status = 'scratch');
    DELETE FROM products WHERE status = 'scratch';
    CREATE OR REPLACE FUNCTION stock_movements_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'stock_movements is append-only' USING ERRCODE = 'restrict_violation'; END $$;
    DROP TRIGGER products_scratch_from_birth ON products;
    DROP FUNCTION products_scratch_from_birth;
    DROP INDEX products_scratch;
    ALTER TABLE products DROP CONSTRAINT products_status_known;
    ALTER TABLE products ADD CONSTRAINT products_status_known CHECK (status IN ('draft', 'published', 'archived'));
  `)
}
