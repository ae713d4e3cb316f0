// What the admin's order page does after the sale: refunds by line, returns from yes to their money, a payment that does
// not fit. Each asks for its own permission; verbs decide and write the audit line.
import { closeReturn } from '#app/domain/checkout/close-return.server.ts'
import { endMismatch } from '#app/domain/checkout/end-mismatch.server.ts'
import { refundOrder } from '#app/domain/checkout/refund.server.ts'
import type { Permission } from '#app/domain/identity/roles.ts'
import { refundLinesInput, refundLinesOf, shippingOf } from '#app/domain/orders/refund-inputs.ts'
import { getOrderForStaff } from '#app/domain/orders/staff-queries.server.ts'
import { approveReturn, receiveReturn, rejectReturn } from '#app/domain/returns/decide.server.ts'
import { listReturnsOf } from '#app/domain/returns/queries.server.ts'
import { cancelReturn } from '#app/domain/returns/request.server.ts'
import { approveInput, receivedLines, rejectInput, returnNumber } from '#app/domain/returns/return-inputs.ts'
import { type Post, parse } from '#app/http/parse.server.ts'
import { type Args, byVisitor, requireStaff } from '#app/http/session.server.ts'
import { notFound } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'

/** Handlers for the posts of the admin's page of the order with this number. */
export function afterSaleHandlers(args: Args, number: string) {
  const done = (text: string, at: string) => ({
    to: `${paths.adminOrder(number)}#${at}`,
    flash: { kind: 'good' as const, text },
  })
  const order = async (permission: Permission) => {
    await requireStaff(args, permission)
    return getOrderForStaff(number)
  }
  return {
    refund_lines: async ({ values, visitor }: Post) => {
      const { id, currency } = await order('orders:refund')
      await refundOrder({ orderId: id, ...wantedOf(values, currency) }, byVisitor(visitor))
      return done('The refund is on its way.', 'payments')
    },
    refund_return: async ({ values, visitor }: Post) => {
      const { id, currency } = await order('orders:refund')
      const wanted = parse(returnNumber, values).returnNumber
      const found = (await listReturnsOf(id)).find((one) => one.number === wanted)
      if (!found) throw notFound('The return')
      const { lines, ...refund } = wantedOf(values, currency)
      const plain = lines.map((line) => ({ ...line, restock: false }))
      await refundOrder({ orderId: id, ...refund, lines: plain, returnId: found.id }, byVisitor(visitor))
      return done('The refund is on its way.', `return-${found.number}`)
    },
    return_approve: async ({ values, visitor }: Post) => {
      const { id } = await order('orders:refund')
      const { returnNumber: which, note } = parse(approveInput, values)
      await approveReturn({ orderId: id, number: which, note }, byVisitor(visitor))
      return done('Approved. The shopper gets a mail.', `return-${which}`)
    },
    return_reject: async ({ values, visitor }: Post) => {
      const { id } = await order('orders:refund')
      const { returnNumber: which, note } = parse(rejectInput, values)
      await rejectReturn({ orderId: id, number: which, note }, byVisitor(visitor))
      return done('Declined. The shopper gets a mail.', `return-${which}`)
    },
    return_cancel: async ({ values, visitor }: Post) => {
      const { id } = await order('orders:refund')
      const { returnNumber: which } = parse(returnNumber, values)
      await cancelReturn({ orderId: id, number: which }, byVisitor(visitor))
      return done('Closed: nothing came.', `return-${which}`)
    },
    return_close: async ({ values, visitor }: Post) => {
      const { id } = await order('orders:refund')
      const { returnNumber: which } = parse(returnNumber, values)
      await closeReturn({ orderId: id, number: which }, byVisitor(visitor))
      return done('Closed: nothing more is to be paid back.', `return-${which}`)
    },
    return_receive: async ({ values, visitor }: Post) => {
      const { id } = await order('orders:ship')
      const { returnNumber: which } = parse(returnNumber, values)
      await receiveReturn({ orderId: id, number: which, lines: receivedLines(values) }, byVisitor(visitor))
      return done('Written down. What goes back on the shelf is counted in a moment.', `return-${which}`)
    },
    end_mismatch: async ({ visitor }: Post) => {
      const { id } = await order('orders:refund')
      await endMismatch({ orderId: id }, byVisitor(visitor))
      return done('All of it goes back, and the order is over.', 'payments')
    },
  }
}

function wantedOf(values: Record<string, string>, currency: string) {
  const { shipping, reason, formKey } = parse(refundLinesInput, values)
  return { lines: refundLinesOf(values), shippingMinor: shippingOf(shipping, currency), reason, formKey }
}
