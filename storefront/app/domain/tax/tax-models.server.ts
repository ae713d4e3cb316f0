// The table tax_rates. Imported only inside this folder.
import { Model } from 'objection'

export class TaxRateModel extends Model {
  static override tableName = 'tax_rates'
  declare id: string
  declare country: string
  declare region: string | null
  declare category: string
  declare name: string
  declare rateBasisPoints: number
  declare includedInPrice: boolean
  declare version: number
}
