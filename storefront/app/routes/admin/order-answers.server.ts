// What the admin's order page does with its buttons: each asks for its own permission. Nothing here decides; verbs do.
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { handOver } from '#app/domain/checkout/hand-over.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import { limitByAccount } from '#app/domain/identity/rate-limit.server.ts'
import { resendMessage } from '#app/domain/messages/resend.server.ts'
import { deliverOrder } from '#app/domain/orders/deliver.server.ts'
import type { OrderStatus } from '#app/domain/orders/order-status.ts'
import { readyForPickup } from '#app/domain/orders/pickup.server.ts'
import { shipOrder } from '#app/domain/orders/ship.server.ts'
import {
  cancelInput,
  deliverInput,
  handOverInput,
  parcelLinesOf,
  refundInput,
  shipInput,
} from '#app/domain/orders/staff-inputs.ts'
import { getOrderForStaff } from '#app/domain/orders/staff-queries.server.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { type Args, byVisitor, requireStaff } from '#app/http/session.server.ts'
import { DomainError } from '#app/lib/errors.ts'
import { parseMoney } from '#app/lib/money.ts'
import { paths } from '#app/paths.ts'
import { afterSaleHandlers } from './after-sale-answers.server.ts'

const isTooLate = (status: OrderStatus) => status === 'refund_due' || status === 'refunded'

/** Answers the posts of the admin's page of the order with this number. */
export async function answerAdminOrder(args: Args, number: string) {
  const to = paths.adminOrder(number)
  const good = (text: string) => ({ to, flash: { kind: 'good' as const, text } })
  return answerPage(args, {
    ...afterSaleHandlers(args, number),
    ship: async ({ values, visitor }) => {
      await requireStaff(args, 'orders:ship')
      const { id } = await getOrderForStaff(number)
      const parcel = parse(shipInput, values)
      const sent = await shipOrder({ orderId: id, ...parcel, lines: parcelLinesOf(values) }, byVisitor(visitor))
      return good(`Parcel ${sent.parcelNo} is on its way. The shopper gets a mail.`)
    },
    resend: async ({ values, visitor }) => {
      await requireStaff(args, 'messages:send')
      const { label } = await resendMessage({ id: values.id ?? '', orderNumber: number }, byVisitor(visitor))
      return { ...good(`“${label}” is sent again.`), to: `${to}#messages` }
    },
    deliver: async ({ values, visitor }) => {
      await requireStaff(args, 'orders:ship')
      const { id } = await getOrderForStaff(number)
      await deliverOrder({ orderId: id, ...parse(deliverInput, values) }, byVisitor(visitor))
      return good('Marked as delivered.')
    },
    ready: async ({ visitor }) => {
      await requireStaff(args, 'orders:ship')
      const { id } = await getOrderForStaff(number)
      await readyForPickup({ orderId: id }, byVisitor(visitor))
      return good('Ready for pickup. The shopper gets a mail with the collection code.')
    },
    hand_over: async ({ values, visitor }) => {
      await requireStaff(args, 'orders:ship')
      const { id } = await getOrderForStaff(number)
      const { code, tender } = parse(handOverInput, values)
      // Six characters could be guessed; ten tries a quarter of an hour cannot.
      await limitByAccount('collection_code', id)
      const { status } = await handOver({ orderId: id, code, tender }, byVisitor(visitor))
      return isTooLate(status)
        ? {
            to,
            flash: { kind: 'warn' as const, text: 'Keep the goods: they were sold meanwhile. Give the money back.' },
          }
        : good('Handed over.')
    },
    cancel: async ({ values, visitor }) => {
      await requireStaff(args, 'orders:cancel')
      const { id } = await getOrderForStaff(number)
      await cancelOrder({ orderId: id, ...parse(cancelInput, values) }, byVisitor(visitor))
      return good('The order is cancelled. What was paid is given back, the goods go to stock.')
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
