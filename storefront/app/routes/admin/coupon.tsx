// One discount code for staff, or a new one (`/admin/coupons/new`): its form, who used it, and taking it away.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listOrderNumbers } from '#app/domain/orders/numbers.server.ts'
import { couponInput } from '#app/domain/promotions/coupon-input.ts'
import {
  changeCoupon,
  createCoupon,
  getCoupon,
  listUses,
  removeCoupon,
} from '#app/domain/promotions/staff-coupons.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { CouponFields } from '#app/ui/coupon-fields.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { Money, When } from '#app/ui/money.tsx'
import { Breadcrumb, PageTitle, StatusBadge } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'settings:write')
  const id = args.params.id ?? ''
  if (id === 'new') return { coupon: null, uses: [] }
  return answerLoader(async () => {
    const coupon = await getCoupon(id)
    const uses = await listUses(coupon.id)
    const numbers = await listOrderNumbers(uses.map(({ orderId }) => orderId))
    return { coupon, uses: uses.map((use) => ({ ...use, number: numbers[use.orderId] ?? '' })) }
  })
}

const versioned = z.object({
  version: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
})

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'settings:write')
  const id = args.params.id ?? ''
  return answerPage(args, {
    save: async ({ values, visitor }) => {
      const input = parse(couponInput, values)
      const by = byVisitor(visitor)
      const saved =
        id === 'new'
          ? await createCoupon(input, by)
          : await changeCoupon({ ...input, ...parse(versioned, values), id }, by)
      return { to: paths.adminCoupon(saved.id), flash: { kind: 'good', text: `${saved.code} is saved.` } }
    },
    remove: async ({ values, visitor }) => {
      await removeCoupon({ ...parse(versioned, values), id }, byVisitor(visitor))
      return { to: paths.adminCoupons(), flash: { kind: 'good', text: 'The code is gone.' } }
    },
  })
}

export default function AdminCoupon() {
  const { coupon, uses } = useLoaderData<typeof loader>()
  const answer = useActionData()
  const title = coupon ? coupon.code : 'New discount code'
  return (
    <>
      <Breadcrumb items={[{ name: 'Discount codes', to: paths.adminCoupons() }, { name: title }]} />
      <PageTitle title={title}>
        {coupon && (
          <Link to={paths.discount(coupon.code)} className="link inline-flex min-h-11 items-center">
            Its link for shoppers
          </Link>
        )}
      </PageTitle>
      {/* A saved code comes with a new version: the form starts afresh. */}
      <CouponFields key={coupon?.version ?? 0} coupon={coupon} problem={problemOf(answer, 'save')} />
      {coupon && <Uses uses={uses} currency={coupon.currency} />}
      {coupon && uses.length === 0 && (
        <section className="card mt-8 p-5">
          <h2 className="mb-3 text-lg">Take it away</h2>
          <PostForm problem={problemOf(answer, 'remove')}>
            <input type="hidden" name="version" value={coupon.version} />
            <Button variant="danger" name="intent" value="remove">
              Remove {coupon.code}
            </Button>
          </PostForm>
        </section>
      )}
    </>
  )
}

type Use = ReturnType<typeof useLoaderData<typeof loader>>['uses'][number]

function Uses({ uses, currency }: { uses: Use[]; currency: string }) {
  if (uses.length === 0) return <p className="mt-8 text-muted">No order has used it yet.</p>
  return (
    <section className="card mt-8 overflow-x-auto p-5" aria-labelledby="uses-title">
      <h2 id="uses-title" className="mb-3 text-lg">
        Who used it
      </h2>
      <ul className="divide-y divide-line">
        {uses.map((use) => (
          <li key={use.orderId} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2">
            <Link
              to={paths.adminOrder(use.number)}
              className="inline-flex min-h-11 items-center font-semibold hover:underline"
            >
              {use.number}
            </Link>
            <span className="text-sm text-muted">
              <When date={use.claimedAt} time />
            </span>
            <Money minor={-use.discountMinor} currency={currency} className="nums" />
            <StatusBadge tone={use.status === 'claimed' ? 'good' : 'info'}>{stateWords(use)}</StatusBadge>
          </li>
        ))}
      </ul>
    </section>
  )
}

const stateWords = ({ status, beyondLimit }: Use): string => {
  if (status === 'given_back') return 'Given back'
  return beyondLimit ? 'Used, beyond the limit' : 'Used'
}
