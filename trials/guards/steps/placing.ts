// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of sources are quoted here
// Guards of the road from a cart to a payment page: one order a checkout, at the price that was seen, its goods held once.
import { cut, type Guard, seenBy } from '../guard.ts'

const checkout = 'storefront/app/domain/checkout'
const steps = `${checkout}/steps`
const flow = `${checkout}/checkout.db.test.ts`
const leases = `${checkout}/leases.db.test.ts`
const crash = `${checkout}/crash.db.test.ts`
const whilePlacing = seenBy(crash, '%s: the completer brings the order to its payment page, goods held once, one page')

export const placing: readonly Guard[] = [
  cut(
    'the cart is locked while its order is written',
    'lock',
    'storefront/app/domain/cart/checking-out.server.ts',
    ['findById(cartId).forUpdate()', 'findById(cartId)'],
    seenBy(flow, 'two tabs with two forms of one cart land on one order'),
  ),
  cut(
    'another person’s cart is never ordered',
    'check',
    'storefront/app/domain/cart/checking-out.server.ts',
    ['(row.userId !== null && row.userId !== userId)', 'false'],
    seenBy(flow, 'another person’s checkout word and cart open nothing'),
  ),
  cut(
    'a checkout’s word opens its own cart’s order only',
    'check',
    `${checkout}/place-order.server.ts`,
    ['order.cartId !== input.cartId || (order.userId !== null && order.userId !== input.userId)', 'false'],
    seenBy(flow, 'another person’s checkout word and cart open nothing'),
  ),
  cut(
    'the word of a checkout is looked up before anything',
    'key',
    `${checkout}/place-order.server.ts`,
    ['if (replayed) return', 'if (false) return'],
    seenBy(flow, 'the same post sent again later, also after paying, is still that order'),
  ),
  cut(
    'a live order of the cart is landed on, not doubled',
    'check',
    `${checkout}/place-order.server.ts`,
    ['if (newest && (isLive(newest.status) || newest.checkoutKey === input.checkoutKey)) return newest', ''],
    seenBy(flow, 'two tabs with two forms of one cart land on one order'),
  ),
  cut(
    'the total is worked out anew and must be the one that was seen',
    'check',
    `${checkout}/place-order.server.ts`,
    ['if (quote.hash === confirmed)', 'if (confirmed)'],
    seenBy(flow, 'a price that changed since the page was shown stops it: the shopper confirms the new total'),
  ),
  cut(
    'the seal of a total is ours',
    'check',
    'storefront/app/domain/cart/quote-seal.server.ts',
    ['return isOurs ? hash : null', 'return hash'],
    seenBy(
      'storefront/app/routes/checkout/sealed-total.db.test.ts',
      'a forged, altered, foreign or missing seal is refused, and nothing of it is shown as seen',
    ),
  ),
  cut(
    'the cart’s version is the one that was quoted',
    'check',
    `${checkout}/place-order.server.ts`,
    ['if (cart.version !== quote.cartVersion)', 'if (false)'],
    seenBy(leases, 'a cart that changes while its total is worked out is not ordered as it was'),
  ),
  cut(
    'a cart changes under the version that was read',
    'conditional update',
    'storefront/app/domain/cart/change-cart.server.ts',
    ['.where({ id: cart.id, version: cart.version, status: ', '.where({ id: cart.id, status: '],
    seenBy('storefront/app/domain/cart/cart.db.test.ts', 'twenty clicks at once are all counted'),
  ),
  cut(
    'a cart that is being paid for is not changed',
    'check',
    'storefront/app/domain/cart/change-cart.server.ts',
    ["if (cart.status === 'checking_out')", 'if (false)'],
    seenBy(
      'storefront/app/domain/cart/cart.db.test.ts',
      'a cart that is being paid for cannot be changed, and can again when the payment came to nothing',
    ),
  ),
  cut(
    'the hold is asked for under the order’s own id',
    'key',
    `${steps}/before-payment.server.ts`,
    ['await reserve({ ref: order.id,', 'await reserve({ ref: `${order.id}:${performance.now()}`,'],
    whilePlacing,
  ),
  cut(
    'who lost the lease writes no hold down',
    'lease',
    `${steps}/before-payment.server.ts`,
    ['if (!(await holdsLease(trx, lease))) return', ''],
    seenBy(leases, 'writes no hold down'),
  ),
  cut(
    'who lost the lease writes no payment page down',
    'lease',
    `${steps}/open-payment.server.ts`,
    ['if (!(await holdsLease(trx, lease))) return', ''],
    seenBy(leases, 'writes no payment page down'),
  ),
  cut(
    'a page is asked for under order/{id}/session/{attempt}',
    'key',
    'storefront/app/domain/payments/stripe.server.ts',
    ['`order/${input.orderId}/session/${input.attempt}`', '`order/${performance.now()}`'],
    whilePlacing,
  ),
  cut(
    'the end of a page is fixed before it is asked for',
    'order of steps',
    'storefront/app/domain/payments/payments.server.ts',
    [".whereNull('sessionExpiresAt')", ''],
    seenBy(leases, 'seconds after the answer was lost, the provider is asked for the very same page'),
  ),
  cut(
    'goods are held longer than a page to pay for them lives',
    'order of steps',
    `${steps}/constants.ts`,
    ['holdSeconds = 45 * 60', 'holdSeconds = 31 * 60'],
    seenBy(
      `${steps}/steps.test.ts`,
      'goods are held longer than any page to pay for them lives; a page lives as long as Stripe asks at least',
    ),
  ),
  cut(
    'no page is opened that the hold does not outlive',
    'check',
    `${steps}/open-payment.server.ts`,
    ['addSeconds(by.at, sessionSeconds + graceSeconds)', 'by.at'],
    seenBy(`${steps}/steps.test.ts`, 'a page is opened only while the hold outlives it'),
  ),
  cut(
    'an order without hold is given up in time',
    'check',
    `${steps}/before-payment.server.ts`,
    ['givenUp || addSeconds(order.placedAt, placingGivesUpSeconds) < by.at', 'givenUp'],
    seenBy(flow, 'stock that cannot be held for two minutes: the order is given up and the cart is open again'),
  ),
]

export const leasesOfOrders: readonly Guard[] = [
  cut(
    'completers share orders out without waiting',
    'lock',
    'storefront/app/domain/orders/work.server.ts',
    ['LIMIT ? FOR UPDATE SKIP LOCKED', 'LIMIT ? FOR UPDATE'],
    seenBy(leases, 'an order that another completer is taking is left to it, and nobody waits'),
  ),
  cut(
    'a leased order is no completer’s',
    'lease',
    'storefront/app/domain/orders/work.server.ts',
    [
      'WHERE next_attempt_at <= now() AND (lease_until IS NULL OR lease_until < now())',
      'WHERE next_attempt_at <= now()',
    ],
    seenBy(
      leases,
      'an order that somebody works on is taken by no completer, though it was woken, until the lease is over',
    ),
  ),
  cut(
    'a leased order is no request’s',
    'lease',
    'storefront/app/domain/orders/work.server.ts',
    ['WHERE id = ? AND (lease_until IS NULL OR lease_until < now()) RETURNING id', 'WHERE id = ? RETURNING id'],
    seenBy(leases, 'an order that somebody works on is taken by no request'),
  ),
  {
    name: 'a lease is ended by its holder only',
    kind: 'lease',
    removal: {
      cuts: [
        {
          file: 'storefront/app/domain/orders/work.server.ts',
          text: '[seconds, lease.orderId, lease.token]',
          instead: '[seconds, lease.orderId, db().raw("lease_token")]',
        },
      ],
    },
    test: seenBy(leases, 'ends nobody’s lease, neither when done nor when failed'),
  },
  cut(
    'who wakes an order meanwhile is not overheard',
    'conditional update',
    'storefront/app/domain/orders/work.server.ts',
    ['next_attempt_at IS NOT DISTINCT FROM lease_until', 'true'],
    seenBy(
      leases,
      'an order that was woken while it was worked on is looked at at once, however late its worker wanted',
    ),
  ),
  cut(
    'an order moves under its lock',
    'lock',
    'storefront/app/domain/orders/transition.server.ts',
    ['findById(orderId).forUpdate()', 'findById(orderId)'],
    seenBy(
      'storefront/app/domain/orders/transition.db.test.ts',
      'two at once: one moves the order, the other hears that it is already so',
    ),
  ),
  cut(
    'a move must be in the table of moves',
    'check',
    'storefront/app/domain/orders/transition.server.ts',
    ['if (!canMove(move, order.status))', 'if (false)'],
    seenBy(
      'storefront/app/domain/orders/transition.db.test.ts',
      '%s from %s: moves and tells, says “already so”, or refuses and writes nothing',
    ),
  ),
  cut(
    'what a move tells is written in the move’s own transaction',
    'order of steps',
    'storefront/app/domain/orders/transition.server.ts',
    ['await append(trx, topic,', "await append((await import('#app/lib/db.server.ts')).db() as never, topic,"],
    seenBy('storefront/app/domain/orders/transition.db.test.ts', 'a move that is taken back was never told'),
  ),
]
