// The tax rates as quotes read them. Reads only.
import { TaxRateModel } from '#app/domain/tax/tax-models.server.ts'
import { homeCountry, type TaxRate } from '#app/domain/tax/tax-rules.ts'
import { db } from '#app/lib/db.server.ts'

/** The rates of `country` and of the shop's home, to pick from. One statement. */
export async function listTaxRates(country: string): Promise<TaxRate[]> {
  return TaxRateModel.query(db())
    .whereIn('country', [country, homeCountry])
    .select('country', 'region', 'category', 'name', 'rateBasisPoints', 'includedInPrice')
    .orderBy(['country', 'category'])
}
