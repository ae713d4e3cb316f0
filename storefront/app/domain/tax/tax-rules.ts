// Which tax applies to a category of goods in a country. Pure: rates in, a rule out. Never zero by accident: where no
// rate is known the shop taxes as at home.

/** One tax as it applies to one line: `included` says whether the price already contains it. */
export type TaxRule = { name: string; basisPoints: number; included: boolean }

export type TaxRate = {
  country: string
  region: string | null
  category: string
  name: string
  rateBasisPoints: number
  includedInPrice: boolean
}

/** Where the shop is established: its prices are meant for here. */
export const homeCountry = 'IE'
const homeRule: TaxRule = { name: 'VAT', basisPoints: 2300, included: true }

export type TaxPlace = { country: string; region: string | null }

const fold = (text: string | null): string => (text ?? '').trim().toLowerCase()

/**
 * The rule for `category` at `place`, the nearest first: region and category, country and category, region's standard
 * rate, country's standard rate, the home country's, and at last the rule written here.
 */
export function pickTaxRule(rates: readonly TaxRate[], place: TaxPlace, category: string): TaxRule {
  const find = (country: string, region: string | null, wanted: string) =>
    rates.find((rate) => rate.country === country && fold(rate.region) === fold(region) && rate.category === wanted)
  const rate =
    find(place.country, place.region, category) ??
    find(place.country, null, category) ??
    find(place.country, place.region, 'standard') ??
    find(place.country, null, 'standard') ??
    find(homeCountry, null, category) ??
    find(homeCountry, null, 'standard')
  return rate ? { name: rate.name, basisPoints: rate.rateBasisPoints, included: rate.includedInPrice } : homeRule
}
