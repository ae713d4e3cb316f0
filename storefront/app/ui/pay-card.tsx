// The end of checkout: the sums, a wish for the parcel, and the one button that places the order. The form carries the
// seal of what is shown and a word of its own, so that two clicks are one order.
import { Link } from '@remix-run/react'
import type { KeptOrder } from '#app/domain/cart/explain/order-facts.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { formatMoney } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { QuoteSums, type ShownQuote } from './checkout-frame.tsx'
import { PostForm, TextareaField } from './form.tsx'
import { Icon } from './icon.tsx'
import { WhyTotal } from './why-total.tsx'

type Props = {
  quote: ShownQuote & KeptOrder & { paymentMethod: 'card' | 'in_store' }
  hidden: { seal: string; checkoutKey: string; seen: string }
  problem: FormProblem | undefined
}

export function PayCard({ quote, hidden, problem }: Props) {
  const total = formatMoney(quote.totalMinor, quote.currency)
  const isPaidThere = quote.paymentMethod === 'in_store' && quote.totalMinor > 0
  return (
    <div className="card p-6">
      <h2 className="mb-4 text-xl">To pay</h2>
      <QuoteSums quote={quote} />
      <WhyTotal order={quote} download={paths.cartTotal()} />
      {/* A whole page is posted: the next one belongs to the payment provider. */}
      <PostForm
        reloadDocument
        problem={problem?.details?.changes || problem?.intent === 'method' ? undefined : problem}
        className="mt-6 grid gap-5 border-t border-line pt-5"
      >
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <details open={Boolean(problem?.values.note)}>
          <summary className="link inline-flex min-h-8 items-center text-sm">Add a note</summary>
          <TextareaField
            label="Note"
            name="note"
            rows={3}
            maxLength={1000}
            optional
            problem={problem}
            className="mt-2"
          />
        </details>
        <Button name="intent" value="pay" className="w-full text-lg">
          {isPaidThere ? null : <Icon name="lock" size={18} />}
          {isPaidThere ? 'Order, pay in the store' : quote.totalMinor > 0 ? `Pay ${total}` : 'Place the order'}
        </Button>
        <p className="text-sm text-muted">
          {isPaidThere
            ? `You pay ${total} at the counter when you pick it up. By ordering`
            : 'Your card is asked for on the protected page of our payment provider. We never see its number. By paying'}{' '}
          you agree to our{' '}
          <Link to={paths.help()} className="link">
            terms of sale
          </Link>
          .
        </p>
      </PostForm>
    </div>
  )
}
