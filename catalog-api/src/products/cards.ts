// Products as cards, for lists of every kind: two statements, however many cards. Shows whatever ids it is given.
import { sellableUnits } from '../inventory/sellable.ts'
import { select, type Trx } from '../lib/db.ts'
import { imagesByProduct, toImage } from '../media/product-image.ts'
import type { AdminProductRow, ProductCard } from './schemas.ts'
import { type AskedFor, askedPicture, choiceOf } from './shown-picture.ts'

type CardRow = {
  id: string
  slug: string
  title: string
  subtitle: string
  brand: string
  status: AdminProductRow['status']
  version: number
  featured: boolean
  currency: string
  priceFromMinor: number
  priceToMinor: number
  ratingCount: number
  ratingSum: number
  publishedAt: Date | null
  categorySlug: string
  categoryName: string
  variantCount: number
  defaultSku: string | null
  compareAtMinor: number | null
  lowestBeforeMinor: number | null
  units: number
}

const cardSql = `
  SELECT p.id, p.slug, p.title, p.subtitle, p.brand, p.status, p.version, p.featured, p.currency, p.price_from_minor,
    p.price_to_minor, p.rating_count, p.rating_sum, p.published_at, c.slug AS category_slug, c.name AS category_name,
    own.variant_count, own.default_sku, own.compare_at_minor, own.units,
    CASE WHEN own.compare_at_minor IS NOT NULL THEN lowest_price_before(own.cheapest_id) END AS lowest_before_minor
  FROM products p
  JOIN categories c ON c.id = p.category_id
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS variant_count,
      (array_agg(v.sku ORDER BY v.position, v.id))[1] AS default_sku,
      -- beside the lowest price stands what that very variant cost before
      (array_agg(v.id ORDER BY v.price_minor, v.position, v.id))[1] AS cheapest_id,
      (array_agg(v.compare_at_minor ORDER BY v.price_minor, v.position, v.id))[1] AS compare_at_minor,
      COALESCE(sum(${sellableUnits}), 0)::int AS units
    FROM variants v WHERE v.product_id = p.id AND v.status = 'active'
  ) own
  WHERE p.id = ANY(:ids)`

const nothing: AskedFor = { options: [], tsquery: null }

/** Cards in the order of `ids`, with what staff see besides. Unknown ids are left out. */
export async function loadAdminRows(trx: Trx, ids: string[], asked = nothing): Promise<AdminProductRow[]> {
  if (ids.length === 0) return []
  const rows = await select<CardRow>(trx, cardSql, { ids })
  const images = await imagesByProduct(trx, ids)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    const own = images.get(id) ?? []
    const [first, second] = own
    const fitting = askedPicture(own, asked)
    const shown = fitting ?? first
    return {
      ...base(row),
      image: shown ? toImage(shown) : null,
      shownFor: fitting && choiceOf(fitting),
      hoverImage: second ? toImage(second) : null,
      status: row.status,
      version: row.version,
      availableUnits: row.units,
    }
  })
}

/** Cards in the order of `ids`, as shoppers see them; with the pictures of what they `asked` for. */
export async function loadCards(trx: Trx, ids: string[], asked = nothing): Promise<ProductCard[]> {
  const rows = await loadAdminRows(trx, ids, asked)
  return rows.map(({ status: _status, version: _version, availableUnits: _units, ...card }) => card)
}

const base = (row: CardRow) => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  subtitle: row.subtitle,
  brand: row.brand,
  category: { slug: row.categorySlug, name: row.categoryName },
  priceFromMinor: row.priceFromMinor,
  priceToMinor: row.priceToMinor,
  compareAtMinor: row.compareAtMinor,
  lowestBeforeMinor: row.lowestBeforeMinor,
  currency: row.currency,
  rating: { average: averageRating(row.ratingSum, row.ratingCount), count: row.ratingCount },
  available: row.units > 0,
  defaultSku: row.defaultSku,
  variantCount: row.variantCount,
  featured: row.featured,
  publishedAt: row.publishedAt?.toISOString() ?? null,
})

/** Two decimals; null without ratings. */
export const averageRating = (sum: number, count: number): number | null =>
  count === 0 ? null : Math.round((sum * 100) / count) / 100
