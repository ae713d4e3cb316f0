// The table shipping_methods. Imported only inside this folder.
import { Model } from 'objection'

export class ShippingMethodModel extends Model {
  static override tableName = 'shipping_methods'
  declare id: string
  declare code: string
  declare name: string
  declare description: string
  declare countries: string[]
  declare currency: string
  declare priceMinor: number
  declare includedGrams: number
  declare pricePerKgMinor: number
  declare maxGrams: number | null
  declare freeFromMinor: number | null
  declare minDays: number
  declare maxDays: number
  declare position: number
  declare active: boolean
  declare version: number
}
