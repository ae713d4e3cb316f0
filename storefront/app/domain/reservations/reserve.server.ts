// Reserving a thing in a store: limits first (constraints of the table), then the hold in the catalogue, then the code. A
// row that dies in between is ended by the sweeper, and its hold with it.

import { listVariants } from '#app/domain/catalog/catalog.server.ts'
import { reserve } from '#app/domain/catalog/inventory.server.ts'
import { getStore } from '#app/domain/catalog/stores.server.ts'
import { hoursWithSpecialDays, pickupStoreOf } from '#app/domain/pickup/pickup-store.ts'
import { mailboxHash } from '#app/domain/promotions/mailbox.ts'
import type { By } from '#app/lib/clock.ts'
import { brokenConstraint, db, transaction } from '#app/lib/db.server.ts'
import { DomainError, isDomainError } from '#app/lib/errors.ts'
import { newId, newReservationNumber } from '#app/lib/ids.ts'
import { endReservation } from './end.server.ts'
import { holdUntil } from './hold-until.ts'
import { StoreReservation } from './models.ts'
import { mostAtOnce, mostPieces } from './reservation-view.ts'
import { reservationToken } from './secret-link.server.ts'
import { tell } from './tell.server.ts'

export type WantedReservation = {
  storeSlug: string
  sku: string
  quantity: number
  email: string
  name: string
  userId: string | null
  /** Made with the form: a double click is one reservation. */
  formKey: string
}
export type Reserved = { number: string; token: string; isNew: boolean }

/** So long after its time the goods are still held: a sale at the last minute finds them. */
const marginSeconds = 600

/**
 * Holds one or two pieces for two opening hours and sends the code. The same form twice is one reservation. The caller
 * limits how often one network may ask. Throws not_found, validation_failed (`quantity`), conflict (the person has too
 * many, or this thing already; the store does not open soon enough), out_of_stock, catalog_unavailable (may be sent again).
 */
export async function reserveInStore(input: WantedReservation, by: By): Promise<Reserved> {
  const sent = await StoreReservation.query(db()).findOne({ formKey: input.formKey })
  const row = sent ? requireSame(sent, input) : await insertOnce(await draftOf(input, by), input)
  if (row.status !== 'placing') return reserved(row, false)
  await hold(row, by)
  await transaction(async (trx) => {
    const held = await StoreReservation.query(trx)
      .where({ id: row.id, status: 'placing' })
      .patch({ status: 'held' })
      .returning('*')
    for (const one of held) await tell(trx, 'reservation.held', one)
  })
  const now = await StoreReservation.query(db()).findById(row.id)
  if (now?.status !== 'held') throw new DomainError('conflict', 'This took too long. Please reserve it again.')
  return reserved(row, true)
}

const reserved = ({ id, number }: StoreReservation, isNew: boolean): Reserved => ({
  number,
  token: reservationToken(id),
  isNew,
})

/** Somebody else's form word opens nothing. */
function requireSame(row: StoreReservation, { email, sku }: WantedReservation): StoreReservation {
  if (row.mailboxHash.equals(mailboxHash(email)) && row.sku === sku) return row
  throw new DomainError('conflict', 'Load the page again, please.')
}

type Draft = Omit<
  Partial<StoreReservation> & { mailboxHash: Buffer; expiresAt: Date; formKey: string },
  'slot' | 'QueryBuilderType'
>

async function draftOf(input: WantedReservation, by: By): Promise<Draft> {
  const [store, [variant]] = await Promise.all([getStore(input.storeSlug), listVariants([input.sku])])
  if (!store.services.includes('click_and_collect'))
    throw new DomainError('conflict', 'This store keeps nothing for pickup.')
  if (variant?.status !== 'active' || variant.productStatus !== 'published')
    throw new DomainError('gone', 'We no longer sell this.')
  if (!Number.isInteger(input.quantity) || input.quantity < 1 || input.quantity > mostPieces)
    throw new DomainError('validation_failed', 'One or two pieces.', { fields: { quantity: ['One or two pieces.'] } })
  const expiresAt = holdUntil(store.coming, by.at)
  if (!expiresAt)
    throw new DomainError(
      'conflict',
      'The store does not open soon enough to keep this for you. Try again nearer to then.',
    )
  return {
    id: newId(by.at.getTime()),
    number: newReservationNumber(),
    formKey: input.formKey,
    userId: input.userId,
    mailboxHash: mailboxHash(input.email),
    email: input.email,
    name: input.name,
    storeId: store.id,
    store: { ...pickupStoreOf(store), hoursText: hoursWithSpecialDays(store) },
    sku: variant.sku,
    item: {
      title: variant.productTitle,
      variantTitle: variant.title,
      productSlug: variant.productSlug,
      imageSrc: variant.image?.src ?? null,
    },
    quantity: input.quantity,
    unitPriceMinor: variant.priceMinor,
    currency: variant.currency,
    expiresAt,
    createdAt: by.at,
  }
}

const isTaken = new Set(['store_reservations_few_per_person'])

/** Takes the person's next free place; who is beaten to it tries the next one. */
async function insertOnce(draft: Draft, input: WantedReservation): Promise<StoreReservation> {
  for (let attempt = 0; attempt <= mostAtOnce; attempt++) {
    const taken = await StoreReservation.query(db())
      .where({ mailboxHash: draft.mailboxHash })
      .whereNull('endedAt')
      .select('slot')
    const slot = [1, 2, 3].find((one) => !taken.some((row) => row.slot === one))
    if (!slot) break
    try {
      return await StoreReservation.query(db())
        .insert({ ...draft, slot })
        .returning('*')
    } catch (error) {
      const broken = brokenConstraint(error) ?? ''
      if (isTaken.has(broken)) continue
      if (broken === 'store_reservations_a_thing_once_per_person') throw alreadyReserved()
      if (broken !== 'store_reservations_one_per_form') throw error
      const first = await StoreReservation.query(db()).findOne({ formKey: draft.formKey })
      if (!first) throw error
      return requireSame(first, input)
    }
  }
  const text = `${mostAtOnce} things are reserved for this e-mail address already. Collect one of them, or let one go.`
  throw new DomainError('conflict', text, { fields: { email: [text] } })
}

const alreadyReserved = () => {
  const text = 'This is reserved for this e-mail address already: the code is in our mail.'
  return new DomainError('conflict', text, { fields: { email: [text] } })
}

/** Holds the goods under the row's own id; what cannot be held ends the row, so that the form may be sent again. */
async function hold(row: StoreReservation, by: By): Promise<void> {
  const seconds = Math.ceil((row.expiresAt.getTime() - by.at.getTime()) / 1000) + marginSeconds
  try {
    await reserve({
      ref: row.id,
      ttlSeconds: Math.min(172_800, Math.max(60, seconds)),
      lines: [{ sku: row.sku, quantity: row.quantity }],
      storeId: row.storeId,
    })
  } catch (error) {
    await endReservation({ id: row.id, from: 'placing', to: 'refused' }, by)
    if (!isDomainError(error, 'out_of_stock')) throw error
    const short = (error.extra.details?.shortages as { available: number }[] | undefined)?.[0]
    const text = short?.available
      ? `Only ${short.available} left in this store.`
      : 'Somebody was faster: this store has none left.'
    throw new DomainError('out_of_stock', text, { fields: { quantity: [text] } })
  }
}
