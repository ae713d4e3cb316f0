// Staff's list of discount codes: what each gives, when, and how far it is used.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { type Coupon, couponLabel } from '#app/domain/promotions/coupon-rules.ts'
import { listCoupons } from '#app/domain/promotions/staff-coupons.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { formatMoney } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { When } from '#app/ui/money.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, PageTitle, StatusBadge } from '#app/ui/parts.tsx'

const query = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'settings:write')
  const filter = parseQuery(query, args.request)
  const found = await answerLoader(() => listCoupons(filter))
  const now = new Date()
  return { ...found, filter, items: found.items.map((coupon) => ({ ...coupon, state: stateOf(coupon, now) })) }
}

type State = { label: string; tone: 'good' | 'warn' | 'info' }

function stateOf(coupon: Coupon, now: Date): State {
  if (!coupon.active) return { label: 'Off', tone: 'info' }
  if (coupon.startsAt && now < coupon.startsAt) return { label: 'Not begun', tone: 'info' }
  if (coupon.endsAt && now >= coupon.endsAt) return { label: 'Ended', tone: 'info' }
  if (coupon.limitTotal !== null && coupon.used >= coupon.limitTotal) return { label: 'Used up', tone: 'warn' }
  return { label: 'Running', tone: 'good' }
}

export default function AdminCoupons() {
  const { items, total, page, pages, filter } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Discount codes">
        <ButtonLink to={paths.adminCoupon('new')}>New code</ButtonLink>
      </PageTitle>
      <Form className="card mb-6 flex flex-wrap items-end gap-3 p-4" role="search" aria-label="Discount codes">
        <label className="min-w-52 flex-1">
          <span className="mb-1 block text-sm font-semibold">Code or description</span>
          <input type="search" name="q" defaultValue={filter.q} maxLength={100} className="field" />
        </label>
        <Button variant="secondary">Show</Button>
      </Form>
      {items.length === 0 ? (
        <EmptyState
          title={filter.q ? 'No code fits' : 'There are no discount codes yet'}
          action={{ to: paths.adminCoupon('new'), label: 'Make one' }}
        />
      ) : (
        <div className="card overflow-x-auto">
          <table className="w-full min-w-180 text-left">
            <caption className="px-4 pt-4 text-left text-sm text-muted">
              {total} {total === 1 ? 'code' : 'codes'}
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className="px-4 py-3 font-medium">Code</th>
                <th className="px-4 py-3 font-medium">Gives</th>
                <th className="px-4 py-3 font-medium">Ends</th>
                <th className="px-4 py-3 text-right font-medium">Used</th>
                <th className="px-4 py-3 font-medium">State</th>
              </tr>
            </thead>
            <tbody>
              {items.map((coupon) => (
                <tr key={coupon.id} className="border-b border-line last:border-0 hover:bg-sunk">
                  <td className="px-4 py-2">
                    <Link
                      to={paths.adminCoupon(coupon.id)}
                      className="flex min-h-11 items-center font-semibold hover:underline"
                    >
                      {coupon.code}
                    </Link>
                  </td>
                  <td className="px-4 py-2">
                    {couponLabel(coupon)}
                    {coupon.minimumMinor !== null && (
                      <span className="text-muted"> from {formatMoney(coupon.minimumMinor, coupon.currency)}</span>
                    )}
                  </td>
                  <td className="px-4 py-2 text-muted">{coupon.endsAt ? <When date={coupon.endsAt} /> : 'never'}</td>
                  <td className="nums px-4 py-2 text-right">
                    {coupon.used}
                    {coupon.limitTotal !== null && ` of ${coupon.limitTotal}`}
                  </td>
                  <td className="px-4 py-2">
                    <StatusBadge tone={coupon.state.tone}>{coupon.state.label}</StatusBadge>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminCoupons({ ...filter, page: next })} />
    </>
  )
}
