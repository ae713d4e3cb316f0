// The tax_rates table: read by quotes, kept by staff. The only reader of that table.
import { Model } from 'objection'
import { homeCountry, type TaxRate } from '#app/domain/tax/tax-rules.ts'
import { db } from '#app/lib/db.server.ts'

class TaxRateModel extends Model {
  static override tableName = 'tax_rates'
  declare id: string
  declare country: string
  declare region: string | null
  declare category: string
  declare name: string
  declare rateBasisPoints: number
  declare includedInPrice: boolean
}

/** The rates of `country` and of the shop's home, to pick from. One statement. */
export async function listTaxRates(country: string): Promise<TaxRate[]> {
  return TaxRateModel.query(db())
    .whereIn('country', [country, homeCountry])
    .select('country', 'region', 'category', 'name', 'rateBasisPoints', 'includedInPrice')
    .orderBy(['country', 'category'])
}
