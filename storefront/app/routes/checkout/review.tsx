// Checkout, step 3: everything once more, the total sealed by a signature, and one button that places the order and leads to
// the payment page, or keeps it to be paid in the store. A broken seal charges nothing: old and new stand side by side.

import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { findCartOf } from '#app/domain/cart/cart.server.ts'
import { setPaymentMethod } from '#app/domain/cart/pickup.server.ts'
import { quoteCart } from '#app/domain/cart/quote.server.ts'
import { changesSince, partsOf, type QuoteChange } from '#app/domain/cart/quote-changes.ts'
import { readSeen, sealQuote } from '#app/domain/cart/quote-seal.server.ts'
import { type Placed, placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { findPlacedBefore } from '#app/domain/checkout/placed-before.server.ts'
import { limitByNetwork } from '#app/domain/identity/rate-limit.server.ts'
import { paymentMethods } from '#app/domain/pickup/pickup-rules.ts'
import { arrivalWords } from '#app/domain/shipping/shipping-rules.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { cartOwner } from '#app/http/cart-owner.ts'
import { setFlash } from '#app/http/flash.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { noCardNumber } from '#app/lib/card-number.ts'
import { DomainError, isDomainError } from '#app/lib/errors.ts'
import { newToken } from '#app/lib/ids.ts'
import { paths, withQuery } from '#app/paths.ts'
import { CheckoutFrame, QuoteLines } from '#app/ui/checkout-frame.tsx'
import { AddressLines } from '#app/ui/order-parts.tsx'
import { PayCard } from '#app/ui/pay-card.tsx'
import { PaymentChoice } from '#app/ui/payment-choice.tsx'
import { PickupPlace, PickupSteps } from '#app/ui/pickup-parts.tsx'
import { QuoteChanges } from '#app/ui/quote-changes.tsx'
import { enterCheckout } from './enter.server.ts'

export const meta: MetaFunction = () => [
  { title: 'Checkout: review and pay · Highstreet' },
  { name: 'robots', content: 'noindex' },
]
export const headers = () => ({ 'Cache-Control': 'private, no-store' })

export async function loader(args: LoaderFunctionArgs) {
  const { quote, cart } = await enterCheckout(args)
  if (!quote.email) throw redirect(paths.checkout())
  const { shippingAddress, shippingMethod } = quote
  if (quote.pickupProblem) throw redirect(toPickup)
  if (!shippingMethod && cart.shippingMethodCode)
    setFlash(args.context, { kind: 'warn', text: 'The way of delivery you chose cannot take these things any more.' })
  if (!shippingAddress || !shippingMethod) throw redirect(paths.checkoutDelivery())
  const seen = JSON.stringify(partsOf(quote))
  return {
    quote: { ...quote, shippingAddress, shippingMethod },
    arrives: arrivalWords(shippingMethod, new Date()),
    hidden: { seal: sealQuote(quote.hash, seen), seen, checkoutKey: newToken() },
  }
}

const toPickup = withQuery(paths.checkoutDelivery(), { how: 'pickup' })

const methodForm = z.object({ paymentMethod: z.enum(paymentMethods, 'Choose how you pay.') })

const payForm = z.object({
  // Not looked into here: one that is not ours is answered with today's total.
  seal: z.string().default(''),
  seen: z.string().default(''),
  checkoutKey: z.string().regex(/^[\w-]{43}$/),
  note: z
    .string()
    .max(1000, 'At most 1000 characters, please.')
    .refine(...noCardNumber)
    .default(''),
})

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    method: async ({ visitor, values }) => {
      const { paymentMethod } = parse(methodForm, values)
      await setPaymentMethod({ ...cartOwner(visitor), paymentMethod }, byVisitor(visitor))
      return { to: paths.checkoutReview() }
    },
    pay: async ({ visitor, values }) => {
      const confirmed = parse(payForm, values)
      await limitByNetwork('checkout', visitor.ip)
      const cart = await findCartOf(cartOwner(visitor))
      if (!cart) {
        const before = await findPlacedBefore({ ...confirmed, ...cartOwner(visitor) }, byVisitor(visitor))
        return { to: before ? whereTo(before) : paths.cart() }
      }
      if (cart.paymentMethod === 'in_store') await limitByNetwork('in_store', visitor.ip)
      const userId = visitor.user?.id ?? null
      try {
        const placed = await placeOrder({ ...confirmed, cartId: cart.id, userId }, byVisitor(visitor))
        return { to: whereTo(placed) }
      } catch (error) {
        if (cart.fulfilment === 'pickup' && isGone(error))
          return { to: toPickup, flash: { kind: 'warn' as const, text: error.message } }
        return refused(error, cart.id, confirmed)
      }
    },
  })
}

const whereTo = ({ paymentUrl, number, token }: Placed) => paymentUrl ?? paths.order(number, { token, thanks: '1' })

/** Something is no longer in the store: another one may have it. */
const isGone = (error: unknown) => isDomainError(error, 'out_of_stock') || isDomainError(error, 'shipping_unavailable')

/** What can be mended in the cart is told there; a broken seal comes with what changed. */
async function refused(error: unknown, cartId: string, { seal, seen }: { seal: string; seen: string }) {
  if (isDomainError(error, 'out_of_stock') || isDomainError(error, 'cart_empty') || isDomainError(error, 'conflict'))
    return { to: paths.cart(), flash: { kind: 'warn' as const, text: error.message } }
  if (!isDomainError(error, 'quote_changed') && !isDomainError(error, 'cart_changed')) throw error
  const changes = changesSince(readSeen(seal, seen), await quoteCart(cartId))
  throw new DomainError(error.code, error.message, { details: { changes } })
}

export default function ReviewPage() {
  const { quote, arrives, hidden } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  const changes = problem?.details?.changes as QuoteChange[] | undefined
  const billing = withQuery(paths.checkoutDelivery(), { billing: 1 })
  const aside = <PayCard quote={quote} hidden={hidden} problem={problem} />
  return (
    <CheckoutFrame step={3} title="Is everything right?" aside={aside}>
      {changes && <QuoteChanges changes={changes} message={problem?.message ?? ''} />}
      <div className="grid gap-4 sm:grid-cols-2">
        {quote.pickupStore ? (
          <Part title="Pickup" to={toPickup}>
            <PickupPlace store={quote.pickupStore} fullName={quote.shippingAddress.fullName} />
          </Part>
        ) : (
          <Part title="Delivery address" to={paths.checkoutDelivery()}>
            <AddressLines address={quote.shippingAddress} />
          </Part>
        )}
        <Part title="Billing address" to={quote.pickupStore ? toPickup : billing}>
          {quote.billingAddress ? (
            <AddressLines address={quote.billingAddress} />
          ) : quote.pickupStore ? (
            'None: the receipt names you alone'
          ) : (
            'The same as delivery'
          )}
        </Part>
        <Part title="Contact" to={withQuery(paths.checkout(), { edit: 1 })}>
          <span className="block break-words">{quote.email}</span>
          {quote.phone}
        </Part>
        {quote.pickupStore ? (
          <section className="card p-6">
            <h2 className="mb-3 font-sans text-base font-semibold tracking-normal">What happens next</h2>
            <PickupSteps isPaidThere={quote.paymentMethod === 'in_store'} store={quote.pickupStore} />
          </section>
        ) : (
          <Part title="Delivery" to={paths.checkoutDelivery()}>
            <span className="block">{quote.shippingMethod.name}</span>
            <span className="text-muted">Arrives {arrives}</span>
          </Part>
        )}
      </div>
      {quote.pickupStore && (
        <PaymentChoice
          chosen={quote.paymentMethod}
          storeName={quote.pickupStore.name}
          inStoreProblem={quote.inStoreProblem}
          problem={problem}
        />
      )}
      <section aria-labelledby="items-title" className="card mt-4 p-6">
        <div className="mb-4 flex items-baseline justify-between gap-4">
          <h2 id="items-title" className="text-xl">
            Your things
          </h2>
          <ChangeLink to={paths.cart()} what="the cart" />
        </div>
        <QuoteLines quote={quote} />
      </section>
    </CheckoutFrame>
  )
}

function Part({ title, to, children }: { title: string; to: string; children: ReactNode }) {
  return (
    <section className="card p-6">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 className="font-sans text-base font-semibold tracking-normal">{title}</h2>
        <ChangeLink to={to} what={title.toLowerCase()} />
      </div>
      {children}
    </section>
  )
}

function ChangeLink({ to, what }: { to: string; what: string }) {
  return (
    <Link to={to} className="link inline-flex min-h-6 items-center text-sm">
      Change<span className="sr-only"> {what}</span>
    </Link>
  )
}
