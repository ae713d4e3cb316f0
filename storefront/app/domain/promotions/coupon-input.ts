// The form of a coupon, as staff fill it in. Pure: shapes and what must hold between the fields.
import { z } from 'zod'
import { type Coupon, canonicalCode, codeShape, couponKinds } from '#app/domain/promotions/coupon-rules.ts'
import { parseMoney, shopCurrency } from '#app/lib/money.ts'
import { maybeCount, maybeMoment, maybeMoney, readPercent, ticked } from '#app/lib/typed.ts'

const atLeastOne = z.number().positive('More than nothing.').nullable()

export const couponInput = z
  .object({
    code: z
      .string('Give it a code.')
      .max(60)
      .transform(canonicalCode)
      .pipe(z.string().regex(codeShape, '3 to 40 letters, digits, hyphens or underscores.')),
    description: z.string().trim().max(300, 'At most 300 characters.').default(''),
    kind: z.enum(couponKinds, 'Choose what it gives.'),
    value: z.string().trim().max(20).default(''),
    minimum: maybeMoney(shopCurrency).pipe(atLeastOne),
    limitTotal: maybeCount(1, 1_000_000),
    limitPerCustomer: maybeCount(1, 1000),
    startsAt: maybeMoment,
    endsAt: maybeMoment,
    active: ticked,
  })
  .transform(({ minimum, value: typed, ...rest }, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    const value = readValue(rest.kind, typed)
    if (value === null)
      refuse('value', rest.kind === 'percent' ? 'A percentage from 0.01 to 100.' : 'An amount like 5.00.')
    if (rest.startsAt && rest.endsAt && rest.endsAt <= rest.startsAt) refuse('endsAt', 'It must end after it begins.')
    if (value === null || context.issues.length > 0) return z.NEVER
    return { ...rest, value, minimumMinor: minimum, currency: shopCurrency }
  })

export type CouponInput = Omit<Coupon, 'id' | 'used' | 'version'>

function readValue(kind: Coupon['kind'], typed: string): number | null {
  if (kind === 'free_shipping') return 0
  const value = kind === 'percent' ? readPercent(typed) : parseMoney(typed, shopCurrency)
  return value ? value : null
}
