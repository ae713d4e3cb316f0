// The stores that checkout's pickup form offers: near what was typed, else near the address known so far. Reads only.
import { z } from 'zod'
import type { Cart } from '#app/domain/cart/cart.server.ts'
import type { Quote } from '#app/domain/cart/totals.ts'
import type { StoreWithBasket } from '#app/domain/catalog/answers.ts'
import type { PostalAddress } from '#app/domain/outbox/events.ts'
import { listPickupPlaces } from '#app/domain/pickup/find-pickup.server.ts'
import { missingWords } from '#app/domain/pickup/missing-words.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { placeFields } from '#app/http/place-query.ts'

const placesQuery = z.object(placeFields)

const radiusKm = 50

/** What the form shows: where was looked, and each store with what it has. Throws catalog_unavailable. */
export async function loadPickup(
  request: Request,
  { cart, quote, known }: { cart: Cart; quote: Quote; known: PostalAddress | null },
) {
  const asked = parseQuery(placesQuery, request)
  const basket = quote.lines.map(({ sku, quantity }) => ({ sku, quantity }))
  const start = startOf(quote, known)
  const isAsked = asked.q !== '' || asked.lat !== undefined
  const query = isAsked ? { ...asked, radiusKm } : { q: start?.city ?? '', country: start?.country, radiusKm }
  const found = await listPickupPlaces(query, basket)
  const titles = new Map(
    quote.lines.map((line) => [line.sku, [line.title, line.variantTitle].filter(Boolean).join(' ')]),
  )
  const places = found.places.map((place) => shown(place, titles))
  const chosen = places.find(({ id, complete }) => complete && id === cart.pickupStoreId)
  return {
    q: query.q,
    from: found.from?.name ?? null,
    others: found.others,
    isFar: found.isFar,
    places,
    chosen: chosen?.id ?? places.find(({ complete }) => complete)?.id ?? null,
    pickupName: cart.pickupName ?? known?.fullName ?? null,
    trouble: cart.fulfilment === 'pickup' ? quote.pickupProblem : null,
  }
}

/** Around the store that is chosen already, else around where the shopper lives. */
const startOf = ({ pickupStore }: Quote, known: PostalAddress | null): PostalAddress | null =>
  pickupStore?.address ?? known

const shown = ({ store, complete, lines }: StoreWithBasket, titles: ReadonlyMap<string, string>) => ({
  id: store.id,
  slug: store.slug,
  name: store.name,
  line1: store.line1,
  town: [store.postcode, store.city].filter(Boolean).join(' '),
  open: store.open,
  distanceKm: store.distanceKm ?? null,
  complete,
  words: missingWords(lines, titles),
})
