// "Why this total?": the arithmetic of a cart, an order or a refund, folded away, step by step, with the file to do it
// again. Drawn from the facts alone; works without JavaScript.
import { Fragment } from 'react'
import type { Step } from '#app/domain/cart/explain/arithmetic.ts'
import { factsOf, type KeptOrder } from '#app/domain/cart/explain/order-facts.ts'
import { explainRefund, type RefundedOrder, type RefundFacts } from '#app/domain/cart/explain/refund.ts'
import { explainTotal } from '#app/domain/cart/explain/total.ts'
import { sumOnPaper } from '#app/domain/cart/explain/words.ts'
import { Icon } from './icon.tsx'
import { Money } from './money.tsx'

type TotalProps = {
  order: KeptOrder
  /** Where the same as a file is. */
  download: string
}

export function WhyTotal({ order, download }: TotalProps) {
  const { steps, currency } = explainTotal(factsOf(order))
  return <Why title="Why this total?" steps={steps} currency={currency} download={download} />
}

export function WhyRefund({ order, refund }: { order: RefundedOrder; refund: RefundFacts }) {
  const { steps, currency } = explainRefund(order, refund)
  return <Why title="Why this amount?" steps={steps} currency={currency} />
}

const sums = new Set(['subtotal', 'discount', 'shipping', 'tax', 'included_tax', 'total'])

function Why({
  title,
  steps,
  currency,
  download,
}: {
  title: string
  steps: Step[]
  currency: string
  download?: string
}) {
  return (
    <details className="group mt-4 border-t border-line pt-2 text-sm">
      <summary className="link flex min-h-11 items-center gap-2">
        {title}
        <Icon name="chevron-down" size={16} className="group-open:rotate-180" />
      </summary>
      <ol className="nums grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-2 pt-1 pb-3">
        {steps.map((step) => (
          <li key={step.id} className="col-span-2 grid grid-cols-subgrid">
            <span className="min-w-0">
              <span className={sums.has(step.id) ? 'font-semibold' : ''}>{step.rule}</span>
              {step.about && <span className="text-muted"> · {step.about}</span>}
              <Paper words={sumOnPaper(step, steps, currency)} />
            </span>
            <Money
              minor={step.resultMinor}
              currency={currency}
              className={`text-right ${sums.has(step.id) ? 'font-semibold' : ''}`}
            />
          </li>
        ))}
      </ol>
      <p className="text-muted">
        Amounts are rounded half up, once for each line; a fixed discount is shared so that its parts add up.
      </p>
      {download && (
        <a href={download} download className="link inline-flex min-h-11 items-center gap-2">
          The same as a file (JSON)
        </a>
      )}
    </details>
  )
}

/** A long sum may break after each sign, never inside a number. */
function Paper({ words }: { words: string }) {
  if (!words) return null
  return (
    <span className="block break-words text-muted">
      {words.split(/(?<= [+−×÷]) /).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sum stay where they are
        <Fragment key={index}>
          {index > 0 && ' '}
          <span className="whitespace-nowrap">{part}</span>
        </Fragment>
      ))}
    </span>
  )
}
