// What may be asked of product lists: filters, order, page. Shapes only.
import { z } from '@hono/zod-openapi'
import { CursorParam, queryFlag, queryInt, SearchWords, Slug } from '../http/fields.ts'
import { ProductStatus } from './schemas.ts'

const dearest = 100_000_000

export const productSorts = ['relevance', 'newest', 'price_asc', 'price_desc', 'rating', 'title'] as const

/** The filters, order and page of every public product list. */
export const ProductQuery = z.object({
  category: Slug.optional().openapi({ description: 'Slug of a category; its descendants are included' }),
  q: SearchWords.optional(),
  min_price: queryInt(0, dearest).optional().openapi({ description: 'A variant costs at least this (minor units)' }),
  max_price: queryInt(0, dearest).optional().openapi({ description: 'A variant costs at most this (minor units)' }),
  in_stock: queryFlag.optional().openapi({ description: '`true`: only what can be bought online now' }),
  featured: queryFlag.optional(),
  sort: z.enum(productSorts).optional().openapi({ description: 'Left out: `relevance` with words, else `newest`' }),
  limit: queryInt(1, 60).default(24),
  cursor: CursorParam,
})
export type ProductQuery = z.infer<typeof ProductQuery>

/** The filters, order and page of the staff's product list. */
export const AdminProductQuery = z.object({
  q: SearchWords.optional(),
  status: ProductStatus.optional(),
  category: Slug.optional(),
  sort: z.enum(['updated', 'newest', 'title', 'price_asc', 'price_desc']).default('updated'),
  page: queryInt(1, 10_000).default(1),
  limit: queryInt(1, 100).default(30),
})
export type AdminProductQuery = z.infer<typeof AdminProductQuery>
