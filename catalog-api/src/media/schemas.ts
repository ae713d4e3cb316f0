// What pictures look like from outside, for shoppers and for staff. Shapes only.
import { z } from '@hono/zod-openapi'
import { Id, text } from '../http/fields.ts'

export const Image = z
  .object({
    key: z.string().openapi({ example: 'sage-mug' }),
    src: z.string().openapi({
      description: 'The stem of its files: `<src>-<width>.webp` for each of `widths`',
      example: '/media/sage-mug',
    }),
    alt: z.string().openapi({ example: 'A sage green mug on an oak table' }),
    width: z.int().openapi({ description: 'Pixels of the largest file', example: 1200 }),
    height: z.int().openapi({ example: 1200 }),
    optionName: z
      .string()
      .nullable()
      .openapi({ description: 'Shown for variants with this option value; null = for all', example: 'Colour' }),
    optionValue: z.string().nullable().openapi({ example: 'Sage' }),
    widths: z.array(z.int()).openapi({ example: [320, 640, 1200] }),
  })
  .openapi('Image')
export type Image = z.infer<typeof Image>
/** Not `.nullable()`: that would make the named schema itself nullable in the document. */
export const MaybeImage = z.union([Image, z.null()])

export const AdminImage = Image.extend({ id: Id, position: z.int() }).openapi('AdminImage')
export type AdminImage = z.infer<typeof AdminImage>

export const ImageUpload = z
  .object({
    file: z.instanceof(File, { message: 'A picture file is needed' }).openapi({
      type: 'string',
      format: 'binary',
      description: 'JPEG, PNG or WebP, at most 5 MB and 40 megapixels',
    }),
    alt: text(1, 300).openapi({ example: 'A sage green mug on an oak table' }),
    optionName: text(1, 40).optional(),
    optionValue: text(1, 60).optional(),
  })
  .openapi('ImageUpload')
export type ImageUpload = z.infer<typeof ImageUpload>

export const ImageUpdate = z
  .object({
    alt: text(1, 300),
    position: z.int().min(0).max(1000),
    optionName: text(1, 40).nullable().default(null),
    optionValue: text(1, 60).nullable().default(null),
  })
  .openapi('ImageUpdate')
export type ImageUpdate = z.infer<typeof ImageUpdate>
