// A link that brings a discount code: /discount/WELCOME10. Looking changes nothing; the button puts the code on the cart.
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { findCartOf } from '#app/domain/cart/cart.server.ts'
import { limitByNetwork } from '#app/domain/identity/rate-limit.server.ts'
import { couponLabel, whyClosed } from '#app/domain/promotions/coupon-rules.ts'
import { findCoupon } from '#app/domain/promotions/coupons.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { cartOwner } from '#app/http/cart-owner.ts'
import { notFound } from '#app/lib/errors.ts'
import { formatMoney, shopCurrency } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { Icon } from '#app/ui/icon.tsx'

export const meta: MetaFunction = () => [
  { title: 'Your discount · Highstreet' },
  { name: 'robots', content: 'noindex' },
]
export const headers = () => ({ 'Cache-Control': 'private, no-store' })

export async function loader({ context, params: { code = '' } }: LoaderFunctionArgs) {
  return answerLoader(async () => {
    const visitor = await context.visitor()
    // Codes must not be found by trying.
    await limitByNetwork('coupon', visitor.ip)
    const cart = await findCartOf(cartOwner(visitor))
    const customer = { userId: visitor.user?.id ?? null, email: cart?.email ?? null }
    const found = await findCoupon(code, customer)
    if (!found?.coupon.active) throw notFound('This discount')
    const { coupon, usedByCustomer } = found
    const currency = cart?.currency ?? shopCurrency
    const closed = whyClosed(coupon, { goodsMinor: 0, currency, at: new Date(), usedByCustomer })
    const from = coupon.minimumMinor === null ? null : formatMoney(coupon.minimumMinor, coupon.currency)
    return { code: coupon.code, label: couponLabel(coupon), closed, from }
  })
}

export default function DiscountPage() {
  const { code, label, closed, from } = useLoaderData<typeof loader>()
  return (
    <div className="page py-10">
      <div className="card mx-auto grid max-w-xl justify-items-center gap-4 px-6 py-14 text-center">
        <Icon name="tag" size={32} className="text-accent" />
        <h1 className="text-2xl">{label}</h1>
        <p className="text-muted">
          With the code <strong className="text-ink">{code}</strong>
          {from && ` on goods from ${from}`}.
        </p>
        {closed ? (
          <p className="font-medium text-warn">{closed}</p>
        ) : (
          <PostForm action={paths.cart()}>
            <input type="hidden" name="coupon" value={code} />
            <Button name="intent" value="coupon">
              Put it on my cart
            </Button>
          </PostForm>
        )}
        <Link to={paths.home()} className="link inline-flex min-h-11 items-center">
          Look around first
        </Link>
      </div>
    </div>
  )
}
