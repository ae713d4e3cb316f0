// The category tree as staff change it. Faces check the permission first; after a change the shop forgets its copies.
import { z } from 'zod'
import { image } from '#app/domain/catalog/answers.ts'
import type { CategoryInput } from '#app/domain/catalog/staff/category-input.ts'
import { ask, catalogApi, changed, staffReading, staffWriting } from '#app/domain/catalog/transport.server.ts'

const category = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  image: image.nullable(),
  parentId: z.uuid().nullable(),
  position: z.int(),
  version: z.int(),
})
const listed = category.extend({ ownProducts: z.int(), ownCategories: z.int() })
export type AdminCategory = z.infer<typeof listed>

/** Every category, flat; what stands in each counts drafts and archived products too. */
export async function adminListCategories(): Promise<AdminCategory[]> {
  const answer = await ask(z.object({ items: z.array(listed) }), staffReading, (init) =>
    catalogApi().GET('/admin/categories', init),
  )
  return answer.items
}

/** Throws slug_taken, validation_failed. */
export async function adminCreateCategory(body: CategoryInput): Promise<z.infer<typeof category>> {
  return changed(ask(category, staffWriting, (init) => catalogApi().POST('/admin/categories', { body, ...init })))
}

/** Throws not_found, slug_taken, version_conflict, conflict when it would stand below itself. */
export async function adminUpdateCategory(
  id: string,
  body: CategoryInput & { version: number },
): Promise<z.infer<typeof category>> {
  return changed(
    ask(category, staffWriting, (init) =>
      catalogApi().PUT('/admin/categories/{id}', { params: { path: { id } }, body, ...init }),
    ),
  )
}

/** Throws not_found, conflict while anything is in it. */
export async function adminDeleteCategory(id: string): Promise<void> {
  await changed(
    ask(z.unknown(), staffWriting, (init) =>
      catalogApi().DELETE('/admin/categories/{id}', { params: { path: { id } }, ...init }),
    ),
  )
}
