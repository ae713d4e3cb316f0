// What staff send and see of products. Shapes only: no rule, no query.
import { z } from '@hono/zod-openapi'
import { Id, Minor, Sku, Slug, text } from '../../http/fields.ts'
import { AdminImage } from '../../media/schemas.ts'
import { AdminProductRow, OptionValues, Product, ProductStatus, TaxCategory } from '../schemas.ts'

export const AdminProductPage = z
  .object({ items: z.array(AdminProductRow), total: z.int(), page: z.int(), pages: z.int() })
  .openapi('AdminProductPage')
export type AdminProductPage = z.infer<typeof AdminProductPage>

export const AdminProduct = Product.omit({ related: true, images: true })
  .extend({ categoryId: Id, images: z.array(AdminImage) })
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
    options: z.array(OptionInput).max(3).default([]),
    variants: z.array(VariantInput).min(1).max(100),
  })
  .openapi('ProductInput')
export type ProductInput = z.infer<typeof ProductInput>

export const ProductUpdate = ProductInput.extend({
  version: z.int().min(1).openapi({ description: 'The version that was read; another one now is a version_conflict' }),
}).openapi('ProductUpdate')
export type ProductUpdate = z.infer<typeof ProductUpdate>
