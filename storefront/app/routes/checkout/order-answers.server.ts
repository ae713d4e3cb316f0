// What both order pages do with their buttons: pay again, cancel, order again, withdraw a return. The page says whose order it is; nothing here asks.
import { fillCart } from '#app/domain/cart/fill-cart.server.ts'
import { cancelOrder } from '#app/domain/checkout/cancel.server.ts'
import { releaseCart } from '#app/domain/checkout/release-cart.server.ts'
import { resumePayment } from '#app/domain/checkout/resume-payment.server.ts'
import type { OrderStatus } from '#app/domain/orders/order-status.ts'
import type { OrderView } from '#app/domain/orders/order-view.ts'
import { cancelReturn } from '#app/domain/returns/request.server.ts'
import { returnNumber } from '#app/domain/returns/return-inputs.ts'
import { answerPage } from '#app/http/answer.server.ts'
import { cartOwner } from '#app/http/cart-owner.ts'
import { parse } from '#app/http/parse.server.ts'
import { type Args, byVisitor, setCartCookie } from '#app/http/session.server.ts'
import { DomainError, notFound } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'

/** Answers the posts of an order page that stands at `here`. `find` answers the order only to who may see it. */
export function answerOrderPage(args: Args, here: string, find: () => Promise<OrderView | null>) {
  const mine = async () => {
    const order = await find()
    if (!order) throw notFound('The order')
    return order
  }
  return answerPage(args, {
    pay: async ({ visitor }) => {
      const { paymentUrl } = await resumePayment(await mine(), byVisitor(visitor))
      return paymentUrl
        ? { to: paymentUrl }
        : { to: here, flash: { kind: 'good', text: 'This order is paid already. Thank you!' } }
    },
    cancel: async ({ visitor }) => {
      const order = await mine()
      if (!order.can.cancel && !order.cancelRequested && order.status !== 'cancelled')
        throw new DomainError('illegal_transition', 'This order can no longer be cancelled.')
      const { status } = await cancelOrder({ orderId: order.id, reason: 'Cancelled by you' }, byVisitor(visitor))
      return { to: here, flash: cancelWords(status, order) }
    },
    reorder: async ({ visitor }) => {
      const { lines } = await mine()
      const owner = cartOwner(visitor)
      await releaseCart(owner, byVisitor(visitor))
      const { cartId, notices } = await fillCart({ ...owner, lines }, byVisitor(visitor))
      if (!owner.userId && cartId !== owner.cartId) setCartCookie(args.context, cartId)
      const text = ['Your cart is filled, at today’s prices.', ...notices].join(' ')
      return { to: paths.cart(), flash: { kind: notices.length > 0 ? 'warn' : 'good', text } }
    },
    cancel_return: async ({ values, visitor }) => {
      const { id } = await mine()
      const { returnNumber: number } = parse(returnNumber, values)
      await cancelReturn({ orderId: id, number }, byVisitor(visitor))
      return { to: here, flash: { kind: 'good', text: `Your return ${number} is withdrawn.` } }
    },
  })
}

function cancelWords(status: OrderStatus, { totalMinor }: OrderView): { kind: 'good' | 'warn'; text: string } {
  if (status === 'cancelled' || status === 'expired')
    return { kind: 'good', text: 'Your order is cancelled. Nothing was charged.' }
  if (totalMinor === 0 && (status === 'refund_due' || status === 'refunded'))
    return { kind: 'good', text: 'Your order is cancelled. It cost nothing.' }
  if (status === 'refund_due' || status === 'refunded')
    return { kind: 'good', text: 'Your order is cancelled and your money is on its way back.' }
  if (status === 'awaiting_payment' || status === 'reserved' || status === 'placing')
    return { kind: 'warn', text: 'We are cancelling your order. This can take a few minutes.' }
  return { kind: 'warn', text: 'Your payment was faster than the cancellation: the order is paid.' }
}
