// The shipping_methods table: what is offered where. The only reader of that table.
import { Model } from 'objection'
import { type OfferedShipping, offer, type ShippingMethod } from '#app/domain/shipping/shipping-rules.ts'
import { db } from '#app/lib/db.server.ts'

class ShippingMethodModel extends Model {
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
}

async function activeIn(country: string | null, currency: string): Promise<ShippingMethod[]> {
  const methods = ShippingMethodModel.query(db()).where({ active: true, currency }).orderBy(['position', 'code'])
  return country ? methods.whereRaw('? = ANY (countries)', [country]) : methods
}

/** What goes where: worth in minor units after discounts, weight in grams (0 while nobody has asked). */
export type Parcel = { country: string; currency: string; goodsMinor: number; grams?: number }

/**
 * The ways to deliver to `country`; empty: not delivered there. One that cannot take the weight is among them, with
 * `tooHeavy` saying so: it is shown and cannot be chosen.
 */
export async function listShippingMethods({ country, currency, ...contents }: Parcel): Promise<OfferedShipping[]> {
  return (await activeIn(country, currency)).map((method) => offer(method, { grams: 0, ...contents }))
}

/** Every way of delivery to anywhere: each names its `countries`, so that a form can offer what fits the address. */
export async function listAllShipping({ currency, ...contents }: Omit<Parcel, 'country'>): Promise<OfferedShipping[]> {
  return (await activeIn(null, currency)).map((method) => offer(method, { grams: 0, ...contents }))
}

/** ISO codes of the countries that something can be delivered to, sorted. */
export async function listShippingCountries(): Promise<string[]> {
  const methods = await ShippingMethodModel.query(db()).where({ active: true }).select('countries')
  return [...new Set(methods.flatMap((method) => method.countries))].sort()
}
