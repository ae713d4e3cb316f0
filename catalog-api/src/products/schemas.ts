// What products look like from outside. Shapes only: no rule, no query.
import { z } from '@hono/zod-openapi'
import { CategoryLink } from '../categories/schemas.ts'
import { Currency, Id, Minor, Sku, Slug, Time, text } from '../http/fields.ts'
import { Image, MaybeImage } from '../media/schemas.ts'

const LowestBefore = Minor.nullable().openapi({
  description:
    'Of what is reduced: the lowest price of the 30 days before it was (Directive 98/6/EC, Article 6a), from the price history; null without `compareAtMinor`',
  example: null,
})

export const ProductCard = z
  .object({
    id: Id,
    slug: Slug,
    title: z.string().openapi({ example: 'Stoneware mug' }),
    subtitle: z.string().openapi({ example: 'Thrown by hand, 300 ml' }),
    brand: z.string().openapi({ example: 'Atelier Nord' }),
    category: CategoryLink,
    priceFromMinor: Minor,
    priceToMinor: Minor,
    compareAtMinor: Minor.nullable().openapi({
      description: 'Former price of the cheapest variant, when it is reduced',
    }),
    lowestBeforeMinor: LowestBefore,
    currency: Currency,
    image: MaybeImage,
    shownFor: z.string().nullable().openapi({
      description: 'The choice whose picture is shown because the list was asked for it; null: the first picture',
      example: 'Colour:Sage',
    }),
    hoverImage: MaybeImage,
    rating: z.object({
      average: z
        .number()
        .nullable()
        .openapi({ description: '1 to 5, two decimals; null without approved reviews', example: 4.6 }),
      count: z.int().openapi({ example: 12 }),
    }),
    available: z.boolean().openapi({ description: 'Whether any variant can be bought online now' }),
    defaultSku: Sku.nullable(),
    variantCount: z.int().openapi({ example: 3 }),
    featured: z.boolean(),
    publishedAt: Time.nullable(),
  })
  .openapi('ProductCard')
export type ProductCard = z.infer<typeof ProductCard>

export const OptionValues = z
  .record(z.string().min(1).max(40), z.string().min(1).max(60))
  .openapi({ example: { Colour: 'Sage', Size: 'L' } })

export const Variant = z
  .object({
    id: Id,
    sku: Sku,
    barcode: z.string().nullable().openapi({ example: '4006381333931' }),
    title: z.string().openapi({ example: 'Sage' }),
    optionValues: OptionValues,
    priceMinor: Minor,
    compareAtMinor: Minor.nullable(),
    lowestBeforeMinor: LowestBefore,
    currency: Currency,
    weightGrams: z.int().openapi({ example: 420 }),
    status: z.enum(['active', 'archived']),
    available: z.int().openapi({ description: 'Units that can be bought online now', example: 14 }),
    stock: z.enum(['in_stock', 'low', 'out']).openapi({ description: '`low`: five or fewer' }),
  })
  .openapi('Variant')
export type Variant = z.infer<typeof Variant>

export const productStatuses = ['draft', 'published', 'archived'] as const
export const ProductStatus = z.enum(productStatuses)
export const TaxCategory = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'Small letters, digits, _ and -')
  .openapi({ example: 'standard' })

export const Option = z.object({
  name: z.string().openapi({ example: 'Colour' }),
  values: z.array(z.string()).openapi({ example: ['Sage', 'Sand'] }),
})

export const Attribute = z
  .object({
    name: text(1, 40)
      .refine((name) => !name.includes(':'), 'No colon in a name')
      .openapi({ example: 'Material' }),
    value: text(1, 60).openapi({ example: 'Stoneware' }),
  })
  .openapi('Attribute')
export type Attribute = z.infer<typeof Attribute>

/** A card as staff see it in their list. */
export const AdminProductRow = ProductCard.extend({
  status: ProductStatus,
  version: z.int(),
  availableUnits: z.int().openapi({ description: 'Units of all variants that can be bought online now', example: 31 }),
}).openapi('AdminProductRow')
export type AdminProductRow = z.infer<typeof AdminProductRow>

export const Product = ProductCard.extend({
  description: z.string().openapi({ description: 'Plain text; paragraphs are parted by a blank line' }),
  breadcrumb: z.array(CategoryLink).openapi({ description: 'From the root to the own category' }),
  status: ProductStatus,
  taxCategory: TaxCategory,
  version: z.int().openapi({ example: 3 }),
  attributes: z.array(Attribute).openapi({ description: 'What it is made of, how to care for it …; in their order' }),
  options: z.array(Option),
  variants: z.array(Variant),
  images: z.array(Image),
  ratingHistogram: z
    .object({ 1: z.int(), 2: z.int(), 3: z.int(), 4: z.int(), 5: z.int() })
    .openapi({ description: 'Approved reviews by stars', example: { 1: 0, 2: 1, 3: 2, 4: 9, 5: 21 } }),
  related: z
    .array(ProductCard)
    .openapi({ description: 'What the shop picked, then the best rated of the same category; at most four' }),
  pickedCount: z
    .int()
    .openapi({ description: 'So many of `related`, the first ones, were picked by the shop', example: 1 }),
}).openapi('Product')
export type Product = z.infer<typeof Product>

const FacetValue = z.object({ value: z.string().openapi({ example: 'Sage' }), count: z.int().openapi({ example: 12 }) })

export const Facets = z
  .object({
    isEstimate: z
      .boolean()
      .openapi({ description: 'The list is large: counts are estimates from a fair sample, prices those in it' }),
    brands: z.array(FacetValue),
    categories: z.array(CategoryLink.extend({ count: z.int() })).openapi({
      description:
        'The children of the category asked for, each with what is below it; else the categories products are in; chosen ones always',
    }),
    options: z.array(z.object({ name: z.string().openapi({ example: 'Colour' }), values: z.array(FacetValue) })),
    attributes: z.array(z.object({ name: z.string().openapi({ example: 'Material' }), values: z.array(FacetValue) })),
    ratings: z.array(z.object({ min: z.int().openapi({ description: 'So many stars and more' }), count: z.int() })),
    inStock: z.int().openapi({ description: 'Of the list, what can be bought online now' }),
    store: z
      .union([z.object({ slug: Slug, name: z.string(), count: z.int() }), z.null()])
      .openapi({ description: 'Of the list, what lies free at the store asked about; null without one' }),
    price: z.union([z.object({ minMinor: Minor, maxMinor: Minor }), z.null()]),
  })
  .openapi('Facets', { description: 'What narrows the list; each counts by all filters but its own' })
export type Facets = z.infer<typeof Facets>

export const ProductPage = z
  .object({
    items: z.array(ProductCard),
    total: z.int().openapi({
      description: 'Counted up to 10,000; with words, or where variants must be looked at, up to 1,000',
      example: 57,
    }),
    totalIsMore: z.boolean().openapi({ description: 'There are more than `total`' }),
    nextCursor: z.string().nullable(),
    prevCursor: z.string().nullable(),
    facets: z.union([Facets, z.null()]).openapi({ description: 'Null unless asked for' }),
  })
  .openapi('ProductPage')
export type ProductPage = z.infer<typeof ProductPage>

export const VariantWithProduct = Variant.extend({
  productId: Id,
  productSlug: Slug,
  productTitle: z.string(),
  productStatus: ProductStatus,
  taxCategory: TaxCategory,
  image: MaybeImage,
}).openapi('VariantWithProduct')
export type VariantWithProduct = z.infer<typeof VariantWithProduct>

export const SearchPage = ProductPage.extend({
  query: z.string().openapi({ description: 'What was asked', example: 'sage mug under 20' }),
  words: z
    .string()
    .openapi({ description: 'The words looked for: `query` without the prices said in it', example: 'sage mug' }),
  price: z
    .union([z.object({ minMinor: Minor.nullable(), maxMinor: Minor.nullable() }), z.null()])
    .openapi({ description: 'The price that `query` says in words; null when it says none' }),
  corrected: z.string().nullable().openapi({
    description: 'Nothing was found for `words`: these are results for this instead; null otherwise',
    example: null,
  }),
  partial: z.boolean().openapi({
    description:
      'No product has all of `words` (of `corrected`, when that is told too): these have some, those with most first',
  }),
  didYouMean: z.string().nullable().openapi({
    description: 'Little was found and these words would find much more; null otherwise',
    example: null,
  }),
  exactSlug: z.string().nullable().openapi({
    description: 'Slug of the product whose SKU or barcode is exactly this: go straight there',
    example: null,
  }),
}).openapi('SearchPage')
export type SearchPage = z.infer<typeof SearchPage>
