// Distances as people of a country read them. Pure; catalog-api reckons in kilometres.

export const distanceUnits = ['km', 'mi'] as const
export type DistanceUnit = (typeof distanceUnits)[number]
export const isDistanceUnit = (text: string | null | undefined): text is DistanceUnit => text === 'km' || text === 'mi'

const kmPerMile = 1.609344

export const kmOf = (amount: number, unit: DistanceUnit): number => (unit === 'mi' ? amount * kmPerMile : amount)

/** `0.84` → "840 m" or "0.5 mi", `12.6` → "13 km" or "7.8 mi". */
export function distanceWords(km: number, unit: DistanceUnit): string {
  if (unit === 'km' && km < 1) return `${Math.round(km * 100) * 10} m`
  const amount = unit === 'mi' ? km / kmPerMile : km
  if (unit === 'mi' && amount < 0.1) return 'under 0.1 mi'
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount).toLocaleString('en')} ${unit}`
}

/** Where roads are measured in miles. */
const mileCountries = new Set(['US', 'GB', 'LR', 'MM'])

/** By the country of the first language that names one (`en-GB, en;q=0.9`); kilometres when none does. */
export function unitOfLanguages(acceptLanguage: string | null): DistanceUnit {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part, index) => {
      const [tag = '', weight = ''] = part.trim().split(/\s*;\s*q\s*=\s*/)
      return { tag, index, weight: weight === '' ? 1 : Number(weight) || 0 }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
  for (const { tag } of wanted) {
    const region = /^[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})\b/i.exec(tag)?.[1]
    if (region) return mileCountries.has(region.toUpperCase()) ? 'mi' : 'km'
  }
  return 'km'
}
