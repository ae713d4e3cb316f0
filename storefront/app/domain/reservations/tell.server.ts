// The messages about a reservation, appended in the transaction of the fact.
import type { Knex } from 'knex'
import { collectionCodeFor } from '#app/domain/orders/collection-code.server.ts'
import type { EventPayload } from '#app/domain/outbox/events.ts'
import { append } from '#app/domain/outbox/outbox.server.ts'
import type { StoreReservation } from './models.ts'
import { reservationUrl } from './secret-link.server.ts'

type Topic = 'reservation.held' | 'reservation.lapsed' | 'reservation.cancelled'

/** Tells whoever reserved, once per fact; nobody when the person has been forgotten. */
export async function tell(trx: Knex.Transaction, topic: Topic, row: StoreReservation): Promise<void> {
  const { email, name } = row
  if (!email || !name) return
  const base = { email, name, reservation: factsOf(row) }
  const key = `${topic}:${row.id}`
  if (topic === 'reservation.held')
    await append(trx, topic, key, { ...base, code: collectionCodeFor(row.id), holdUntil: row.expiresAt.toISOString() })
  else if (topic === 'reservation.cancelled') await append(trx, topic, key, { ...base, reason: row.reason ?? '' })
  else await append(trx, topic, key, base)
}

function factsOf(row: StoreReservation): EventPayload<'reservation.held'>['reservation'] {
  const { store, item } = row
  return {
    number: row.number,
    url: reservationUrl(row),
    title: item.title,
    variantTitle: item.variantTitle,
    sku: row.sku,
    imageSrc: item.imageSrc,
    quantity: row.quantity,
    totalMinor: row.quantity * row.unitPriceMinor,
    currency: row.currency,
    store: {
      name: store.name,
      line1: store.address.line1,
      city: store.address.city,
      phone: store.phone,
      hoursText: store.hoursText,
      timezone: store.timezone,
    },
  }
}
