// Who is asking: the visitor of a request, from its cookies and the sessions table; guards for pages; log-in and log-out.
import { redirect } from '@remix-run/node'
import { coarseNetwork } from '#app/domain/identity/network.ts'
import { can, isStaff, type Permission, type Role } from '#app/domain/identity/roles.ts'
import { isRequiredOf } from '#app/domain/identity/second-factor/required.server.ts'
import { createSession, endSession, findSession } from '#app/domain/identity/sessions.server.ts'
import { cookie, cookieNames, readCookies, seal, sign, unsign } from '#app/http/cookies.server.ts'
import { type By, by } from '#app/lib/clock.ts'
import { newToken } from '#app/lib/ids.ts'
import { isUuid } from '#app/lib/uuid.ts'
import { paths } from '#app/paths.ts'

export type SessionUser = {
  id: string
  email: string
  name: string
  role: Role
  emailVerified: boolean
  /** Logged in with a one-time code too. */
  bySecondFactor: boolean
}
export type Visitor = {
  sid: string
  csrf: string
  user: SessionUser | null
  cartId: string | null
  ip: string
  userAgent: string
  /** Of this request, as its answer's X-Request-Id. */
  requestId: string
}

/** What the server hands to each loader, action and API handler. */
export type RequestContext = {
  nonce: string
  requestId: string
  visitor: () => Promise<Visitor>
  setCookie: (header: string) => void
}
export type Args = { request: Request; context: RequestContext }

const thirtyDays = 30 * 24 * 3600
// A guest's id has no row in the database; the prefix saves the look-up.
const guestPrefix = 'g.'
const sessionPrefix = 's.'
const sidShape = /^[gs]\.[A-Za-z0-9_-]{43}$/

/** Reads the visitor once a request; a new guest gets a session id so that forms can carry a token bound to it. */
export function visitorOf(
  request: Request,
  from: { ip: string; requestId: string },
  setCookie: (header: string) => void,
): () => Promise<Visitor> {
  let visitor: Promise<Visitor> | undefined
  return () => {
    visitor ??= readVisitor(request, from, setCookie)
    return visitor
  }
}

async function readVisitor(
  request: Request,
  { ip, requestId }: { ip: string; requestId: string },
  setCookie: (header: string) => void,
): Promise<Visitor> {
  const cookies = readCookies(request)
  let sid = cookies.get(cookieNames.session()) ?? ''
  const session =
    sidShape.test(sid) && sid.startsWith(sessionPrefix) ? await findSession(sid.slice(2), new Date()) : null
  if (!sidShape.test(sid) || (sid.startsWith(sessionPrefix) && !session)) {
    sid = guestPrefix + newToken()
    setCookie(cookie(cookieNames.session(), sid, thirtyDays))
  }
  const cartId = unsign('cart', cookies.get(cookieNames.cart()) ?? '')
  return {
    sid,
    csrf: seal('csrf', sid),
    user: session,
    cartId: cartId && isUuid(cartId) ? cartId : null,
    ip,
    userAgent: (request.headers.get('User-Agent') ?? '').slice(0, 300),
    requestId,
  }
}

/** The signed-in user, or a redirect to the log-in page that comes back here. */
export async function requireUser({ request, context }: Args): Promise<SessionUser> {
  const { user } = await context.visitor()
  if (user) return user
  const url = new URL(request.url)
  throw redirect(paths.login(request.method === 'GET' ? url.pathname + url.search : url.pathname))
}

/**
 * A member of staff who may do `permission`; guests are sent to log in, everybody else sees that the page is not there.
 * Where the shop requires a second factor, whoever has none is sent to set it up first.
 */
export async function requireStaff(args: Args, permission: Permission): Promise<SessionUser> {
  const user = await requireUser(args)
  if (!isStaff(user.role)) throw new Response('Not found', { status: 404 })
  if (isSecondFactorMissing(user)) throw redirect(paths.twoFactor())
  if (!can(user.role, permission)) throw new Response('Not allowed', { status: 403 })
  return user
}

/** Whether this shop lets `user` do nothing as staff until they have set up a second factor. */
export const isSecondFactorMissing = (user: Pick<SessionUser, 'role' | 'bySecondFactor'>): boolean =>
  isRequiredOf(user.role) && !user.bySecondFactor

/** Who acts, for a verb's second argument; of staff with the trace that the audit log keeps. */
export function byVisitor({ user, ip, requestId }: Pick<Visitor, 'user' | 'ip' | 'requestId'>): By {
  if (!user) return by('guest')
  if (!isStaff(user.role)) return by(`user:${user.id}`)
  return { ...by(`staff:${user.id}`), staff: { id: user.id, name: user.name, ipPrefix: coarseNetwork(ip), requestId } }
}

/** The token of the visitor's session, for the list of devices; undefined for a guest. */
export const sessionTokenOf = (visitor: Visitor): string | undefined =>
  visitor.sid.startsWith(sessionPrefix) ? visitor.sid.slice(sessionPrefix.length) : undefined

/**
 * Logs in: always a new token (no session fixation); the old session ends. `bySecondFactor`: a one-time code was just given;
 * whoever is logged in with one already (and changes the password, say) stays so.
 */
export async function signInVisitor(
  context: RequestContext,
  userId: string,
  { bySecondFactor = false }: { bySecondFactor?: boolean } = {},
): Promise<void> {
  const visitor = await context.visitor()
  const { sid, user, ip, userAgent } = visitor
  if (sid.startsWith(sessionPrefix)) await endSession(sid.slice(2))
  const proved = bySecondFactor || (user?.id === userId && user.bySecondFactor)
  const token = await createSession(userId, { ip, userAgent, bySecondFactor: proved }, new Date())
  context.setCookie(cookie(cookieNames.session(), sessionPrefix + token, thirtyDays))
  // A page that is drawn in answer to this very post carries forms of the new session.
  visitor.sid = sessionPrefix + token
  visitor.csrf = seal('csrf', visitor.sid)
}

export async function signOutVisitor(context: RequestContext): Promise<void> {
  const visitor = await context.visitor()
  if (visitor.sid.startsWith(sessionPrefix)) await endSession(visitor.sid.slice(2))
  context.setCookie(cookie(cookieNames.session(), '', 0))
  clearCartCookie(context)
}

export const setCartCookie = (context: RequestContext, cartId: string): void =>
  context.setCookie(cookie(cookieNames.cart(), sign('cart', cartId), thirtyDays))

export const clearCartCookie = (context: RequestContext): void => context.setCookie(cookie(cookieNames.cart(), '', 0))
