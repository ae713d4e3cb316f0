// What may be asked of product lists: filters, order, page. Shapes only.
import { z } from '@hono/zod-openapi'
import { CursorParam, queryFlag, queryInt, SearchWords, Slug } from '../http/fields.ts'
import { ProductStatus } from './schemas.ts'

const dearest = 100_000_000

export const productSorts = ['relevance', 'newest', 'price_asc', 'price_desc', 'rating', 'title'] as const

/** Up to thirty values, the name repeated for each: `brand=A&brand=B`. */
const chosen = (value: z.ZodString) =>
  z
    .union([value.transform((one) => [one]), z.array(value).min(1).max(30)])
    .transform((values) => values.map((one) => one.replaceAll('\u0000', '')))
    .optional()
    .openapi({ type: 'array', items: { type: 'string' } })

const nameAndValue = z
  .string()
  .max(101)
  .regex(/^[^:]{1,40}:.{1,60}$/s, 'Name:value')

/** Each name is counted by itself (facets.ts): nobody narrows by more, and an address must not buy sixty counts. */
const mostNames = 6
const namedValues = chosen(nameAndValue).refine(
  (values = []) => new Set(values.map((one) => one.slice(0, one.indexOf(':')))).size <= mostNames,
  `${mostNames} different names at most`,
)

/** The filters, order and page of every public product list. */
export const ProductQuery = z.object({
  category: Slug.optional().openapi({ description: 'Slug of a category; its descendants are included' }),
  q: SearchWords.optional(),
  min_price: queryInt(0, dearest).optional().openapi({ description: 'A variant costs at least this (minor units)' }),
  max_price: queryInt(0, dearest).optional().openapi({ description: 'A variant costs at most this (minor units)' }),
  in_stock: queryFlag.optional().openapi({ description: '`true`: only what can be bought online now' }),
  featured: queryFlag.optional(),
  brand: chosen(z.string().min(1).max(100)).openapi({ description: 'One of these brands' }),
  option: namedValues.openapi({
    description:
      'Option values as `Colour:Sage`; several of one name are alternatives, each of at most six names must fit',
    example: ['Colour:Sage', 'Size:L'],
  }),
  attribute: namedValues.openapi({
    description:
      'Attributes as `Material:Stoneware`; several of one name are alternatives, each of at most six names must fit',
    example: ['Material:Stoneware'],
  }),
  in_category: chosen(Slug).openapi({
    description: 'Slugs: of the list, what stands in one of these categories or below',
    example: ['tableware'],
  }),
  store: Slug.optional().openapi({ description: 'Slug of a store: only what lies free there now', example: 'dublin' }),
  facet_store: Slug.optional().openapi({
    description: 'Slug of a store that `facets.store` is to count, unless `store` is given',
  }),
  min_rating: queryInt(1, 5).optional().openapi({ description: 'At least so many stars on average' }),
  facets: queryFlag.optional().openapi({ description: '`true`: the answer has `facets` with counts' }),
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
