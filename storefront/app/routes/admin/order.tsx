// One order for staff: what was bought, where it goes, and the verbs that its status allows.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { getAfterSaleForStaff } from '#app/domain/checkout/after-sale.server.ts'
import { can } from '#app/domain/identity/roles.ts'
import { getOrderForStaff } from '#app/domain/orders/staff-queries.server.ts'
import { listMessagesOf } from '#app/domain/outbox/history.server.ts'
import { listFlights } from '#app/domain/payments/flight-recorder.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { newToken } from '#app/lib/ids.ts'
import { paths } from '#app/paths.ts'
import { DisputeBanner, MismatchForm, RefundLinesForm } from '#app/ui/admin-after-sale.tsx'
import { CancelForm, RefundForm, ShipForm } from '#app/ui/admin-order-forms.tsx'
import { OrderMessages } from '#app/ui/admin-order-messages.tsx'
import { OrderGoods, OrderParcels, OrderPayments, OrderRecipient, OrderTimeline } from '#app/ui/admin-order-parts.tsx'
import { PickupPanel } from '#app/ui/admin-pickup.tsx'
import { AdminReturns } from '#app/ui/admin-returns.tsx'
import { StaffDocuments } from '#app/ui/order-after-sale.tsx'
import { OrderStatusBadge, SumsTable } from '#app/ui/order-parts.tsx'
import { Breadcrumb, PageTitle } from '#app/ui/parts.tsx'
import { WhyTotal } from '#app/ui/why-total.tsx'
import { answerAdminOrder } from './order-answers.server.ts'

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireStaff(args, 'orders:read')
  const order = await answerLoader(() => getOrderForStaff(args.params.number ?? ''))
  const [messages, afterSale, flights] = await answerLoader(() =>
    Promise.all([listMessagesOf(order.id), getAfterSaleForStaff(order.id), listFlights(order.id)]),
  )
  const may = {
    makeReady: order.can.makeReady && can(user.role, 'orders:ship'),
    handOver: order.can.handOver && can(user.role, 'orders:ship'),
    ship: order.can.ship && can(user.role, 'orders:ship'),
    deliver: order.can.deliver && can(user.role, 'orders:ship'),
    cancel: order.can.cancel && can(user.role, 'orders:cancel'),
    refund: order.can.refund && can(user.role, 'orders:refund'),
    endMismatch: afterSale.mismatch && can(user.role, 'orders:refund'),
    decide: can(user.role, 'orders:refund'),
    receive: can(user.role, 'orders:ship'),
    send: can(user.role, 'messages:send'),
  }
  const { collectBy, collectedAt } = order.pickup ?? {}
  const isWaiting = order.can.handOver && collectBy && !collectedAt
  const isOverdue = Boolean(isWaiting && collectBy < new Date())
  return { order, messages, afterSale, flights, may, isOverdue, refundKey: newToken() }
}

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'orders:read')
  return answerAdminOrder(args, args.params.number ?? '')
}

export default function AdminOrder() {
  const { order, messages, afterSale, flights, may, isOverdue, refundKey } = useLoaderData<typeof loader>()
  const answer = useActionData()
  return (
    <>
      <Breadcrumb items={[{ name: 'Orders', to: paths.adminOrders() }, { name: order.number }]} />
      <PageTitle title={`Order ${order.number}`}>
        <OrderStatusBadge status={order.status} label={order.statusLabel} />
      </PageTitle>
      <DisputeBanner disputes={afterSale.disputes} />
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-1 gap-6">
          <OrderGoods order={order} />
          {order.pickup && (
            <PickupPanel
              order={order}
              pickup={order.pickup}
              may={may}
              isOverdue={isOverdue}
              problem={problemOf(answer)}
            />
          )}
          {may.ship && <ShipForm order={order} problem={problemOf(answer, 'ship')} />}
          {!order.pickup && (
            <OrderParcels order={order} mayDeliver={may.deliver} problem={problemOf(answer, 'deliver')} />
          )}
          <OrderPayments order={order} />
          {may.endMismatch && <MismatchForm problem={problemOf(answer, 'end_mismatch')} />}
          <AdminReturns
            afterSale={afterSale}
            currency={order.currency}
            formKey={refundKey}
            may={may}
            problem={problemOf(answer)}
          />
          {may.refund && (
            <RefundLinesForm
              afterSale={afterSale}
              currency={order.currency}
              formKey={refundKey}
              problem={problemOf(answer, 'refund_lines')}
            />
          )}
          {may.refund && <RefundForm order={order} formKey={refundKey} problem={problemOf(answer, 'refund')} />}
          {may.cancel && <CancelForm order={order} problem={problemOf(answer, 'cancel')} />}
          <OrderMessages order={order} messages={messages} maySend={may.send} problem={problemOf(answer, 'resend')} />
        </div>
        <aside className="grid gap-6">
          <section className="card p-5">
            <SumsTable
              sums={{ ...order.amounts, coupon: order.coupon, fulfilment: order.pickup ? 'pickup' : 'delivery' }}
              currency={order.currency}
              shippingName={order.shippingMethodName}
            />
            <WhyTotal order={{ ...order, ...order.amounts }} download={paths.adminOrderTotal(order.number)} />
          </section>
          <OrderRecipient order={order} />
          <StaffDocuments number={order.number} documents={afterSale.documents} />
          <OrderTimeline order={order} flights={flights} />
        </aside>
      </div>
    </>
  )
}
