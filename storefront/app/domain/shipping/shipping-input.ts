// The form of a way of delivery, as staff fill it in. Pure: shapes and what must hold between the fields.
import { z } from 'zod'
import { shopCurrency } from '#app/lib/money.ts'
import { count, kilograms, maybeKilograms, maybeMoney, money, ticked } from '#app/lib/typed.ts'

const max = (length: number) => `At most ${length} characters.`

export const shippingInput = z
  .object({
    code: z
      .string('Give it a code.')
      .trim()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Small letters, digits and single hyphens.')
      .max(40, max(40))
      .refine((code) => code !== 'pickup', 'This word is kept for picking up.'),
    name: z.string('Give it a name.').trim().min(1, 'Give it a name.').max(80, max(80)),
    description: z.string().trim().max(200, max(200)).default(''),
    'countries[]': z
      .string('Choose at least one country.')
      .transform((text) => [...new Set(text.split('\n'))].sort())
      .pipe(
        z
          .array(z.string().regex(/^[A-Z]{2}$/, 'Choose from the list.'))
          .min(1)
          .max(300),
      ),
    price: money(shopCurrency),
    includedWeight: kilograms,
    pricePerKg: money(shopCurrency),
    maxWeight: maybeKilograms,
    freeFrom: maybeMoney(shopCurrency),
    minDays: count(0, 90),
    maxDays: count(0, 90),
    position: count(0, 1000),
    active: ticked,
  })
  .transform((form, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    if (form.maxDays < form.minDays) refuse('maxDays', 'Not before the earliest day.')
    if (form.maxWeight !== null && form.maxWeight <= 0) refuse('maxWeight', 'More than nothing, or leave it empty.')
    if (context.issues.length > 0) return z.NEVER
    const { 'countries[]': countries, price, includedWeight, pricePerKg, maxWeight, freeFrom, ...rest } = form
    return {
      ...rest,
      countries,
      currency: shopCurrency,
      priceMinor: price,
      includedGrams: includedWeight,
      pricePerKgMinor: pricePerKg,
      maxGrams: maxWeight,
      freeFromMinor: freeFrom,
    }
  })

export type ShippingInput = z.output<typeof shippingInput>
export type StaffShippingMethod = ShippingInput & { id: string; version: number }
