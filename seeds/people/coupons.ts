// Discount codes to try: one of each kind, one that has ended, one that is used up.
import type { Knex } from 'knex'
import type { Coupon } from '../../storefront/app/domain/promotions/coupon-rules.ts'
import { insertRows } from '../database.ts'
import { idOf } from '../ids.ts'

type Given = Partial<Coupon> & Pick<Coupon, 'kind' | 'value' | 'description'>
const given = {
  WELCOME10: { kind: 'percent', value: 1000, limitPerCustomer: 1, description: 'Ten percent off the first order' },
  FIVER: { kind: 'fixed', value: 500, minimumMinor: 4000, description: 'Five euros off from forty' },
  FREESHIP: { kind: 'free_shipping', value: 0, minimumMinor: 2000, description: 'Free delivery from twenty' },
  SPRING24: {
    kind: 'percent',
    value: 2000,
    startsAt: new Date('2024-03-01T00:00:00Z'),
    endsAt: new Date('2024-06-01T00:00:00Z'),
    description: 'The spring sale of 2024, over',
  },
  EARLYBIRD: { kind: 'percent', value: 1500, limitTotal: 2, description: 'For the first two buyers, used up' },
} satisfies Record<string, Given>
export type SeedCouponCode = keyof typeof given

/** The coupon as the rules see it, before anybody used it. */
export const seedCoupon = (code: SeedCouponCode): Coupon => ({
  id: idOf(`coupon:${code}`),
  code,
  currency: 'EUR',
  startsAt: null,
  endsAt: null,
  minimumMinor: null,
  limitTotal: null,
  limitPerCustomer: null,
  used: 0,
  active: true,
  version: 1,
  ...given[code],
})

/** Inserts the codes that are not there yet; orders that use them raise `used` (orders/coupon-uses.ts). */
export async function seedCoupons(storefront: Knex): Promise<void> {
  const codes = Object.keys(given) as SeedCouponCode[]
  await insertRows(
    storefront,
    'coupons',
    codes.map((code) => ({ ...seedCoupon(code) })),
  )
}
