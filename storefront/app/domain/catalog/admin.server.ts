// What staff read and change of products and categories. Faces check the permission first; this file only carries the
// call, and makes the shop forget its copies so that a change shows at once.
import { z } from 'zod'
import { image, product, productCard } from '#app/domain/catalog/answers.ts'
import type { components } from '#app/domain/catalog/catalog-api.d.ts'
import {
  ask,
  catalogApi,
  changed,
  staffReading as reading,
  staffWriting as writing,
} from '#app/domain/catalog/transport.server.ts'

const productStatus = z.enum(['draft', 'published', 'archived'])
export type ProductStatus = z.infer<typeof productStatus>

const adminRow = productCard.extend({ status: productStatus, version: z.int(), availableUnits: z.int() })
const adminPage = z.object({
  items: z.array(adminRow),
  total: z.int(),
  /** There are more than `total`; pages end there. */
  totalIsMore: z.boolean().default(false),
  page: z.int(),
  pages: z.int(),
})
export type AdminProductRow = z.infer<typeof adminRow>
export type AdminProductPage = z.infer<typeof adminPage>

const companion = z.object({ id: z.uuid(), slug: z.string(), title: z.string(), status: productStatus })
const priceChange = z.object({
  sku: z.string(),
  since: z.string(),
  priceMinor: z.int().min(0),
  compareAtMinor: z.int().min(0).nullable(),
})

const adminProduct = product.omit({ related: true, pickedCount: true, images: true }).extend({
  status: productStatus,
  categoryId: z.uuid(),
  /** Picked to stand beside it, whatever their status. */
  companions: z.array(companion),
  /** The latest fifty, newest first. */
  priceChanges: z.array(priceChange),
  images: z.array(image.extend({ id: z.uuid(), position: z.int() })),
})
export type AdminProduct = z.infer<typeof adminProduct>

export type ProductInput = components['schemas']['ProductInput']
export type VariantInput = components['schemas']['VariantInput']

export type AdminProductFilter = {
  q?: string
  status?: ProductStatus
  category?: string
  sort?: 'title' | 'newest' | 'price_asc' | 'price_desc' | 'updated'
  page?: number
  limit?: number
}

/** Products of every status, by page number. */
export async function adminListProducts(query: AdminProductFilter = {}): Promise<AdminProductPage> {
  return ask(adminPage, reading, (init) => catalogApi().GET('/admin/products', { params: { query }, ...init }))
}

/** A product of any status, archived variants included. Throws not_found. */
export async function adminGetProduct(id: string): Promise<AdminProduct> {
  return ask(adminProduct, reading, (init) =>
    catalogApi().GET('/admin/products/{id}', { params: { path: { id } }, ...init }),
  )
}

/** Throws validation_failed with fields, slug_taken, sku_taken. */
export async function adminCreateProduct(body: ProductInput): Promise<AdminProduct> {
  return changed(ask(adminProduct, writing, (init) => catalogApi().POST('/admin/products', { body, ...init })))
}

/** Replaces the whole product; variants that are missing are archived. Throws version_conflict too. */
export async function adminUpdateProduct(id: string, body: ProductInput & { version: number }): Promise<AdminProduct> {
  return changed(
    ask(adminProduct, writing, (init) =>
      catalogApi().PUT('/admin/products/{id}', { params: { path: { id } }, body, ...init }),
    ),
  )
}

/** Takes a product out of the shop; its orders keep it. */
export async function adminArchiveProduct(id: string): Promise<void> {
  await changed(
    ask(z.unknown(), writing, (init) =>
      catalogApi().DELETE('/admin/products/{id}', { params: { path: { id } }, ...init }),
    ),
  )
}

/** Adds a picture to a product: JPEG, PNG or WebP of at most 5 MB, checked again by catalog-api. */
export async function adminAddImage(
  productId: string,
  input: { file: File; alt: string; optionName?: string; optionValue?: string },
): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(input)) if (value) form.set(name, value)
  await changed(
    ask(z.unknown(), { ...writing, deadlineMs: 20_000 }, (init) =>
      catalogApi().POST('/admin/products/{id}/images', {
        params: { path: { id: productId } },
        // The document says "binary string"; on the wire it is a multipart form.
        body: input as never,
        bodySerializer: () => form,
        ...init,
      }),
    ),
  )
}

/** Takes a picture off a product. Throws not_found. */
export async function adminRemoveImage(productId: string, imageId: string): Promise<void> {
  await changed(
    ask(z.unknown(), writing, (init) =>
      catalogApi().DELETE('/admin/products/{id}/images/{imageId}', {
        params: { path: { id: productId, imageId } },
        ...init,
      }),
    ),
  )
}

/** Words, place and option of a picture. Throws not_found, validation_failed. */
export async function adminUpdateImage(
  productId: string,
  imageId: string,
  body: { alt: string; position: number; optionName: string | null; optionValue: string | null },
): Promise<void> {
  await changed(
    ask(z.unknown(), writing, (init) =>
      catalogApi().PUT('/admin/products/{id}/images/{imageId}', {
        params: { path: { id: productId, imageId } },
        body,
        ...init,
      }),
    ),
  )
}

const statusChanged = z.object({ changed: z.array(z.uuid()), skipped: z.array(z.uuid()) })

/** Publishes, archives … several products; those that somebody changed since `version` was read are `skipped`. */
export async function adminSetStatus(
  items: { id: string; version: number }[],
  status: ProductStatus,
): Promise<z.infer<typeof statusChanged>> {
  const body = { items, status }
  return changed(ask(statusChanged, writing, (init) => catalogApi().POST('/admin/products/status', { body, ...init })))
}
