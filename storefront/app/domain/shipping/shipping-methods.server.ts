// What is offered where, as shoppers see it. Reads only.
import { ShippingMethodModel } from '#app/domain/shipping/shipping-models.server.ts'
import { type OfferedShipping, offer, type ShippingMethod } from '#app/domain/shipping/shipping-rules.ts'
import { db } from '#app/lib/db.server.ts'

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
