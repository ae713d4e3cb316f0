// "Why this refund?": what goes back, line by line, with the tax in it. Pure. The amounts were decided when the refund
// was booked; here they are added up and their tax is taken from what the order took.
import { type Operand, type Planned, type Step, work } from '#app/domain/cart/explain/arithmetic.ts'

type PaidLine = {
  sku: string
  title: string
  quantity: number
  lineTotalMinor: number
  taxMinor: number
  taxIncluded: boolean
}

export type RefundedOrder = {
  currency: string
  lines: readonly PaidLine[]
  shippingMinor: number
  shippingTax: { taxMinor: number; included: boolean } | null
  totalMinor: number
  taxMinor: number
  includedTaxMinor: number
}

export type RefundFacts = {
  amountMinor: number
  lines: readonly { sku: string; quantity: number; amountMinor: number }[] | null
  shippingMinor: number
}

export type RefundExplanation = { currency: string; steps: Step[]; amountMinor: number; taxMinor: number }

/** What was paid for a line: with the tax that came on top of it. */
const paidFor = (line: Pick<PaidLine, 'lineTotalMinor' | 'taxMinor' | 'taxIncluded'>): number =>
  line.lineTotalMinor + (line.taxIncluded ? 0 : line.taxMinor)

/** The steps of a refund. Whatever its lines leave over is an amount agreed on. Throws RangeError for impossible facts. */
export function explainRefund(order: RefundedOrder, refund: RefundFacts): RefundExplanation {
  const steps: Step[] = []
  for (const planned of plan(order, refund)) steps.push(work(planned, steps))
  const result = (id: string) => steps.find((step) => step.id === id)?.resultMinor ?? 0
  return { currency: order.currency, steps, amountMinor: result('total'), taxMinor: result('tax') }
}

function plan(order: RefundedOrder, refund: RefundFacts): Planned[] {
  const parts = (refund.lines ?? []).map((part) => ({
    ...part,
    line: order.lines.find(({ sku }) => sku === part.sku),
  }))
  const amounts = parts.map(
    ({ amountMinor, quantity, line, sku }, index): Planned => ({
      id: `part.${index + 1}.back`,
      rule: line ? `${quantity} of ${line.quantity} pieces` : 'Pieces',
      about: line?.title ?? sku,
      operation: 'given',
      operands: [amountMinor],
    }),
  )
  const shipping: Planned[] =
    refund.shippingMinor > 0
      ? [{ id: 'delivery.back', rule: 'Delivery', about: '', operation: 'given', operands: [refund.shippingMinor] }]
      : []
  const told = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0) + refund.shippingMinor
  const rest: Planned = {
    id: 'rest.back',
    rule: told > 0 ? 'Rounded off or agreed on top' : 'Amount agreed on',
    about: '',
    operation: 'given',
    operands: [refund.amountMinor - told],
  }
  const total: Planned = { id: 'total', rule: 'Refund', about: '', operation: 'sum', operands: [{ each: 'back' }] }
  const taxes = [
    ...parts.flatMap(({ line }, index) =>
      line ? [taxPart(`part.${index + 1}`, line.title, line.taxMinor, paidFor(line))] : [],
    ),
    ...(shipping.length > 0 && order.shippingTax
      ? [taxPart('delivery', 'Delivery', order.shippingTax.taxMinor, paidForDelivery(order))]
      : []),
    ...(refund.amountMinor === told
      ? []
      : [taxPart('rest', '', order.taxMinor + order.includedTaxMinor, order.totalMinor)]),
  ]
  return [
    ...amounts,
    ...shipping,
    ...(refund.amountMinor === told ? [] : [rest]),
    total,
    ...taxes,
    { id: 'tax', rule: 'Tax in this refund', about: '', operation: 'sum', operands: [{ each: 'tax' }] },
  ]
}

const paidForDelivery = ({ shippingMinor, shippingTax }: RefundedOrder): number =>
  shippingMinor + (shippingTax && !shippingTax.included ? shippingTax.taxMinor : 0)

/** The tax of what was paid, in proportion to what of it goes back. */
function taxPart(id: string, about: string, taxMinor: number, paidMinor: number): Planned {
  const back: Operand = { step: `${id}.back` }
  return {
    id: `${id}.tax`,
    rule: 'Its share of the tax paid',
    about,
    operation: 'ratio',
    operands: [taxMinor, back, paidMinor],
  }
}
