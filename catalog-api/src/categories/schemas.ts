// What categories look like from outside. Shapes only: no rule, no query.
import { z } from '@hono/zod-openapi'
import { Id, Slug, text } from '../http/fields.ts'
import { MaybeImage } from '../media/schemas.ts'

export const CategoryLink = z
  .object({ slug: Slug, name: z.string().openapi({ example: 'Mugs' }) })
  .openapi('CategoryLink')
export type CategoryLink = z.infer<typeof CategoryLink>

const shape = z.object({
  id: Id,
  slug: Slug,
  name: z.string().openapi({ example: 'Mugs' }),
  description: z.string(),
  image: MaybeImage,
  parentId: Id.nullable(),
  position: z.int(),
  productCount: z.int().openapi({ description: 'Published products here and below', example: 12 }),
})

export type CategoryNode = z.infer<typeof shape> & { children: CategoryNode[] }
export const CategoryNode: z.ZodType<CategoryNode> = shape
  .extend({
    get children(): z.ZodType<CategoryNode[]> {
      return z.array(CategoryNode)
    },
  })
  .openapi('CategoryNode') as unknown as z.ZodType<CategoryNode>

export const CategoryTree = z.object({ items: z.array(CategoryNode) }).openapi('CategoryTree')

export const CategoryWithPath = shape
  .extend({
    children: z.array(CategoryNode),
    breadcrumb: z.array(CategoryLink).openapi({ description: 'From the root to this category' }),
  })
  .openapi('CategoryWithPath')
export type CategoryWithPath = z.infer<typeof CategoryWithPath>

export const Category = shape
  .omit({ productCount: true })
  .extend({ version: z.int().openapi({ example: 1 }) })
  .openapi('Category')
export type Category = z.infer<typeof Category>

export const AdminCategory = Category.extend({
  ownProducts: z.int().openapi({ description: 'Products of any status right in it', example: 12 }),
  ownCategories: z.int().openapi({ description: 'Categories right below it', example: 2 }),
}).openapi('AdminCategory')
export type AdminCategory = z.infer<typeof AdminCategory>

export const CategoryInput = z
  .object({
    name: text(1, 100).openapi({ example: 'Mugs' }),
    slug: Slug.optional().openapi({ description: 'Made from the name when left out' }),
    description: text(0, 2000).default(''),
    imageKey: z
      .string()
      .max(200)
      .regex(/^[a-z0-9][a-z0-9/_-]*$/)
      .nullable()
      .default(null)
      .openapi({ example: 'category-mugs' }),
    parentId: Id.nullable().default(null),
    position: z.int().min(0).max(100_000).default(0),
  })
  .openapi('CategoryInput')
export type CategoryInput = z.infer<typeof CategoryInput>

export const CategoryUpdate = CategoryInput.extend({
  version: z
    .int()
    .min(1)
    .optional()
    .openapi({ description: 'The version that was read; another one now is a version_conflict' }),
}).openapi('CategoryUpdate')
export type CategoryUpdate = z.infer<typeof CategoryUpdate>
