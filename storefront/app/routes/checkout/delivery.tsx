// Checkout, step 2: where the goods go and how. The address first, for it decides which ways of delivery there are.
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findCartOf } from '#app/domain/cart/cart.server.ts'
import { setContact, setShippingAddress, setShippingMethod } from '#app/domain/cart/delivery.server.ts'
import { addressGuide } from '#app/domain/identity/address-rules.ts'
import { listAddresses } from '#app/domain/identity/addresses.server.ts'
import { listCountries } from '#app/domain/identity/countries.ts'
import { listShippingCountries, listShippingMethods } from '#app/domain/shipping/shipping-methods.server.ts'
import { arrivalWords } from '#app/domain/shipping/shipping-rules.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { cartOwner } from '#app/http/cart-owner.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { CheckoutFrame, OrderSoFar } from '#app/ui/checkout-frame.tsx'
import { DeliveryAddressForm } from '#app/ui/delivery-address-form.tsx'
import { AddressLines } from '#app/ui/order-parts.tsx'
import { ShippingMethodForm } from '#app/ui/shipping-method-form.tsx'
import { readDeliveryAddress } from './delivery-address.server.ts'
import { enterCheckout } from './enter.server.ts'

export const meta: MetaFunction = () => [
  { title: 'Checkout: delivery · Highstreet' },
  { name: 'robots', content: 'noindex' },
]
export const headers = () => ({ 'Cache-Control': 'private, no-store' })

export async function loader(args: LoaderFunctionArgs) {
  const { cart, quote, user } = await enterCheckout(args)
  if (!cart.email && !user) throw redirect(paths.checkout())
  const [served, book] = await Promise.all([listShippingCountries(), user ? listAddresses(user.id) : []])
  const known = listCountries()
  const { shippingAddress: address, billingAddress, currency } = cart
  const goodsMinor = quote.subtotalMinor - quote.discountMinor
  const methods = address ? await listShippingMethods({ country: address.country, currency, goodsMinor }) : []
  return {
    quote,
    address,
    billingAddress,
    name: user?.name ?? '',
    signedIn: user !== null,
    editing: !address || new URL(args.request.url).searchParams.has('change'),
    book: book.map((entry) => ({ ...entry, served: served.includes(entry.country) })),
    countries: known.filter(({ code }) => served.includes(code)),
    allCountries: known,
    guide: addressGuide(),
    methods: methods.map((method) => ({ ...method, arrives: arrivalWords(method, new Date()) })),
    chosenMethod: cart.shippingMethodCode,
  }
}

const methodForm = z.object({ shippingMethod: z.string('Choose how we should deliver.').min(1).max(64) })

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    address: async ({ values, visitor }) => {
      const owner = cartOwner(visitor)
      const by = byVisitor(visitor)
      const delivery = await readDeliveryAddress(values, visitor.user?.id, by)
      const cart = await setShippingAddress({ ...owner, ...delivery }, by)
      if (!cart.email && visitor.user)
        await setContact({ ...owner, email: visitor.user.email, phone: delivery.address.phone }, by)
      return { to: `${paths.checkoutDelivery()}#method` }
    },
    method: async ({ values, visitor }) => {
      const { shippingMethod: code } = parse(methodForm, values)
      const owner = cartOwner(visitor)
      if (!(await findCartOf(owner))?.shippingAddress) return { to: paths.checkoutDelivery() }
      await setShippingMethod({ ...owner, code }, byVisitor(visitor))
      return { to: paths.checkoutReview() }
    },
  })
}

export default function DeliveryPage() {
  const page = useLoaderData<typeof loader>()
  const actionData = useActionData<typeof action>()
  const addressProblem = problemOf(actionData, 'address')
  return (
    <CheckoutFrame step={2} title="Where does it go?" aside={<OrderSoFar quote={page.quote} />}>
      {page.address && !page.editing && !addressProblem ? (
        <>
          <section aria-labelledby="address-title" className="card p-6">
            <div className="mb-2 flex items-baseline justify-between gap-4">
              <h2 id="address-title" className="text-xl">
                Delivery address
              </h2>
              <Link to={`${paths.checkoutDelivery()}?change=1`} className="link inline-flex min-h-8 items-center">
                Change<span className="sr-only"> the delivery address</span>
              </Link>
            </div>
            <AddressLines address={page.address} />
          </section>
          <ShippingMethodForm
            methods={page.methods}
            chosen={page.chosenMethod}
            problem={problemOf(actionData, 'method')}
          />
        </>
      ) : (
        <DeliveryAddressForm {...page} problem={addressProblem} />
      )}
    </CheckoutFrame>
  )
}
