// Coupons as carts and orders meet them: looked up by code, claimed with the order, given back when it dies. Limits are
// held by a conditional update that also locks the coupon, never by asking first. Runs inside the caller's transaction.
import type { Knex } from 'knex'
import { CouponModel, CouponUseModel } from '#app/domain/promotions/coupon-models.server.ts'
import { type Coupon, canonicalCode, codeShape } from '#app/domain/promotions/coupon-rules.ts'
import { mailboxHash } from '#app/domain/promotions/mailbox.ts'
import type { By } from '#app/lib/clock.ts'
import { db } from '#app/lib/db.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'

/** Whose uses count together: the account, and the mailbox however it was typed. */
export type Customer = { userId: string | null; email: string | null }

const usesOf = (knex: Knex, { userId, email }: Customer) =>
  CouponUseModel.query(knex)
    .where({ status: 'claimed' })
    .where((same) => {
      same.whereRaw('false')
      if (userId) same.orWhere({ userId })
      if (email) same.orWhere({ emailHash: mailboxHash(email) })
    })

/** The coupon of a typed code and how often this customer has used it, or null. One statement; reads without a lock. */
export async function findCoupon(
  typed: string,
  customer: Customer,
): Promise<{ coupon: Coupon; usedByCustomer: number } | null> {
  const code = canonicalCode(typed.slice(0, 100))
  if (!codeShape.test(code)) return null
  const uses = usesOf(db(), customer).whereColumn('coupon_uses.coupon_id', 'coupons.id').count()
  const row = (await CouponModel.query(db()).findOne({ code }).select('coupons.*', uses.as('usedByCustomer'))) as
    | (CouponModel & { usedByCustomer: number })
    | undefined
  return row ? { coupon: toCoupon(row), usedByCustomer: Number(row.usedByCustomer) } : null
}

export const toCoupon = (row: CouponModel): Coupon => ({
  id: row.id,
  code: row.code,
  description: row.description,
  kind: row.kind,
  value: row.value,
  currency: row.currency,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  minimumMinor: row.minimumMinor,
  limitTotal: row.limitTotal,
  limitPerCustomer: row.limitPerCustomer,
  used: row.used,
  active: row.active,
  version: row.version,
})

export type Claim = Customer & {
  couponId: string
  version: number
  code: string
  orderId: string
  discountMinor: number
}

/**
 * Claims one use for a new order, or throws quote_changed: the coupon was changed, ended or used up since the quote, or
 * this customer has used theirs. The row stays locked until the transaction ends, so that nobody claims beyond a limit.
 */
export async function claimCoupon(trx: Knex.Transaction, claim: Claim, by: By): Promise<void> {
  const [coupon] = await CouponModel.query(trx)
    .where({ id: claim.couponId, version: claim.version, active: true })
    .whereRaw('(limit_total IS NULL OR used < limit_total)')
    .whereRaw('(starts_at IS NULL OR starts_at <= ?) AND (ends_at IS NULL OR ends_at > ?)', [by.at, by.at])
    .increment('used', 1)
    .returning('*')
  if (!coupon) throw lost(claim.code)
  const mine = await usesOf(trx, claim).where({ couponId: claim.couponId }).resultSize()
  if (coupon.limitPerCustomer !== null && mine >= coupon.limitPerCustomer) throw lost(claim.code)
  await CouponUseModel.query(trx).insert({
    id: newId(by.at.getTime()),
    couponId: claim.couponId,
    orderId: claim.orderId,
    userId: claim.userId,
    emailHash: mailboxHash(claim.email ?? ''),
    discountMinor: claim.discountMinor,
    claimedAt: by.at,
  })
}

const lost = (code: string) =>
  new DomainError('quote_changed', `${code} can no longer be used as it was. Please check the total and confirm again.`)

/** The order died: its use is free for somebody else. Told twice, or without a coupon, changes nothing. */
export async function giveCouponBack(trx: Knex.Transaction, orderId: string, by: By): Promise<void> {
  const [use] = await CouponUseModel.query(trx)
    .where({ orderId, status: 'claimed' })
    .patch({ status: 'given_back', givenBackAt: by.at })
    .returning('*')
  if (use && !use.beyondLimit) await CouponModel.query(trx).findById(use.couponId).decrement('used', 1)
}

/**
 * A dead order was paid after all: its use counts again. Never refuses: the money is here at the price with the coupon.
 * When the coupon is used up meanwhile the use is marked as beyond its limit and not counted within it.
 */
export async function claimCouponAgain(trx: Knex.Transaction, orderId: string, by: By): Promise<void> {
  const [use] = await CouponUseModel.query(trx)
    .where({ orderId, status: 'given_back' })
    .patch({ status: 'claimed', givenBackAt: null, claimedAt: by.at, beyondLimit: false })
    .returning('*')
  if (!use) return
  const [counted] = await CouponModel.query(trx)
    .where({ id: use.couponId })
    .whereRaw('(limit_total IS NULL OR used < limit_total)')
    .increment('used', 1)
    .returning('id')
  if (!counted) await use.$query(trx).patch({ beyondLimit: true })
}
