// The few operations a total is made of, written down so that anybody can do them again: each step names its operands,
// its rate and its rounding, and has an integer as its result. Pure; integers in minor units, never floats.
import { spread } from '#app/domain/promotions/spread.ts'
import { includedTax, portion } from '#app/lib/money.ts'

/** A number, the result of an earlier step, or the results of all earlier steps of that name ("goods" of each line). */
export type Operand = number | { step: string } | { each: string }

export const operations = [
  'given',
  'multiply',
  'sum',
  'subtract',
  'least',
  'percent',
  'share',
  'ratio',
  'tax_inside',
  'tax_on_top',
] as const
export type Operation = (typeof operations)[number]

/** `half_away_from_zero`: once, on this result. `largest_remainder`: so that the shares add up. `none`: it is exact. */
export type Rounding = 'none' | 'half_away_from_zero' | 'largest_remainder'

export type Step = {
  /** `line.1.goods`, `coupon`, `total`: unique; the last word is its name. */
  id: string
  /** The rule, in words. */
  rule: string
  /** What it is about: a product, a coupon, a way of delivery; empty for the whole. */
  about: string
  operation: Operation
  operands: Operand[]
  /** Of percent and tax: hundredths of a percent. */
  rateBasisPoints: number | null
  rounding: Rounding
  resultMinor: number
}

export type Planned = Omit<Step, 'resultMinor' | 'rounding' | 'rateBasisPoints'> & { rateBasisPoints?: number }

const roundings: Record<Operation, Rounding> = {
  given: 'none',
  multiply: 'none',
  sum: 'none',
  subtract: 'none',
  least: 'none',
  percent: 'half_away_from_zero',
  share: 'largest_remainder',
  ratio: 'half_away_from_zero',
  tax_inside: 'half_away_from_zero',
  tax_on_top: 'half_away_from_zero',
}

/** The operand's numbers, given the steps before it. Throws RangeError for a step that is not there. */
export function valuesOf(operand: Operand, before: readonly Step[]): number[] {
  if (typeof operand === 'number') return [operand]
  if ('each' in operand)
    return before.filter(({ id }) => id.endsWith(`.${operand.each}`)).map((step) => step.resultMinor)
  const found = before.find(({ id }) => id === operand.step)
  if (!found) throw new RangeError(`there is no step ${operand.step}`)
  return [found.resultMinor]
}

const works: Record<Operation, (values: number[], rate: number) => number> = {
  given: ([value = 0]) => value,
  multiply: (values) => values.reduce((product, value) => product * value, 1),
  sum: (values) => values.reduce((total, value) => total + value, 0),
  subtract: ([first = 0, ...rest]) => rest.reduce((left, value) => left - value, first),
  least: (values) => Math.min(...values),
  percent: ([amount = 0], rate) => portion(amount, rate),
  // the amount, which share (from 0), then what it is shared over
  share: ([amount = 0, index = 0, ...weights]) => spread(amount, weights)[index] ?? 0,
  // the first, times the second, divided by the third
  ratio: ([amount = 0, part = 0, whole = 1]) => ratioOf(amount, part, whole),
  tax_inside: ([amount = 0], rate) => includedTax(amount, rate),
  tax_on_top: ([amount = 0], rate) => portion(amount, rate),
}

function ratioOf(amount: number, part: number, whole: number): number {
  if (whole === 0) return 0
  const scaled = BigInt(amount) * BigInt(part) * 2n
  const divisor = BigInt(whole) * 2n
  const sign = scaled < 0n ? -1n : 1n
  return Number((sign * (sign * scaled + BigInt(whole))) / divisor)
}

/** Does one step after those before it. Throws RangeError when it cannot be done with whole numbers. */
export function work(planned: Planned, before: readonly Step[]): Step {
  const values = planned.operands.flatMap((operand) => valuesOf(operand, before))
  const rateBasisPoints = planned.rateBasisPoints ?? null
  const resultMinor = works[planned.operation](values, rateBasisPoints ?? 0)
  if (!Number.isSafeInteger(resultMinor)) throw new RangeError(`${planned.id} comes to ${resultMinor}`)
  return { ...planned, rateBasisPoints, rounding: roundings[planned.operation], resultMinor }
}

/** Does all steps anew and names those whose result is another than written down. */
export function recompute(steps: readonly Step[]): { id: string; written: number; found: number }[] {
  const done: Step[] = []
  for (const { resultMinor: _, rateBasisPoints, ...step } of steps)
    done.push(work({ ...step, ...(rateBasisPoints !== null && { rateBasisPoints }) }, done))
  return done.flatMap(({ id, resultMinor: found }, index) => {
    const written = steps[index]?.resultMinor ?? Number.NaN
    return written === found ? [] : [{ id, written, found }]
  })
}
