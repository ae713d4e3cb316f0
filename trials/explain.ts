// `npm run explain -- file.json`: does the arithmetic of a downloaded total again, step by step, and says whether the same
// numbers come out. Reads that one file and nothing else.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { operations, recompute, type Step } from '../storefront/app/domain/cart/explain/arithmetic.ts'
import { sumOnPaper } from '../storefront/app/domain/cart/explain/words.ts'
import { formatMoney } from '../storefront/app/lib/money.ts'

const minor = z.int()
const step = z.object({
  id: z.string(),
  rule: z.string(),
  about: z.string(),
  operation: z.enum(operations),
  operands: z.array(z.union([z.number().int(), z.object({ step: z.string() }), z.object({ each: z.string() })])),
  rateBasisPoints: z.int().nullable(),
  rounding: z.enum(['none', 'half_away_from_zero', 'largest_remainder']),
  resultMinor: minor,
})
const sums = z.object({
  subtotalMinor: minor,
  discountMinor: minor,
  shippingMinor: minor,
  taxMinor: minor,
  includedTaxMinor: minor,
  totalMinor: minor,
})
const document = z.object({
  document: z.literal('highstreet.total'),
  version: z.literal(1),
  of: z.string(),
  currency: z.string().length(3),
  steps: z.array(step).min(1),
  stored: sums,
})

/** Which step holds which of the stored sums. */
const stepOf: Record<keyof z.infer<typeof sums>, string> = {
  subtotalMinor: 'subtotal',
  discountMinor: 'discount',
  shippingMinor: 'shipping',
  taxMinor: 'tax',
  includedTaxMinor: 'included_tax',
  totalMinor: 'total',
}

/** What is wrong with a downloaded total, a sentence each; empty when the same numbers come out. */
export function checkTotal(text: string): { lines: string[]; wrong: string[] } {
  const { currency, steps, stored, of } = document.parse(JSON.parse(text))
  const money = (amount: number) => formatMoney(amount, currency)
  const told = (each: Step) => [each.about, each.rule].filter(Boolean).join(': ')
  const lines = steps.map((each) => {
    const paper = sumOnPaper(each, steps, currency)
    return `${money(each.resultMinor).padStart(12)}  ${told(each)}${paper && `  (${paper})`}`
  })
  const wrongSteps = recompute(steps).map(
    ({ id, written, found }) => `${id}: the file says ${money(written)}, the arithmetic ${money(found)}`,
  )
  const result = (id: string) => steps.find((each) => each.id === id)?.resultMinor ?? 0
  const wrongSums = Object.entries(stepOf).flatMap(([name, id]) => {
    const kept = stored[name as keyof typeof stored]
    return kept === result(id) ? [] : [`${id}: ${of} keeps ${money(kept)}, its steps come to ${money(result(id))}`]
  })
  return { lines, wrong: [...wrongSteps, ...wrongSums] }
}

function main([file]: string[]): number {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  if (!file) {
    say('Usage: npm run explain -- file.json   (the file of “Why this total?”)')
    return 2
  }
  try {
    const { lines, wrong } = checkTotal(readFileSync(file, 'utf8'))
    for (const line of lines) say(line)
    for (const line of wrong) say(`✗ ${line}`)
    if (wrong.length === 0) say('✓ Done again, the same numbers come out.')
    return wrong.length === 0 ? 0 : 1
  } catch (error) {
    const reason = error instanceof z.ZodError ? 'it is no total of this shop' : String((error as Error).message)
    say(`${file} cannot be read: ${reason}.`)
    return 2
  }
}

if (process.argv[1] === import.meta.filename) process.exitCode = main(process.argv.slice(2))
