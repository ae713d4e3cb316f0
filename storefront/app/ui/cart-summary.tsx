// The right side of the cart: what it comes to and why, its coupon, how far free delivery is, and the way to checkout.
import type { CartView } from '#app/domain/cart/cart-view.ts'
import type { CartEstimate } from '#app/domain/cart/estimate.server.ts'
import type { FreeDelivery } from '#app/domain/shipping/shipping-rules.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { formatMoney } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { CouponForm } from './coupon-form.tsx'
import { PostForm } from './form.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Money } from './money.tsx'
import { WhyTotal } from './why-total.tsx'

type SummaryProps = { cart: CartView; estimate: CartEstimate; problem: FormProblem | undefined }

export function CartSummary({ cart, estimate, problem }: SummaryProps) {
  const { freeDelivery, couponCode, couponProblem, sums } = estimate
  return (
    <aside aria-labelledby="summary-title" className="lg:sticky lg:top-28 lg:self-start">
      <div className="card p-6">
        <h2 id="summary-title" className="text-xl">
          Summary
        </h2>
        {freeDelivery && <FreeDeliveryMark mark={freeDelivery} currency={cart.currency} />}
        <SummarySums cart={cart} estimate={estimate} />
        <CouponForm
          code={couponCode}
          label={sums?.coupon?.label ?? null}
          trouble={couponProblem}
          problem={problem?.intent === 'coupon' ? problem : undefined}
        />
        {sums && <WhyTotal order={sums} download={paths.cartTotal()} />}
        {cart.status === 'open' && (
          <PostForm className="mt-6">
            <Button name="intent" value="checkout" className="w-full" disabled={!cart.canCheckOut}>
              Checkout
            </Button>
          </PostForm>
        )}
      </div>
      <ul className="mt-6 grid gap-3 px-2 text-sm text-muted">
        <Comfort icon="lock">Card payment on a protected page</Comfort>
        <Comfort icon="rotate-ccw">30 days to send things back</Comfort>
        <Comfort icon="user">No account needed</Comfort>
      </ul>
    </aside>
  )
}

function SummarySums({ cart, estimate: { sums, freeDelivery } }: { cart: CartView; estimate: CartEstimate }) {
  const { currency } = cart
  const money = (minor: number) => <Money minor={minor} currency={currency} />
  const goodsMinor = sums ? sums.subtotalMinor - sums.discountMinor : cart.subtotalMinor
  const isWaived = isFree(freeDelivery) || sums?.coupon?.freeShipping
  const chosen = sums?.shippingMethod ? money(sums.shippingMinor) : 'next step'
  const rows = [
    { name: `${cart.count} ${cart.count === 1 ? 'item' : 'items'}`, value: money(cart.subtotalMinor) },
    ...(sums?.discountMinor
      ? [{ name: `Discount ${sums.coupon?.code ?? ''}`, value: money(-sums.discountMinor) }]
      : []),
    { name: 'Delivery', value: isWaived ? 'free' : chosen },
    ...(sums?.taxMinor ? [{ name: 'Tax', value: money(sums.taxMinor) }] : []),
  ]
  const isWhole = sums !== null && sums.shippingMethod !== null
  return (
    <dl className="nums mt-5 grid grid-cols-[1fr_auto] gap-y-2">
      {rows.map(({ name, value }) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid text-muted">
          <dt>{name}</dt>
          <dd className="text-right">{value}</dd>
        </div>
      ))}
      <dt className="mt-2 border-t border-line pt-3 font-semibold">{isWhole ? 'Total' : 'Subtotal'}</dt>
      <dd className="mt-2 border-t border-line pt-3 text-right font-display text-xl font-semibold">
        {money(isWhole ? sums.totalMinor : goodsMinor + (sums?.taxMinor ?? 0))}
      </dd>
      {sums !== null && sums.includedTaxMinor > 0 && (
        <div className="col-span-2 grid grid-cols-subgrid text-sm text-muted">
          <dt>VAT included</dt>
          <dd className="text-right">{money(sums.includedTaxMinor)}</dd>
        </div>
      )}
    </dl>
  )
}

const isFree = (mark: FreeDelivery | null): boolean => mark !== null && mark.missingMinor === 0

function FreeDeliveryMark({ mark, currency }: { mark: FreeDelivery; currency: string }) {
  const from = formatMoney(mark.fromMinor, currency)
  const words = isFree(mark)
    ? `Free delivery: your goods are over ${from}.`
    : `Free delivery from ${from}: ${formatMoney(mark.missingMinor, currency)} to go.`
  const reached = (mark.fromMinor - mark.missingMinor) / Math.max(1, mark.fromMinor)
  return (
    <div className="mt-4 text-sm">
      <p className={`flex gap-2 ${isFree(mark) ? 'font-medium text-good' : ''}`}>
        <Icon name="truck" size={18} className="mt-0.5 shrink-0" />
        {words}
      </p>
      <svg viewBox="0 0 100 2" preserveAspectRatio="none" className="mt-2 h-1.5 w-full" aria-hidden="true">
        <rect width="100" height="2" rx="1" className="fill-sunk" />
        <rect width={Math.round(reached * 100)} height="2" rx="1" className="fill-accent" />
      </svg>
    </div>
  )
}

function Comfort({ icon, children }: { icon: IconName; children: string }) {
  return (
    <li className="flex items-center gap-2.5">
      <Icon name={icon} size={18} className="shrink-0" />
      {children}
    </li>
  )
}
