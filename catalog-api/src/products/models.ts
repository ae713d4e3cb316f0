// The product tables as objects. Only this folder imports them; others call its verbs and queries.
import { Model } from 'objection'

export class ProductModel extends Model {
  static override tableName = 'products'
  declare id: string
  declare categoryId: string
  declare slug: string
  declare title: string
  declare subtitle: string
  declare description: string
  declare brand: string
  declare taxCategory: string
  declare status: 'draft' | 'published' | 'archived'
  declare featured: boolean
  declare currency: string
  declare priceFromMinor: number
  declare priceToMinor: number
  declare ratingCount: number
  declare ratingSum: number
  declare version: number
  declare publishedAt: Date | null
  declare createdAt: Date
  declare updatedAt: Date

  static override get relationMappings() {
    return {
      options: {
        relation: Model.HasManyRelation,
        modelClass: OptionModel,
        join: { from: 'products.id', to: 'product_options.productId' },
      },
    }
  }
  declare options?: OptionModel[]
}

export class OptionModel extends Model {
  static override tableName = 'product_options'
  declare id: string
  declare productId: string
  declare name: string
  declare values: string[]
  declare position: number
  // A Postgres array, not JSON: objection must not stringify it.
  static override jsonAttributes: string[] = []
}

export class VariantModel extends Model {
  static override tableName = 'variants'
  static override jsonAttributes = ['optionValues']
  declare id: string
  declare productId: string
  declare sku: string
  declare barcode: string | null
  declare title: string
  declare optionValues: Record<string, string>
  declare priceMinor: number
  declare compareAtMinor: number | null
  declare currency: string
  declare weightGrams: number
  declare position: number
  declare status: 'active' | 'archived'
}
