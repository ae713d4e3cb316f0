// Staff's list of payments, every attempt of every order: what came, what went back, what was declined.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { type PaymentStatus, paymentStatuses, paymentStatusLabel } from '#app/domain/payments/payment-status.ts'
import { listPaymentsForStaff, type StaffPayment } from '#app/domain/payments/staff-lists.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { ListFilter } from '#app/ui/list-filter.tsx'
import { Money, When } from '#app/ui/money.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, PageTitle, StatusBadge } from '#app/ui/parts.tsx'

const query = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  status: z.enum(paymentStatuses).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'orders:read')
  const filter = parseQuery(query, args.request)
  const found = await answerLoader(() => listPaymentsForStaff({ ...filter, q: filter.q || undefined }))
  return { ...found, filter }
}

const choices = paymentStatuses.map((status) => ({ value: status, label: paymentStatusLabel[status] }))
const tones: Partial<Record<PaymentStatus, 'good' | 'warn' | 'bad'>> = {
  succeeded: 'good',
  open: 'warn',
  failed: 'bad',
}
const head = 'px-4 py-3 font-medium'

export default function AdminPayments() {
  const { items, total, page, pages, filter } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Payments">
        <Link to={paths.adminWebhooks()} className="link inline-flex min-h-11 items-center">
          Webhook events
        </Link>
      </PageTitle>
      <ListFilter label="Payments" wordsLabel="Order number or id at Stripe" filter={filter} statuses={choices} />
      {items.length === 0 ? (
        <EmptyState title="No payment fits" action={{ to: paths.adminPayments(), label: 'Show all payments' }} />
      ) : (
        <div className="card relative overflow-x-auto">
          <table className="w-full min-w-180 text-left">
            <caption className="px-4 pt-4 text-left text-sm text-muted">
              {total} {total === 1 ? 'payment' : 'payments'}
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className={head}>Order</th>
                <th className={head}>Begun</th>
                <th className={head}>How</th>
                <th className={`${head} text-right`}>Amount</th>
                <th className={`${head} text-right`}>Given back</th>
                <th className={head}>Status</th>
              </tr>
            </thead>
            <tbody>
              {items.map((payment) => (
                <Row key={payment.id} payment={payment} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminPayments({ ...filter, page: next })} />
    </>
  )
}

function Row({ payment }: { payment: StaffPayment }) {
  const { orderNumber, attempt, status, amountMinor, refundedMinor, currency, failureMessage } = payment
  return (
    <tr className="border-b border-line last:border-0 hover:bg-sunk">
      <td className="px-4 py-2">
        <Link
          to={paths.adminOrder(orderNumber)}
          className="nums inline-flex min-h-11 items-center font-semibold whitespace-nowrap hover:underline"
        >
          {orderNumber}
        </Link>
      </td>
      <td className="px-4 py-2 whitespace-nowrap text-muted">
        <When date={payment.createdAt} time />
      </td>
      <td className="px-4 py-2">
        {howPaid(payment)}
        <span className="nums block text-sm text-muted">
          {attempt > 1 && `attempt ${attempt} `}
          {payment.providerIntentId}
        </span>
      </td>
      <td className="px-4 py-2 text-right">
        <Money minor={amountMinor} currency={currency} />
      </td>
      <td className="px-4 py-2 text-right">
        {refundedMinor > 0 ? (
          <Money minor={refundedMinor} currency={currency} />
        ) : (
          <span className="text-muted">–</span>
        )}
      </td>
      <td className="px-4 py-2">
        <StatusBadge tone={tones[status] ?? 'info'}>{paymentStatusLabel[status]}</StatusBadge>
        {failureMessage && <span className="mt-1 block text-sm text-muted">{failureMessage}</span>}
      </td>
    </tr>
  )
}

const howPaid = ({ provider, cardBrand, cardLast4 }: StaffPayment): string => {
  if (provider === 'in_store') return 'At the counter'
  const brand = cardBrand ? cardBrand.charAt(0).toUpperCase() + cardBrand.slice(1) : 'Card'
  return cardLast4 ? `${brand} ending in ${cardLast4}` : brand
}
