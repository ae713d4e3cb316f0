// Writes a product's options and variants and what follows from them. Always inside the caller's transaction, with
// the product's row locked. Archived variants keep their rows: old orders and stock point to them.
import type { Knex } from 'knex'
import { invalid } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { refreshSearch } from '../../search/refresh-search.ts'
import { OptionModel, ProductModel, VariantModel } from '../models.ts'
import { variantTitle } from './option-matrix.ts'
import type { ProductInput, VariantInput } from './schemas.ts'

/** The shop sells in one currency. */
export const currency = 'EUR'

type Options = ProductInput['options']

/** Replaces the options; two statements. */
export async function saveOptions(trx: Knex.Transaction, productId: string, options: Options): Promise<void> {
  await OptionModel.query(trx).delete().where({ productId })
  if (options.length === 0) return
  const rows = options.map(({ name, values }, position) => ({ id: newId(), productId, name, values, position }))
  await trx(OptionModel.tableName).insert(rows)
}

/**
 * Makes the live variants exactly these: known by id or SKU, others new, those left out archived. Four statements.
 * @throws validation_failed for an id of another product; the constraints of SKU and barcode
 */
export async function saveVariants(
  trx: Knex.Transaction,
  productId: string,
  options: Options,
  inputs: VariantInput[],
): Promise<void> {
  const existing = await VariantModel.query(trx).where({ productId }).forNoKeyUpdate()
  const named = inputs.flatMap(({ id }) => id ?? [])
  const rows = inputs.map((input, position) => {
    if (input.id && named.indexOf(input.id) !== named.lastIndexOf(input.id))
      throw invalid(`variants.${position}.id`, 'This variant stands here twice.')
    // A SKU that a variant gives up in this very change is free for a new one.
    const known = existing.find((row) =>
      input.id ? row.id === input.id : row.sku === input.sku && !named.includes(row.id),
    )
    if (input.id && !known) throw invalid(`variants.${position}.id`, 'This product has no variant with this id.')
    return toRow(known?.id ?? newId(), productId, options, input, position)
  })
  // First all give their place in the option matrix free, so that two may swap their values; those that change their
  // SKU or barcode give these free too.
  await VariantModel.query(trx).where({ productId, status: 'active' }).patch({ status: 'archived' })
  const changing = existing.filter((old) =>
    rows.some((row) => row.id === old.id && (row.sku !== old.sku || row.barcode !== old.barcode)),
  )
  await trx.raw(
    `UPDATE variants SET sku = 'MOVING-' || upper(replace(id::text, '-', '')), barcode = NULL WHERE id = ANY(:ids)`,
    { ids: changing.map(({ id }) => id) } as never,
  )
  const isKnown = ({ id }: { id: string }) => existing.some((row) => row.id === id)
  await upsert(
    trx,
    rows.sort((a, b) => Number(isKnown(b)) - Number(isKnown(a))),
  )
}

/** Writes one variant beside the others, at place `position`. */
export async function saveVariant(
  trx: Knex.Transaction,
  place: { id: string; productId: string; position: number },
  options: Options,
  input: VariantInput,
): Promise<void> {
  await upsert(trx, [toRow(place.id, place.productId, options, input, place.position)])
}

async function upsert(trx: Knex.Transaction, rows: ReturnType<typeof toRow>[]): Promise<void> {
  const { id: _id, productId: _productId, ...changed } = rows[0] ?? ({} as ReturnType<typeof toRow>)
  await trx(VariantModel.tableName).insert(rows).onConflict('id').merge(Object.keys(changed))
}

const toRow = (id: string, productId: string, options: Options, input: VariantInput, position: number) => ({
  id,
  productId,
  sku: input.sku,
  barcode: input.barcode ?? null,
  title: variantTitle(options, input),
  optionValues: JSON.stringify(input.optionValues),
  priceMinor: input.priceMinor,
  compareAtMinor: input.compareAtMinor ?? null,
  currency,
  weightGrams: input.weightGrams,
  position,
  status: 'active',
  updatedAt: new Date(),
})

/** What follows from changed variants or words: the price range, the version, the search words. Three statements. */
export async function followUp(trx: Knex.Transaction, productId: string): Promise<void> {
  await trx.raw(
    `UPDATE ${ProductModel.tableName} p SET version = p.version + 1, updated_at = now(),
       price_from_minor = COALESCE(own.lowest, p.price_from_minor), price_to_minor = COALESCE(own.highest, p.price_to_minor)
     FROM (SELECT min(price_minor) AS lowest, max(price_minor) AS highest FROM variants
       WHERE product_id = :productId AND status = 'active') own
     WHERE p.id = :productId`,
    { productId },
  )
  await refreshSearch(trx, [productId])
}
