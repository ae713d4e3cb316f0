// The steps of a total as people read them: the sum on paper beside each result. Pure.
import { type Step, valuesOf } from '#app/domain/cart/explain/arithmetic.ts'
import { percentWords } from '#app/domain/promotions/coupon-rules.ts'
import { formatMoney } from '#app/lib/money.ts'

/** `2 × €18.00`, `10% of €36.00, rounded`, `€52.00 − €5.20`. */
export function sumOnPaper(step: Step, steps: readonly Step[], currency: string): string {
  const money = (minor: number) => formatMoney(minor, currency)
  const values = step.operands.map((operand) => valuesOf(operand, steps))
  const all = values.flat()
  const [first = 0, second = 0] = all
  const rate = percentWords(step.rateBasisPoints ?? 0)
  switch (step.operation) {
    case 'given':
      return ''
    case 'multiply':
      return `${first} × ${money(second)}`
    case 'sum':
      return all.length > 1 ? all.map(money).join(' + ') : ''
    case 'subtract':
      return all.length > 1 ? all.map(money).join(' − ') : ''
    case 'least':
      return `the smaller of ${all.map(money).join(' and ')}`
    case 'percent':
    case 'tax_on_top':
      return `${rate} of ${money(first)}, rounded`
    case 'tax_inside':
      return `${money(first)} − ${money(first)} ÷ ${(100 + (step.rateBasisPoints ?? 0) / 100) / 100}, rounded`
    case 'share':
      return `${money(first)} × ${money(values[2]?.[second] ?? 0)} ÷ ${money(sum(values[2] ?? []))}`
    case 'ratio':
      return `${money(first)} × ${money(second)} ÷ ${money(all[2] ?? 0)}, rounded`
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
