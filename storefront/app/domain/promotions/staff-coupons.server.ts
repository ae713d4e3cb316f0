// Coupons in the hands of staff: list, make, change, remove, and who used them. A change names the version it was made
// for; every change goes into the audit log in its own transaction.
import type { Knex } from 'knex'
import { recordAct } from '#app/domain/audit/audit.server.ts'
import type { CouponInput } from '#app/domain/promotions/coupon-input.ts'
import { CouponModel, CouponUseModel } from '#app/domain/promotions/coupon-models.server.ts'
import type { Coupon } from '#app/domain/promotions/coupon-rules.ts'
import { toCoupon } from '#app/domain/promotions/coupons.server.ts'
import type { By } from '#app/lib/clock.ts'
import { brokenConstraint, db, transaction } from '#app/lib/db.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { newId } from '#app/lib/ids.ts'
import { isUuid } from '#app/lib/uuid.ts'

const pageSize = 30

/** A page (from 1) of coupons, newest first; `q` is part of a code or description. Two statements. */
export async function listCoupons({ q, page }: { q: string; page: number }) {
  const like = `%${q.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
  const { results, total } = await CouponModel.query(db())
    .where((either) => either.where('code', 'ilike', like).orWhere('description', 'ilike', like))
    .orderBy([
      { column: 'createdAt', order: 'desc' },
      { column: 'code', order: 'asc' },
    ])
    .page(page - 1, pageSize)
  return { items: results.map(toCoupon), total, page, pages: Math.max(1, Math.ceil(total / pageSize)) }
}

/** Throws not_found. */
export async function getCoupon(id: string): Promise<Coupon> {
  const row = isUuid(id) ? await CouponModel.query(db()).findById(id) : undefined
  if (!row) throw notFound('The coupon')
  return toCoupon(row)
}

export type CouponUse = {
  orderId: string
  discountMinor: number
  status: 'claimed' | 'given_back'
  beyondLimit: boolean
  claimedAt: Date
}

/** The last hundred uses of a coupon, newest first. */
export async function listUses(couponId: string): Promise<CouponUse[]> {
  const rows = await CouponUseModel.query(db()).where({ couponId }).orderBy('claimedAt', 'desc').limit(100)
  return rows.map(({ orderId, discountMinor, status, beyondLimit, claimedAt }) => ({
    orderId,
    discountMinor,
    status,
    beyondLimit,
    claimedAt,
  }))
}

/** Throws conflict with the field `code` when it is taken. */
export async function createCoupon(input: CouponInput, by: By): Promise<Coupon> {
  return named(() =>
    transaction(async (trx) => {
      const row = await CouponModel.query(trx)
        .insert({ ...input, id: newId(by.at.getTime()), createdAt: by.at, updatedAt: by.at })
        .returning('*')
      await note(trx, row.code, { after: told(row) }, by)
      return toCoupon(row)
    }),
  )
}

/** Throws not_found, version_conflict, conflict (code taken), validation_failed (a limit below what is used). */
export async function changeCoupon(
  { id, version, ...input }: CouponInput & { id: string; version: number },
  by: By,
): Promise<Coupon> {
  const { code } = await getCoupon(id)
  return named(() =>
    transaction(async (trx) => {
      const before = await CouponModel.query(trx).findById(id).where({ version }).forUpdate()
      if (!before) throw changedMeanwhile()
      const old = told(before)
      const row = await before.$query(trx).patchAndFetch({ ...input, version: version + 1, updatedAt: by.at })
      await note(trx, code, { before: old, after: told(row) }, by)
      return toCoupon(row)
    }),
  )
}

/** Removes a coupon that nobody ever used. Throws not_found, version_conflict, conflict (it was used: turn it off instead). */
export async function removeCoupon({ id, version }: { id: string; version: number }, by: By): Promise<void> {
  const { code } = await getCoupon(id)
  await transaction(async (trx) => {
    const row = await CouponModel.query(trx).findById(id).where({ version }).forUpdate()
    if (!row) throw changedMeanwhile()
    if ((await CouponUseModel.query(trx).where({ couponId: id }).resultSize()) > 0)
      throw new DomainError(
        'conflict',
        'Orders have used this coupon: it stays for their history. Turn it off instead.',
      )
    await row.$query(trx).delete()
    await note(trx, code, { before: told(row) }, by)
  })
}

const changedMeanwhile = () =>
  new DomainError('version_conflict', 'Somebody changed this coupon meanwhile. Load the page again and look.')

/** What the audit log keeps of it. */
const told = ({ id: _id, createdAt: _created, updatedAt: _updated, version: _version, ...rest }: CouponModel) => ({
  ...rest,
})

const note = (trx: Knex.Transaction, code: string, facts: { before?: object; after?: object }, by: By) =>
  recordAct(trx, by, { action: 'settings:write', subject: `coupon:${code}`, ...facts } as Parameters<
    typeof recordAct
  >[2])

async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const wrong = (field: string, message: string, code: 'conflict' | 'validation_failed') =>
      new DomainError(code, message, { fields: { [field]: [message] } })
    const constraint = brokenConstraint(error)
    if (constraint === 'coupons_one_per_code')
      throw wrong('code', 'There is a coupon with this code already.', 'conflict')
    if (constraint === 'coupons_used_within_limit')
      throw wrong('limitTotal', 'It has been used more often already.', 'validation_failed')
    throw error
  }
}
