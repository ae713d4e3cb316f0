// The tables coupons and coupon_uses. Imported only inside this folder; others call its verbs and queries.
import { Model } from 'objection'
import type { CouponKind } from '#app/domain/promotions/coupon-rules.ts'

export class CouponModel extends Model {
  static override tableName = 'coupons'
  declare id: string
  declare code: string
  declare description: string
  declare kind: CouponKind
  declare value: number
  declare currency: string
  declare startsAt: Date | null
  declare endsAt: Date | null
  declare minimumMinor: number | null
  declare limitTotal: number | null
  declare limitPerCustomer: number | null
  declare used: number
  declare active: boolean
  declare version: number
  declare createdAt: Date
  declare updatedAt: Date
}

export class CouponUseModel extends Model {
  static override tableName = 'coupon_uses'
  declare id: string
  declare couponId: string
  declare orderId: string
  declare userId: string | null
  declare emailHash: Buffer
  declare discountMinor: number
  declare status: 'claimed' | 'given_back'
  declare beyondLimit: boolean
  declare claimedAt: Date
  declare givenBackAt: Date | null
}
