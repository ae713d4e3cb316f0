// What staff change in the catalogue. Faces check the permission first; this file only carries the call, and makes the
// shop forget its copies so that a change shows at once.
import { z } from 'zod'
import { product, productCard } from '#app/domain/catalog/answers.ts'
import { ask, browse, catalogApi, forgetCatalog, type Road } from '#app/domain/catalog/transport.server.ts'

const reading: Road = { ...browse, deadlineMs: 2_000, scopes: ['catalog:read'] }
const writing: Road = { kind: 'write', deadlineMs: 5_000, scopes: ['catalog:write'] }

const adminCard = productCard.extend({
  status: z.string(),
  version: z.int(),
  available: z.union([z.int(), z.boolean()]),
  // A draft may have no variant yet.
  defaultSku: z.string().nullable(),
  priceFromMinor: z.int().nullable(),
  priceToMinor: z.int().nullable(),
})
const adminPage = z.object({ items: z.array(adminCard), total: z.int(), page: z.int(), pages: z.int() })
export type AdminProductPage = z.infer<typeof adminPage>

const adminProduct = product.extend({
  categoryId: z.uuid().nullish(),
  defaultSku: z.string().nullable(),
  priceFromMinor: z.int().nullable(),
  priceToMinor: z.int().nullable(),
})
export type AdminProduct = z.infer<typeof adminProduct>

export type ProductInput = {
  title: string
  slug?: string
  subtitle: string
  description: string
  brand: string
  categoryId: string
  taxCategory: string
  status: 'draft' | 'published' | 'archived'
  featured: boolean
  options: { name: string; values: string[] }[]
  variants: {
    id?: string
    sku: string
    barcode?: string
    optionValues: Record<string, string>
    priceMinor: number
    compareAtMinor?: number
    weightGrams: number
  }[]
}

export type AdminProductFilter = {
  q?: string
  status?: 'draft' | 'published' | 'archived'
  category?: string
  sort?: string
  page?: number
  limit?: number
}

/** Products of every status, by page number. */
export async function adminListProducts(query: AdminProductFilter = {}): Promise<AdminProductPage> {
  return ask(adminPage, reading, (init) => catalogApi().GET('/admin/products', { params: { query }, ...init }))
}

/** A product of any status. Throws not_found. */
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

async function changed<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } finally {
    forgetCatalog()
  }
}
