// What staff send and see of products. Shapes only: no rule, no query.
import { z } from '@hono/zod-openapi'
import { Id, Minor, Sku, Slug, Time, text } from '../../http/fields.ts'
import { AdminImage } from '../../media/schemas.ts'
import { AdminProductRow, Attribute, OptionValues, Product, ProductStatus, TaxCategory } from '../schemas.ts'

export const AdminProductPage = z
  .object({
    items: z.array(AdminProductRow),
    total: z.int().openapi({ description: 'Counted up to 10,000; pages end there too' }),
    totalIsMore: z.boolean().openapi({ description: 'There are more than `total`' }),
    page: z.int(),
    pages: z.int(),
  })
  .openapi('AdminProductPage')
export type AdminProductPage = z.infer<typeof AdminProductPage>

export const Companion = z
  .object({ id: Id, slug: Slug, title: z.string(), status: ProductStatus })
  .openapi('Companion', { description: 'A product picked to stand beside another; shown while it is published' })
export type Companion = z.infer<typeof Companion>

export const PriceChange = z
  .object({ sku: Sku, since: Time, priceMinor: Minor, compareAtMinor: Minor.nullable() })
  .openapi('PriceChange', { description: 'What a variant was offered at from a moment on' })
export type PriceChange = z.infer<typeof PriceChange>

export const AdminProduct = Product.omit({ related: true, pickedCount: true, images: true })
  .extend({
    categoryId: Id,
    images: z.array(AdminImage),
    companions: z.array(Companion),
    priceChanges: z.array(PriceChange).openapi({ description: 'The latest fifty, newest first' }),
  })
  .openapi('AdminProduct', { description: 'A product as staff see it: drafts too, archived variants included' })
export type AdminProduct = z.infer<typeof AdminProduct>

export const StatusChange = z
  .object({
    items: z
      .array(z.object({ id: Id, version: z.int().min(1) }))
      .min(1)
      .max(100),
    status: ProductStatus,
  })
  .openapi('StatusChange')
export type StatusChange = z.infer<typeof StatusChange>

export const StatusChanged = z
  .object({
    changed: z.array(Id),
    skipped: z.array(Id).openapi({ description: 'Changed by somebody meanwhile, or not there: left alone' }),
  })
  .openapi('StatusChanged')
export type StatusChanged = z.infer<typeof StatusChanged>

export const VariantInput = z
  .object({
    id: Id.optional(),
    sku: Sku,
    barcode: z
      .string()
      .regex(/^[0-9A-Za-z-]{4,64}$/, 'Letters, digits and hyphens')
      .nullish()
      .openapi({ example: '4006381333931' }),
    optionValues: OptionValues,
    priceMinor: Minor,
    compareAtMinor: Minor.nullish(),
    weightGrams: z.int().min(0).max(1_000_000).default(0).openapi({ example: 420 }),
  })
  .refine((variant) => variant.compareAtMinor == null || variant.compareAtMinor > variant.priceMinor, {
    path: ['compareAtMinor'],
    message: 'The former price must be higher than the price',
  })
  .openapi('VariantInput')
export type VariantInput = z.infer<typeof VariantInput>

export const OptionInput = z.object({
  name: text(1, 40).openapi({ example: 'Colour' }),
  values: z
    .array(text(1, 60))
    .min(1)
    .max(60)
    .openapi({ example: ['Sage', 'Sand'] }),
})

export const ProductInput = z
  .object({
    title: text(1, 200).openapi({ example: 'Stoneware mug' }),
    slug: Slug.optional().openapi({ description: 'Made from the title when left out' }),
    subtitle: text(0, 200).default('').openapi({ example: 'Thrown by hand, 300 ml' }),
    description: text(0, 20_000).default(''),
    brand: text(0, 100).default('').openapi({ example: 'Atelier Nord' }),
    categoryId: Id,
    taxCategory: TaxCategory.default('standard'),
    status: ProductStatus.default('draft'),
    featured: z.boolean().default(false),
    attributes: z.array(Attribute).max(30).optional().openapi({ description: 'In this order; left out: as they are' }),
    related: z
      .array(text(1, 120))
      .max(8)
      .optional()
      .openapi({
        description: 'Slugs or SKUs of products to show beside it, in this order; left out: as they are',
        example: ['stoneware-teapot', 'MUG-SAGE'],
      }),
    options: z.array(OptionInput).max(3).default([]),
    variants: z.array(VariantInput).min(1).max(100),
  })
  .openapi('ProductInput')
export type ProductInput = z.infer<typeof ProductInput>

export const ProductUpdate = ProductInput.extend({
  version: z.int().min(1).openapi({ description: 'The version that was read; another one now is a version_conflict' }),
}).openapi('ProductUpdate')
export type ProductUpdate = z.infer<typeof ProductUpdate>
