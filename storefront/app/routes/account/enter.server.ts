// What happens at the door, for log-in and sign-up alike: the guest's cart comes along, then a new session is opened.
import { findCartOf } from '#app/domain/cart/cart.server.ts'
import { mergeCarts } from '#app/domain/cart/merge.server.ts'
import { freeCart } from '#app/domain/checkout/cancel.server.ts'
import { type Person, passwordMark } from '#app/domain/identity/people.server.ts'
import { isStaff } from '#app/domain/identity/roles.ts'
import { hasSecondFactor } from '#app/domain/identity/second-factor/factor.server.ts'
import { attachGuestOrders } from '#app/domain/orders/attach-guest-orders.server.ts'
import type { Flash } from '#app/http/flash.server.ts'
import { safeRedirect } from '#app/http/parse.server.ts'
import { setPendingLogIn } from '#app/http/pending-log-in.server.ts'
import { clearCartCookie, type RequestContext, signInVisitor } from '#app/http/session.server.ts'
import { type By, by } from '#app/lib/clock.ts'
import { paths } from '#app/paths.ts'

/**
 * Lets `person` in and says where to go on: `next` when it is a path of this shop. `greeting` opens the message. Whoever
 * has a second factor is asked for the code first (`bySecondFactor`: it was given).
 */
export async function enter(
  context: RequestContext,
  person: Person,
  { next, greeting, bySecondFactor = false }: { next: string | undefined; greeting: string; bySecondFactor?: boolean },
): Promise<{ to: string; flash?: Flash }> {
  if (!bySecondFactor && (await hasSecondFactor(person.id))) {
    setPendingLogIn(context, person.id, await passwordMark(person.id))
    return { to: paths.loginCode(safeRedirect(next, '') || undefined) }
  }
  const { cartId } = await context.visitor()
  const self = by(`user:${person.id}`)
  if (await findCartOf({ userId: null, cartId })) await freeOwnCart(person.id, self)
  const { notices } = await mergeCarts({ guestCartId: cartId, userId: person.id }, self)
  const lowered = notices.length > 0
  notices.push(...(await welcomeGuestOrders(person)))
  await signInVisitor(context, person.id, { bySecondFactor })
  // From now on the cart is found by its owner.
  clearCartCookie(context)
  return {
    to: safeRedirect(next, isStaff(person.role) ? paths.admin() : paths.account()),
    flash: { kind: lowered ? 'warn' : 'good', text: [greeting, ...notices].join(' ') },
  }
}

/**
 * Past orders that were made as a guest with the person's address join their account, when the address is confirmed. Asked
 * at every log-in: what a crash left out is made up for. Answers what to tell.
 */
export async function welcomeGuestOrders({ id: userId, email, emailVerified }: Person): Promise<string[]> {
  const joined = emailVerified ? await attachGuestOrders({ userId, email }) : 0
  if (joined === 0) return []
  return [
    joined === 1
      ? 'An earlier order of yours is in your account now.'
      : `${joined} earlier orders of yours are in your account now.`,
  ]
}

/** A cart that waits for its payment page is set free, so that what was chosen as a guest can join it. */
async function freeOwnCart(userId: string, self: By): Promise<void> {
  const own = await findCartOf({ userId, cartId: null })
  if (own?.status === 'checking_out') await freeCart(own.id, self)
}
