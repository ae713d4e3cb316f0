// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of sources are quoted here
// Guards of money: what the provider says is read again, written once, and goes back once.
import { cut, type Guard, seenBy } from '../guard.ts'

const checkout = 'storefront/app/domain/checkout'
const steps = `${checkout}/steps`
const payments = 'storefront/app/domain/payments'
const money = `${checkout}/money.db.test.ts`
const crash = `${checkout}/crash.db.test.ts`
const leases = `${checkout}/leases.db.test.ts`
const webhooks = 'storefront/app/api/webhooks.db.test.ts'
const mismatch = seenBy(money, '%s than the order asks for is never shipped: a person must look')
const paidOnce = seenBy(money, 'webhook and return page at the same time: paid once, told once')

export const settling: readonly Guard[] = [
  cut(
    'an event is a hint: its object is read again at the provider',
    'order of steps',
    `${checkout}/webhook-handlers.server.ts`,
    [
      'const session = await retrievePayable(event.objectId)',
      "const session = (await import('#app/domain/payments/stripe.server.ts')).toSession((event.payload as any).data.object)",
    ],
    seenBy(webhooks, 'an event’s own words are not believed: a forged “paid” of an unpaid page changes nothing'),
  ),
  cut(
    'the amount is the one that was asked for',
    'check',
    `${steps}/settle-payment.server.ts`,
    ['session.amountMinor !== payment.amountMinor || ', ''],
    mismatch,
  ),
  cut(
    'the currency is the one that was asked for',
    'check',
    `${steps}/settle-payment.server.ts`,
    [' || session.currency !== payment.currency', ''],
    mismatch,
  ),
  cut(
    'a page pays the order that it was made for',
    'check',
    `${steps}/settle-payment.server.ts`,
    ['providerSessionId === session.id || ', 'providerSessionId !== null || '],
    seenBy(money, 'a cheap order’s payment does not pay a dear one'),
  ),
  cut(
    'money is recorded though we never stored its page',
    'check',
    `${steps}/settle-payment.server.ts`,
    [' || (providerSessionId === null && id === session.paymentId)', ''],
    seenBy(money, 'the result arrives before we had stored which page it was: it is recorded all the same'),
  ),
  cut(
    'a payment that is known is not taken again',
    'check',
    `${steps}/settle-payment.server.ts`,
    ["if (payment.status === 'succeeded' || payment.status === 'succeeded_duplicate') return 'already'", ''],
    paidOnce,
  ),
  {
    name: 'money is recorded under the locks of its order and its payments',
    kind: 'lock',
    removal: {
      cuts: [
        {
          file: 'storefront/app/domain/orders/transition.server.ts',
          text: 'findById(orderId).forUpdate()',
          instead: 'findById(orderId)',
        },
        {
          file: `${payments}/payments.server.ts`,
          text: "orderBy('attempt').forUpdate()",
          instead: "orderBy('attempt')",
        },
        {
          file: `${payments}/payments.server.ts`,
          text: 'findById(paymentId).forUpdate()',
          instead: 'findById(paymentId)',
        },
      ],
    },
    test: paidOnce,
  },
  cut(
    'a second payment is kept apart and booked to go back',
    'check',
    `${steps}/settle-payment.server.ts`,
    ['const twice = effectivePayment(payments) !== undefined', 'const twice = false'],
    seenBy(money, 'paid on two pages: the order is paid once, the second payment is recorded and goes back'),
  ),
  cut(
    'a page that is left open by a paid order is closed',
    'order of steps',
    `${checkout}/sweep.server.ts`,
    ['if (payment) await closeOne(order, payment, by)', ''],
    seenBy(money, 'once paid, a second page that is still open is closed at the provider'),
  ),
  cut(
    'the return page asks the provider itself',
    'order of steps',
    `${checkout}/settle-on-return.server.ts`,
    ['const known = await settle({ orderId }, by)', 'const known = null'],
    seenBy(
      'storefront/app/routes/checkout/order-pages.db.test.ts',
      'after paying: the order is paid before any webhook came, and the shopper is thanked',
    ),
  ),
  cut(
    'the completer asks the provider when no webhook comes',
    'order of steps',
    `${steps}/before-payment.server.ts`,
    [
      'const settled = await settlePayment(payment.providerSessionId, by).catch((error: unknown) => {',
      "if (payment.status === 'open') return { in: 3600 }\n  const settled = await settlePayment(payment.providerSessionId, by).catch((error: unknown) => {",
    ],
    seenBy(money, 'a webhook that never comes: the completer asks by itself and the order is paid'),
  ),
  cut(
    'the invoice is of the sale’s own transaction',
    'lock',
    'storefront/app/domain/invoices/issue.server.ts',
    [
      ".increment('lastNumber', 1)\n    .returning('lastNumber')\n  return row.lastNumber",
      ".select('lastNumber')\n  await trx('document_counters').where({ series, year }).update({ lastNumber: row.lastNumber + 1 })\n  return row.lastNumber + 1",
    ],
    seenBy(
      `${checkout}/after-sale.db.test.ts`,
      'of twenty orders at once, some of which roll back, are numbered one to twenty without a hole',
    ),
  ),
]

export const ending: readonly Guard[] = [
  cut(
    'the page is made unpayable before its order ends',
    'order of steps',
    `${steps}/end-unpaid.server.ts`,
    ['if (payment) await closePage(order, payment, by)', ''],
    seenBy(money, 'an unpaid order: the page is closed at the provider first, then the goods go back'),
  ),
  cut(
    'an order whose page may still be paid does not end',
    'check',
    `${steps}/end-unpaid.server.ts`,
    [
      "if (!isLive(now.status) || left?.status === 'processing' || left?.status === 'open') return",
      'if (!isLive(now.status)) return',
    ],
    seenBy(money, 'an order whose money is on its way at the bank does not end, and is paid when it comes'),
  ),
  cut(
    'goods to be released are written down with the end of the order',
    'order of steps',
    `${steps}/settle-payment.server.ts`,
    ['const patch = { releasePending: true }', 'const patch = {}'],
    seenBy(crash, '%s: the order is cancelled, its page closed, its goods free, its cart open'),
  ),
  cut(
    'the wish to cancel is written before anybody is asked',
    'order of steps',
    'storefront/app/domain/orders/cancel.server.ts',
    [
      ".patch({ cancelRequestedAt: by.at, cancelReason: reason, nextAttemptAt: raw('now()') })",
      '.patch({ updatedAt: by.at })',
    ],
    seenBy(crash, '%s: the order is cancelled, its page closed, its goods free, its cart open'),
  ),
  cut(
    'who had cancelled and pays late gets the money back, not the goods',
    'check',
    `${steps}/after-payment.server.ts`,
    ["if (order.cancelRequestedAt) return owe(order, 'Cancelled before the payment arrived', by)", ''],
    seenBy(money, 'after the shopper had cancelled: the money goes back even with stock left'),
  ),
  cut(
    'sold out after paying: the money is owed',
    'order of steps',
    `${steps}/after-payment.server.ts`,
    [
      "if (isDomainError(error, 'out_of_stock')) return owe(order, 'Sold out before the payment arrived', by)\n    if (!isDomainError",
      'if (!isDomainError',
    ],
    seenBy(money, 'after expiry with nothing left: the money goes back, once, and the shopper is told'),
  ),
]

export const refunding: readonly Guard[] = [
  cut(
    'a refund is asked for under refund/{id}',
    'key',
    `${payments}/stripe.server.ts`,
    ['{ idempotencyKey: row.idempotencyKey }', '{ idempotencyKey: String(performance.now()) }'],
    seenBy(crash, '%s: exactly one refund'),
  ),
  cut(
    'a refund of an older day is looked up before it is sent again',
    'order of steps',
    `${payments}/refunds.server.ts`,
    ['if (by.at.getTime() - row.createdAt.getTime() > keyLivesMs)', 'if (false)'],
    seenBy(money, 'older than a day: it is looked up at the provider before anything is sent again'),
  ),
  cut(
    'no more goes back than was taken',
    'check',
    `${payments}/refunds.server.ts`,
    ['if (amountMinor > left || amountMinor <= 0)', 'if (amountMinor <= 0)'],
    seenBy(money, 'never more than was paid, also when ten people press the button at once'),
  ),
  {
    name: 'refunds are booked under the locks of order and payment',
    kind: 'lock',
    removal: {
      cuts: [
        {
          file: 'storefront/app/domain/orders/transition.server.ts',
          text: 'findById(orderId).forUpdate()',
          instead: 'findById(orderId)',
        },
        {
          file: `${payments}/payments.server.ts`,
          text: "orderBy('attempt').forUpdate()",
          instead: "orderBy('attempt')",
        },
        {
          file: `${payments}/refunds.server.ts`,
          text: 'findById(input.paymentId).forUpdate().throwIfNotFound()',
          instead: 'findById(input.paymentId).throwIfNotFound()',
        },
      ],
    },
    test: seenBy(money, 'never more than was paid, also when ten people press the button at once'),
  },
  cut(
    'a refund’s form is one refund',
    'key',
    `${payments}/refunds.server.ts`,
    ['const formKey = input.formKey && `refund/${payment.orderId}/${input.formKey}`', 'const formKey = undefined'],
    seenBy(money, 'a form sent twice gives back once; with another amount it is refused'),
  ),
  cut(
    'refunds are shared out without waiting',
    'lock',
    `${payments}/refunds.server.ts`,
    ['LIMIT ? FOR UPDATE SKIP LOCKED', 'LIMIT ? FOR UPDATE'],
    seenBy(leases, 'a refund that another worker is taking is left to it, and nobody waits'),
  ),
  cut(
    'pieces are given back once, however many staff do it',
    'check',
    `${checkout}/refund-goods.server.ts`,
    ['if (!line || !Number.isInteger(quantity) || quantity < 1 || quantity > most)', 'if (!line)'],
    seenBy(
      `${checkout}/after-sale.db.test.ts`,
      'of nothing, of less, of a half, of more, of foreign things or twice the same are refused and change nothing',
    ),
  ),
]

export const coupons: readonly Guard[] = [
  cut(
    'a coupon is used within its limit',
    'conditional update',
    'storefront/app/domain/promotions/coupons.server.ts',
    ["active: true })\n    .whereRaw('(limit_total IS NULL OR used < limit_total)')", 'active: true })'],
    seenBy(
      `${checkout}/coupons.db.test.ts`,
      'of twenty who confirm with the last use at once, exactly one has it and nobody else is charged with it',
    ),
  ),
  cut(
    'a coupon is used by each customer within theirs',
    'check',
    'storefront/app/domain/promotions/coupons.server.ts',
    ['coupon.limitPerCustomer !== null && mine >= coupon.limitPerCustomer', 'false'],
    seenBy(
      `${checkout}/coupons.db.test.ts`,
      'per customer it counts the account and the mailbox, however that is typed, also at the same time',
    ),
  ),
  cut(
    'a coupon is the one that was quoted',
    'conditional update',
    'storefront/app/domain/promotions/coupons.server.ts',
    ['{ id: claim.couponId, version: claim.version, active: true }', '{ id: claim.couponId, active: true }'],
    seenBy(
      `${checkout}/coupons.db.test.ts`,
      'a coupon that staff change while the order is being written is not used as it was',
    ),
  ),
  cut(
    'a dead order gives its coupon back once',
    'conditional update',
    'storefront/app/domain/promotions/coupons.server.ts',
    ["if (use && !use.beyondLimit) await CouponModel.query(trx).findById(use.couponId).decrement('used', 1)", ''],
    seenBy(
      `${checkout}/coupons.db.test.ts`,
      'cancelled by the shopper, unpaid or paid; ended unpaid; refused for want of stock: each once',
    ),
  ),
]
