// One order for staff: what was bought, where it goes, and the verbs that its status allows.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { can } from '#app/domain/identity/roles.ts'
import { deliverOrder } from '#app/domain/orders/deliver.server.ts'
import { shipOrder } from '#app/domain/orders/ship.server.ts'
import { cancelInput, deliverInput, parcelLinesOf, refundInput, shipInput } from '#app/domain/orders/staff-inputs.ts'
import { getOrderForStaff } from '#app/domain/orders/staff-queries.server.ts'
import { paymentStatusLabel } from '#app/domain/payments/payment-status.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { newToken } from '#app/lib/ids.ts'
import { parseMoney } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { CancelForm, DeliverForm, RefundForm, ShipForm } from '#app/ui/admin-order-forms.tsx'
import { Money, When } from '#app/ui/money.tsx'
import { AddressLines, OrderStatusBadge, SumsTable } from '#app/ui/order-parts.tsx'
import { Breadcrumb, PageTitle } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireStaff(args, 'orders:read')
  const order = await answerLoader(() => getOrderForStaff(args.params.number ?? ''))
  const may = {
    ship: order.can.ship && can(user.role, 'orders:ship'),
    deliver: order.can.deliver && can(user.role, 'orders:ship'),
    cancel: order.can.cancel && can(user.role, 'orders:cancel'),
    refund: order.can.refund && can(user.role, 'orders:refund'),
  }
  return { order, may, refundKey: newToken() }
}

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'orders:read')
  const number = args.params.number ?? ''
  const to = paths.adminOrder(number)
  const good = (text: string) => ({ to, flash: { kind: 'good' as const, text } })
  return answerPage(args, {
    ship: async ({ values, visitor }) => {
      await requireStaff(args, 'orders:ship')
      const { id } = await getOrderForStaff(number)
      const parcel = parse(shipInput, values)
      const sent = await shipOrder({ orderId: id, ...parcel, lines: parcelLinesOf(values) }, byVisitor(visitor))
      return good(`Parcel ${sent.parcelNo} is on its way. The shopper gets a mail.`)
    },
    deliver: async ({ values, visitor }) => {
      await requireStaff(args, 'orders:ship')
      const { id } = await getOrderForStaff(number)
      await deliverOrder({ orderId: id, ...parse(deliverInput, values) }, byVisitor(visitor))
      return good('Marked as delivered.')
    },
    cancel: async ({ values, visitor }) => {
      await requireStaff(args, 'orders:cancel')
      const { id } = await getOrderForStaff(number)
      await cancelOrder({ orderId: id, ...parse(cancelInput, values) }, byVisitor(visitor))
      return good('The order is cancelled. What was paid goes back to the card, the goods to stock.')
    },
    refund: async ({ values, visitor }) => {
      await requireStaff(args, 'orders:refund')
      const { id, currency } = await getOrderForStaff(number)
      const { amount, reason, formKey } = parse(refundInput, values)
      const amountMinor = parseMoney(amount, currency)
      if (!amountMinor)
        throw new DomainError('validation_failed', 'Please check the amount.', {
          fields: { amount: ['An amount like 12.50.'] },
        })
      await refundOrder({ orderId: id, amountMinor, reason, formKey }, byVisitor(visitor))
      return good('The refund is on its way.')
    },
  })
}

export default function AdminOrder() {
  const { order, may, refundKey } = useLoaderData<typeof loader>()
  const answer = useActionData()
  return (
    <>
      <Breadcrumb items={[{ name: 'Orders', to: paths.adminOrders() }, { name: order.number }]} />
      <PageTitle title={`Order ${order.number}`}>
        <OrderStatusBadge status={order.status} label={order.statusLabel} />
      </PageTitle>
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-1 gap-6">
          <Lines order={order} />
          {may.ship && <ShipForm order={order} problem={problemOf(answer, 'ship')} />}
          <Parcels order={order} mayDeliver={may.deliver} problem={problemOf(answer, 'deliver')} />
          <Payments order={order} />
          {may.refund && <RefundForm order={order} formKey={refundKey} problem={problemOf(answer, 'refund')} />}
          {may.cancel && <CancelForm order={order} problem={problemOf(answer, 'cancel')} />}
        </div>
        <aside className="grid gap-6">
          <section className="card p-5">
            <SumsTable sums={order.amounts} currency={order.currency} shippingName={order.shippingMethodName} />
          </section>
          <section className="card grid gap-3 p-5">
            <h2 className="text-lg">Deliver to</h2>
            <AddressLines address={order.shippingAddress} />
            <p className="text-sm break-words text-muted">
              {order.email}
              {order.phone && ` · ${order.phone}`}
              {order.isGuest && ' · guest'}
            </p>
            {order.note && <p className="border-l-2 border-line pl-3 text-sm">“{order.note}”</p>}
          </section>
          <Timeline order={order} />
        </aside>
      </div>
    </>
  )
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>['order']

function Lines({ order }: { order: Loaded }) {
  return (
    <section className="card p-5">
      <h2 className="mb-3 text-lg">Goods</h2>
      <ul className="divide-y divide-line">
        {order.lines.map((line) => (
          <li key={line.sku} className="flex items-center gap-4 py-3">
            {line.imageSrc && (
              <img
                src={`${line.imageSrc}-320.webp`}
                alt=""
                width={56}
                height={56}
                className="size-14 rounded-lg"
                loading="lazy"
              />
            )}
            <div className="min-w-0 flex-1">
              <Link to={paths.adminProduct(line.productId)} className="font-semibold hover:underline">
                {line.title}
              </Link>
              <p className="text-sm text-muted">
                {[line.variantTitle, line.sku].filter(Boolean).join(' · ')}
                {line.leftToSend > 0 && line.leftToSend < line.quantity && ` · ${line.leftToSend} left to send`}
              </p>
            </div>
            <p className="nums text-right whitespace-nowrap">
              {line.quantity} × <Money minor={line.unitPriceMinor} currency={order.currency} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Parcels({
  order,
  mayDeliver,
  problem,
}: {
  order: Loaded
  mayDeliver: boolean
  problem: ReturnType<typeof problemOf>
}) {
  if (order.parcels.length === 0) return null
  return (
    <section className="card p-5">
      <h2 className="mb-3 text-lg">Parcels</h2>
      <ul className="grid gap-4">
        {order.parcels.map((parcel) => (
          <li key={parcel.parcelNo} className="flex flex-wrap items-center justify-between gap-3">
            <div>
              <p className="font-semibold">
                Parcel {parcel.parcelNo} <span className="font-normal text-muted">· {parcel.status}</span>
              </p>
              <p className="text-sm text-muted">
                {[parcel.carrier, parcel.trackingNumber].filter(Boolean).join(' ') || 'Without tracking'} ·{' '}
                {parcel.lines.map((line) => `${line.quantity} × ${line.sku}`).join(', ')}
              </p>
            </div>
            {mayDeliver && parcel.status === 'shipped' && <DeliverForm parcelNo={parcel.parcelNo} problem={problem} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Payments({ order }: { order: Loaded }) {
  if (order.payments.length === 0) return null
  return (
    <section className="card p-5">
      <h2 className="mb-3 text-lg">Payment</h2>
      <ul className="grid gap-2">
        {order.payments.map((payment) => (
          <li key={payment.attempt} className="flex flex-wrap justify-between gap-x-4">
            <span>
              {paymentStatusLabel[payment.status]}
              {payment.cardLast4 && (
                <span className="text-muted">
                  {' '}
                  · {payment.cardBrand} ending in {payment.cardLast4}
                </span>
              )}
              {payment.failureMessage && <span className="block text-sm text-muted">{payment.failureMessage}</span>}
            </span>
            <Money minor={payment.amountMinor} currency={order.currency} className="nums" />
          </li>
        ))}
        {order.refunds.map((refund) => (
          <li key={refund.id} className="flex flex-wrap justify-between gap-x-4">
            <span>
              Refund {refund.status}
              <span className="text-muted">
                {' '}
                · <When date={refund.createdAt} />
                {refund.reason && ` · ${refund.reason}`}
              </span>
              {refund.failureReason && <span className="block text-sm text-bad">{refund.failureReason}</span>}
            </span>
            <Money minor={-refund.amountMinor} currency={order.currency} className="nums" />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Timeline({ order }: { order: Loaded }) {
  return (
    <section className="card p-5">
      <h2 className="mb-3 text-lg">What happened</h2>
      <ol className="grid gap-3 border-l-2 border-line pl-4">
        {order.timeline.map((entry) => (
          <li key={`${entry.at} ${entry.kind} ${entry.message}`}>
            <p>{entry.message}</p>
            <p className="text-sm text-muted">
              <When date={entry.at} time /> · {entry.actor.split(':')[0]}
              {!entry.isPublic && ' · not shown to the shopper'}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
