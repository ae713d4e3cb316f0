// What must hold before a cart can be delivered: asked by the verbs of delivery.server.ts.
import { listShippingMethods } from '#app/domain/shipping/shipping-methods.server.ts'
import type { OfferedShipping } from '#app/domain/shipping/shipping-rules.ts'
import { homeCountry } from '#app/domain/tax/tax-rules.ts'
import { DomainError } from '#app/lib/errors.ts'
import { shopCurrency } from '#app/lib/money.ts'

/** The methods offered to `country`; throws shipping_unavailable when there is none, or not the one of `code`. */
export async function requireDeliveryTo(
  country: string | undefined,
  currency = shopCurrency,
  code?: string,
): Promise<OfferedShipping[]> {
  const offered = await listShippingMethods({ country: country ?? homeCountry, currency, goodsMinor: 0 })
  if (offered.length === 0)
    throw new DomainError('shipping_unavailable', 'We do not deliver to this country yet.', {
      fields: { country: ['We do not deliver to this country yet.'] },
    })
  if (code !== undefined && !offered.some((method) => method.code === code))
    throw new DomainError('shipping_unavailable', 'This way of delivery is not offered to your address.', {
      fields: { shippingMethod: ['Choose one of the ways of delivery.'] },
    })
  return offered
}
