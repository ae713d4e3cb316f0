// The categories table as objects; only this folder imports it.
import { Model } from 'objection'
import type { Trx } from '../lib/db.ts'
import type { Image } from '../media/schemas.ts'

export class CategoryModel extends Model {
  static override tableName = 'categories'
  declare id: string
  declare parentId: string | null
  declare slug: string
  declare name: string
  declare description: string
  declare imageKey: string | null
  declare position: number
  declare version: number
  declare updatedAt: Date
}

/** A category's picture: square, as the media folder keeps them, described by the category's name. */
export function categoryImage(row: Pick<CategoryModel, 'imageKey' | 'name'>): Image | null {
  if (!row.imageKey) return null
  const { imageKey: key, name: alt } = row
  const none = { optionName: null, optionValue: null }
  return { key, src: `/media/${key}`, alt, width: 1200, height: 1200, ...none, widths: [320, 640, 1200] }
}

/** All categories; one statement. The tree is small: hundreds, not millions. */
export const allCategories = async (trx: Trx): Promise<CategoryModel[]> =>
  CategoryModel.query(trx).orderBy(['position', 'name', 'id'])
