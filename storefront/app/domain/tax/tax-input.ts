// The form of a tax rate, as staff fill it in. Pure.
import { z } from 'zod'
import { percent, ticked } from '#app/lib/typed.ts'

const max = (length: number) => `At most ${length} characters.`

export const taxInput = z
  .object({
    country: z.string('Choose a country.').regex(/^[A-Z]{2}$/, 'Choose a country.'),
    region: z.string().trim().max(80, max(80)).default(''),
    category: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z][a-z0-9-]{0,39}$/, 'A word like standard, reduced or shipping.'),
    name: z.string('Give it a name.').trim().min(1, 'Give it a name.').max(60, max(60)),
    rate: percent,
    included: ticked,
  })
  .transform(({ region, rate, included, ...rest }) => ({
    ...rest,
    region: region || null,
    rateBasisPoints: rate,
    includedInPrice: included,
  }))

export type TaxInput = z.output<typeof taxInput>
export type StaffTaxRate = TaxInput & { id: string; version: number }
