// A product's attributes: what it is made of, how to care for it. Names with values, in the shopkeeper's order; several
// values of one name are several rows. Written in the caller's transaction with the product's row locked.
import type { Knex } from 'knex'
import { select, type Trx } from '../../lib/db.ts'
import { DomainError } from '../../lib/errors.ts'
import type { Attribute } from '../schemas.ts'

/** A product's attributes in their order; one statement. */
export const attributesOf = (trx: Trx, productId: string): Promise<Attribute[]> =>
  select<Attribute>(
    trx,
    'SELECT name, value FROM product_attributes WHERE product_id = :productId ORDER BY position, name, value',
    { productId },
  )

/** Replaces a product's attributes; two statements. @throws validation_failed for one that stands there twice */
export async function saveAttributes(trx: Knex.Transaction, productId: string, attributes: Attribute[]): Promise<void> {
  const errors = attributes.flatMap(({ name, value }, at) =>
    attributes.findIndex((other) => other.name === name && other.value === value) === at
      ? []
      : { path: `attributes.${at}`, message: `${name}: ${value} stands here twice` },
  )
  if (errors[0]) throw new DomainError('validation_failed', errors[0].message, { errors })
  await trx('product_attributes').where({ productId }).delete()
  if (attributes.length === 0) return
  await trx('product_attributes').insert(
    attributes.map(({ name, value }, position) => ({ productId, name, value, position })),
  )
}
