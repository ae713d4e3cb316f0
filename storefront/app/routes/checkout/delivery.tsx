// Checkout, step 2: delivered to an address, or picked up in a store that has everything. One form each; where the address
// decides otherwise, the answer asks again for the way of delivery.
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import type { Cart } from '#app/domain/cart/cart.server.ts'
import { setContact, setShippingAddress, setShippingMethod } from '#app/domain/cart/delivery.server.ts'
import { setPickup } from '#app/domain/cart/pickup.server.ts'
import { addressGuide } from '#app/domain/identity/address-rules.ts'
import { listAddresses } from '#app/domain/identity/addresses.server.ts'
import { listCountries } from '#app/domain/identity/countries.ts'
import { personName } from '#app/domain/identity/text.ts'
import { listAllShipping, listShippingMethods } from '#app/domain/shipping/shipping-methods.server.ts'
import { arrivalWords } from '#app/domain/shipping/shipping-rules.ts'
import { homeCountry } from '#app/domain/tax/tax-rules.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { cartOwner } from '#app/http/cart-owner.ts'
import type { Flash } from '#app/http/flash.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { paths, withQuery } from '#app/paths.ts'
import { CheckoutFrame, OrderSoFar } from '#app/ui/checkout-frame.tsx'
import { DeliveryForm } from '#app/ui/delivery-form.tsx'
import { DeliveryOrPickup } from '#app/ui/delivery-or-pickup.tsx'
import { PickupForm } from '#app/ui/pickup-form.tsx'
import { readBillingAddress, readDeliveryAddress } from './delivery-address.server.ts'
import { enterCheckout } from './enter.server.ts'
import { loadPickup } from './pickup-places.server.ts'

export const meta: MetaFunction = () => [
  { title: 'Checkout: delivery · Highstreet' },
  { name: 'robots', content: 'noindex' },
]
export const headers = () => ({ 'Cache-Control': 'private, no-store' })

export async function loader(args: LoaderFunctionArgs) {
  const { cart, quote, user } = await enterCheckout(args)
  if (!cart.email && !user) throw redirect(paths.checkout())
  const goodsMinor = quote.subtotalMinor - quote.discountMinor
  const [offers, book] = await Promise.all([
    listAllShipping({ currency: cart.currency, goodsMinor, grams: quote.grams }),
    user ? listAddresses(user.id) : [],
  ])
  const how = new URL(args.request.url).searchParams.get('how') ?? cart.fulfilment
  const known = cart.shippingAddress ?? book.find(({ isDefaultShipping }) => isDefaultShipping) ?? book[0] ?? null
  const pickup = how === 'pickup' ? await answerLoader(() => loadPickup(args.request, { cart, quote, known })) : null
  const isServed = (country: string) => offers.some(({ countries }) => countries.includes(country))
  const billing = cart.billingAddress !== null || new URL(args.request.url).searchParams.has('billing')
  const now = new Date()
  return {
    quote,
    address: cart.shippingAddress,
    billingAddress: cart.billingAddress,
    billing,
    name: user?.name ?? '',
    country: homeCountry,
    signedIn: user !== null,
    book: book.map((entry) => ({ ...entry, served: isServed(entry.country) })),
    countries: listCountries().filter(({ code }) => isServed(code)),
    allCountries: listCountries(),
    guide: addressGuide(),
    offers: offers.map((offer) => ({ ...offer, arrives: arrivalWords(offer, now) })),
    chosenMethod: cart.shippingMethodCode,
    pickup,
  }
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    deliver: async ({ values, visitor }): Promise<{ to: string; flash?: Flash }> => {
      const [owner, by] = [cartOwner(visitor), byVisitor(visitor)]
      const { asksBilling, ...delivery } = await readDeliveryAddress(values, visitor.user?.id, by)
      const cart = await setShippingAddress({ ...owner, ...delivery }, by)
      if (!cart.email && visitor.user)
        await setContact({ ...owner, email: visitor.user.email, phone: delivery.address.phone }, by)
      if (asksBilling) return { to: withQuery(paths.checkoutDelivery(), { billing: 1 }) }
      try {
        await setShippingMethod({ ...owner, code: await methodFor(cart, values.shippingMethod) }, by)
        return { to: paths.checkoutReview() }
      } catch (error) {
        if (!isDomainError(error, 'shipping_unavailable')) throw error
        const text = 'Your address is kept. Please choose how it should come there.'
        return { to: `${paths.checkoutDelivery()}#method`, flash: { kind: 'warn', text } }
      }
    },
    pickup: async ({ values, visitor }) => {
      const [owner, by] = [cartOwner(visitor), byVisitor(visitor)]
      const { storeId, pickupName } = parse(pickupForm, values)
      const billingAddress = readBillingAddress(values)
      const cart = await setPickup({ ...owner, storeId, name: pickupName, billingAddress }, by)
      if (!cart.email && visitor.user) await setContact({ ...owner, email: visitor.user.email, phone: cart.phone }, by)
      return { to: paths.checkoutReview() }
    },
  })
}

const pickupForm = z.object({ storeId: z.uuid('Choose one of the stores.'), pickupName: personName })

/** The way of delivery that was chosen, or the only one there is to that address. */
async function methodFor(cart: Cart, chosen = ''): Promise<string> {
  const country = cart.shippingAddress?.country ?? homeCountry
  const offered = await listShippingMethods({ country, currency: cart.currency, goodsMinor: 0 })
  return offered.length === 1 ? (offered[0]?.code ?? chosen) : chosen
}

export default function DeliveryPage() {
  const { quote, pickup, ...form } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  const cheapest = Math.min(...form.offers.map(({ priceMinor }) => priceMinor))
  return (
    <CheckoutFrame step={2} title="How do you get it?" aside={<OrderSoFar quote={quote} />}>
      <DeliveryOrPickup
        isPickup={pickup !== null}
        fromMinor={Number.isFinite(cheapest) ? cheapest : null}
        currency={quote.currency}
      />
      {pickup ? <PickupForm {...pickup} {...form} problem={problem} /> : <DeliveryForm {...form} problem={problem} />}
    </CheckoutFrame>
  )
}
