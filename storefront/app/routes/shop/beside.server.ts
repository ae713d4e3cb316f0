// What the product page shows below the product: things beside it, and what this browser looked at. Extras: without the
// catalogue or the count of orders the product is shown alone.
import { besideProduct } from '#app/domain/catalog/beside.ts'
import { listCards } from '#app/domain/catalog/catalog.server.ts'
import { boughtTogether } from '#app/domain/orders/together/bought-together.server.ts'
import { isUnavailable } from '#app/lib/db.server.ts'
import { isDomainError } from '#app/lib/errors.ts'

type Card = Awaited<ReturnType<typeof listCards>>[number]
type Shown = { id: string; related: Card[]; pickedCount: number }

/** One statement and one call of the catalogue, however much there is to show. `seen`: ids, newest first. */
export async function loadBeside({ id, related, pickedCount }: Shown, seen: string[]) {
  const others = seen.filter((other) => other !== id)
  const bought = await boughtTogether(id, 4).catch(orNone(isUnavailable))
  const cards = await listCards([...new Set([...bought, ...others])]).catch(orNone(isDomainError))
  const found = new Map(cards.map((card) => [card.id, card]))
  const cardsOf = (ids: string[]) => ids.flatMap((one) => found.get(one) ?? [])
  return { related: besideProduct({ related, pickedCount }, cardsOf(bought)), viewed: cardsOf(others) }
}

const orNone =
  (isKnown: (error: unknown) => boolean) =>
  (error: unknown): never[] => {
    if (isKnown(error)) return []
    throw error
  }
