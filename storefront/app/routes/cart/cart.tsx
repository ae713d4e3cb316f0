// The cart, and the one place where every change of a cart is posted: add, set, remove, accept, checkout, resume. A cart
// that is being paid for is set free before it changes.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { findCartOf } from '#app/domain/cart/cart.server.ts'
import type { CartView } from '#app/domain/cart/cart-view.ts'
import { applyCoupon, removeCoupon } from '#app/domain/cart/coupon.server.ts'
import { estimateCart } from '#app/domain/cart/estimate.server.ts'
import { addItem, removeItem, setQuantity } from '#app/domain/cart/items.server.ts'
import { settleCart } from '#app/domain/cart/settle-cart.server.ts'
import { viewOf } from '#app/domain/cart/view-cart.server.ts'
import { releaseCart } from '#app/domain/checkout/release-cart.server.ts'
import { resumePayment } from '#app/domain/checkout/resume-payment.server.ts'
import { limitByNetwork } from '#app/domain/identity/rate-limit.server.ts'
import { findLiveOrderOfCart } from '#app/domain/orders/queries.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { cartOwner } from '#app/http/cart-owner.ts'
import { type Post, parse, safeRedirect } from '#app/http/parse.server.ts'
import { type FormProblem, problemOf } from '#app/http/problem.ts'
import { byVisitor, setCartCookie } from '#app/http/session.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CartLines } from '#app/ui/cart-lines.tsx'
import { CartSummary } from '#app/ui/cart-summary.tsx'
import { ErrorSummary, PostForm } from '#app/ui/form.tsx'
import { EmptyState, Notice, PageTitle } from '#app/ui/parts.tsx'

export const meta: MetaFunction = () => [{ title: 'Your cart · Highstreet' }, { name: 'robots', content: 'noindex' }]
export const headers = () => ({ 'Cache-Control': 'private, no-store' })

export async function loader({ context }: LoaderFunctionArgs) {
  return answerLoader(async () => {
    const cart = await findCartOf(cartOwner(await context.visitor()))
    if (!cart) return { cart: null, estimate: null }
    const view = await viewOf(cart)
    return { cart: view, estimate: await estimateCart(cart, view, new Date()) }
  })
}

const whole = z
  .string('Choose a quantity.')
  .regex(/^\d{1,4}$/, 'Choose a number from 1 to 99.')
  .transform(Number)
const sku = z.string('Choose a product.').regex(/^[A-Z0-9._-]{1,64}$/, 'This product is not known.')
const addForm = z.object({ sku, quantity: whole.default(1) })
const setForm = z
  .object({ sku, quantity: whole, step: z.enum(['1', '-1']).transform(Number).optional() })
  .transform(({ step = 0, quantity, ...rest }) => ({ ...rest, quantity: quantity + step }))
const removeForm = z.object({ sku })
const couponForm = z.object({
  coupon: z.string('Type your code.').trim().min(1, 'Type your code.').max(40, 'Codes are shorter.'),
})

export async function action(args: ActionFunctionArgs) {
  /** The visitor's cart, free to be changed, and where to go when it was. */
  const prepare = async ({ values, visitor }: Post) => {
    const owner = cartOwner(visitor)
    const by = byVisitor(visitor)
    await releaseCart(owner, by)
    return { owner, by, to: safeRedirect(values.redirectTo, paths.cart()) }
  }
  return answerPage(args, {
    add: async (post) => {
      const wish = parse(addForm, post.values)
      const { owner, by, to } = await prepare(post)
      const added = await addItem({ ...owner, ...wish }, by)
      if (!owner.userId && added.cartId !== owner.cartId) setCartCookie(args.context, added.cartId)
      const text = added.notice ?? `${added.title} is in your cart.`
      return { to, flash: { kind: added.notice ? 'warn' : 'good', text } }
    },
    set: async (post) => {
      const wish = parse(setForm, post.values)
      const { owner, by, to } = await prepare(post)
      if (wish.quantity === 0) {
        await removeItem({ ...owner, sku: wish.sku }, by)
        return { to, flash: { kind: 'good', text: 'Taken out of your cart.' } }
      }
      const { notice } = await setQuantity({ ...owner, ...wish }, by)
      return { to, ...(notice && { flash: { kind: 'warn', text: notice } }) }
    },
    remove: async (post) => {
      const wish = parse(removeForm, post.values)
      const { owner, by, to } = await prepare(post)
      await removeItem({ ...owner, ...wish }, by)
      return { to, flash: { kind: 'good', text: 'Taken out of your cart.' } }
    },
    coupon: async (post) => {
      const { coupon } = parse(couponForm, post.values)
      // Codes must not be found by trying.
      await limitByNetwork('coupon', post.visitor.ip)
      const { owner, by, to } = await prepare(post)
      const { cartId, code, label } = await applyCoupon({ ...owner, code: coupon }, by)
      if (!owner.userId && cartId !== owner.cartId) setCartCookie(args.context, cartId)
      return { to, flash: { kind: 'good', text: `${code} is on your cart: ${label}.` } }
    },
    uncoupon: async (post) => {
      const { owner, by, to } = await prepare(post)
      await removeCoupon(owner, by)
      return { to, flash: { kind: 'good', text: 'The code is taken off.' } }
    },
    accept: async (post) => {
      const { owner, by, to } = await prepare(post)
      await settleCart(owner, by)
      return { to, flash: { kind: 'good', text: 'Your cart is up to date.' } }
    },
    checkout: async (post) => {
      const { owner, by } = await prepare(post)
      if ((await settleCart(owner, by)) === 0)
        throw new DomainError('cart_empty', 'There is nothing in your cart that can be ordered.')
      return { to: paths.checkout() }
    },
    resume: async ({ visitor }) => {
      const cart = await findCartOf(cartOwner(visitor))
      const order = cart && (await findLiveOrderOfCart(cart.id))
      if (!order) return { to: paths.cart() }
      const { paymentUrl } = await resumePayment(order, byVisitor(visitor))
      return { to: paymentUrl ?? paths.cart() }
    },
  })
}

export default function CartPage() {
  const { cart, estimate } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  return (
    <div className="page pt-10">
      <PageTitle title="Your cart" />
      {problem && <ErrorSummary problem={problem} />}
      {!cart || cart.lines.length === 0 ? (
        <EmptyState title="Your cart is empty" action={{ to: paths.home(), label: 'Find something good' }}>
          {estimate?.couponCode
            ? `Your code ${estimate.couponCode} waits for what you put in.`
            : 'What you put in stays here for thirty days.'}
        </EmptyState>
      ) : (
        <FilledCart cart={cart} problem={problem}>
          <CartSummary cart={cart} estimate={estimate} problem={problem} />
        </FilledCart>
      )}
    </div>
  )
}

type FilledCartProps = { cart: CartView; problem: FormProblem | undefined; children: ReactNode }

function FilledCart({ cart, problem, children }: FilledCartProps) {
  const changed = cart.lines.some((line) => line.notices.length > 0)
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-14">
      <section aria-label="Items" className="min-w-0">
        <div className="mb-6 grid gap-4 empty:hidden">
          {!cart.live && (
            <Notice kind="warn">
              We cannot look up prices and stock right now. Your cart is safe; checkout opens again in a moment.
            </Notice>
          )}
          {cart.status === 'checking_out' && <PaymentWaiting />}
          {changed && <ChangedNotice />}
        </div>
        <CartLines lines={cart.lines} currency={cart.currency} problem={problem} />
      </section>
      {children}
    </div>
  )
}

function PaymentWaiting() {
  return (
    <Notice kind="info">
      <p className="font-semibold">These things are waiting for your payment.</p>
      <p>We hold them for you. Changing the cart cancels that payment first.</p>
      <PostForm className="mt-3" reloadDocument>
        <Button name="intent" value="resume">
          Go on to payment
        </Button>
      </PostForm>
    </Notice>
  )
}

function ChangedNotice() {
  return (
    <Notice kind="warn" live>
      <p className="font-semibold">Something has changed since you filled your cart.</p>
      <PostForm>
        <button type="submit" name="intent" value="accept" className="link min-h-8">
          Fine, update my cart
        </button>
      </PostForm>
    </Notice>
  )
}
