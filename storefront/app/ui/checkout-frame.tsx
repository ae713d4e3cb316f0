// What checkout's pages share: the steps on top, the step's own part left, what is bought and what it costs right.
import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { QuoteLine, TaxRow } from '#app/domain/cart/totals.ts'
import { paths } from '#app/paths.ts'
import { Icon } from './icon.tsx'
import { Money } from './money.tsx'
import { type Sums, SumsTable } from './order-parts.tsx'
import { Picture } from './picture.tsx'

const steps = [
  { name: 'Contact', to: `${paths.checkout()}?edit=1` },
  { name: 'Delivery', to: paths.checkoutDelivery() },
  { name: 'Review and pay', to: paths.checkoutReview() },
]

type FrameProps = { step: 1 | 2 | 3; title: string; aside: ReactNode; children: ReactNode }

export function CheckoutFrame({ step, title, aside, children }: FrameProps) {
  return (
    <div className="page pt-8">
      <Steps step={step} />
      <div className="mt-8 grid gap-10 lg:grid-cols-[minmax(0,1fr)_25rem] lg:gap-16">
        <div className="min-w-0">
          <h1 className="mb-8 text-2xl">{title}</h1>
          {children}
        </div>
        <aside
          aria-label="Your order"
          className={`lg:sticky lg:top-28 lg:order-none lg:self-start ${step < 3 ? 'order-first' : ''}`}
        >
          {aside}
        </aside>
      </div>
    </div>
  )
}

function Steps({ step }: { step: number }) {
  return (
    <nav aria-label="Checkout">
      <ol className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        {steps.map(({ name, to }, index) => {
          const number = index + 1
          const done = number < step
          return (
            <li key={name} className="flex items-center gap-x-3">
              {index > 0 && <span className="h-px w-4 bg-edge sm:w-10" aria-hidden="true" />}
              <span
                aria-current={number === step ? 'step' : undefined}
                className={`flex min-h-8 items-center gap-2 ${number > step ? 'text-muted' : 'font-semibold'}`}
              >
                <span
                  className={`nums inline-flex size-7 items-center justify-center rounded-full border text-sm ${done ? 'border-accent bg-accent text-accent-ink' : number === step ? 'border-accent text-accent' : 'border-edge'}`}
                >
                  {done ? <Icon name="check" size={16} /> : number}
                </span>
                {done ? (
                  <Link to={to} className="inline-flex min-h-6 items-center hover:underline">
                    <span className="sr-only sm:not-sr-only">{name}</span>
                    <span className="sr-only"> (done, change)</span>
                  </Link>
                ) : (
                  <span className={number === step ? '' : 'sr-only sm:not-sr-only'}>{name}</span>
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

/** What checkout's pages need of a quote. */
export type ShownQuote = Sums & {
  currency: string
  lines: Pick<
    QuoteLine,
    'sku' | 'title' | 'variantTitle' | 'imageSrc' | 'quantity' | 'discountMinor' | 'lineTotalMinor'
  >[]
  taxRows: TaxRow[]
  shippingMethod: { name: string } | null
  couponProblem: string | null
}

/** The order so far: on phones folded away, so that the step itself comes first. */
export function OrderSoFar({ quote }: { quote: ShownQuote }) {
  return (
    <>
      <details className="card group lg:hidden">
        <summary className="flex min-h-14 items-center gap-3 px-5 py-3">
          <Icon name="shopping-bag" />
          <span className="font-semibold">Your order</span>
          <Icon name="chevron-down" size={18} className="group-open:rotate-180" />
          <Money minor={quote.totalMinor} currency={quote.currency} className="ml-auto font-semibold" />
        </summary>
        <div className="border-t border-line p-5">
          <Contents quote={quote} />
        </div>
      </details>
      <div className="card hidden p-6 lg:block">
        <h2 className="mb-4 text-xl">Your order</h2>
        <Contents quote={quote} />
      </div>
    </>
  )
}

function Contents({ quote }: { quote: ShownQuote }) {
  return (
    <>
      <QuoteLines quote={quote} />
      <div className="mt-5 border-t border-line pt-5">
        <QuoteSums quote={quote} />
      </div>
      <Link to={paths.cart()} className="link mt-4 inline-flex min-h-8 items-center text-sm">
        Change the cart
      </Link>
    </>
  )
}

export function QuoteLines({ quote }: { quote: ShownQuote }) {
  return (
    <ul className="grid gap-4">
      {quote.lines.map((line) => (
        <li key={line.sku} className="grid grid-cols-[4rem_minmax(0,1fr)_auto] items-center gap-4">
          <Picture
            image={line.imageSrc ? { src: line.imageSrc, alt: '', width: 320, height: 320 } : null}
            alt=""
            sizes="64px"
            className="rounded-field bg-sunk"
          />
          <p className="min-w-0">
            <span className="block font-semibold">{line.title}</span>
            <span className="block text-sm text-muted">
              {line.variantTitle && `${line.variantTitle} · `}
              {line.quantity} {line.quantity === 1 ? 'piece' : 'pieces'}
            </span>
          </p>
          <p className="nums text-right">
            <Money minor={line.lineTotalMinor} currency={quote.currency} />
            {line.discountMinor > 0 && (
              <s className="block text-sm text-muted">
                <span className="sr-only">before the discount </span>
                <Money minor={line.lineTotalMinor + line.discountMinor} currency={quote.currency} />
              </s>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}

/** The sums; before a way of delivery is chosen they say so instead of a price of zero. */
export function QuoteSums({ quote }: { quote: ShownQuote }) {
  return (
    <>
      <SumsTable
        sums={quote}
        currency={quote.currency}
        shippingName={quote.shippingMethod?.name}
        shippingWords={quote.shippingMethod ? undefined : 'not chosen yet'}
      />
      {quote.couponProblem && <p className="mt-2 text-sm font-medium text-warn">{quote.couponProblem}</p>}
    </>
  )
}
